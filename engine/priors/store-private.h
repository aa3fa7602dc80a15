/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What store.c and store-list.c share. */

#ifndef TW_STORE_PRIVATE_H
#define TW_STORE_PRIVATE_H

#include <pthread.h>

#include "priors/store.h"
#include "weights/weights.h"

typedef struct tw_model {
    tw_card *card;
    tw_weights *weights; /* NULL until first used */
} tw_model;

struct tw_store {
    pthread_mutex_t list;    /* around models[]; held for a short time only */
    pthread_mutex_t loading; /* around the weights of all models */
    tw_model **models;
    char **problems, **dirs;
    int model_count, problem_count, dir_count;
};

#endif

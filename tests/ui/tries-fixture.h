/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog without its widgets: settings, a session that follows them, tries. */

#ifndef TW_TRIES_FIXTURE_H
#define TW_TRIES_FIXTURE_H

#include "check-ui.h"
#include "kernel/tw-tries.h"

/* Of the picture, a photograph, and of the middle of it, which is previewed. */
enum { SIDE = 64, PART = 48 };

typedef struct bench {
    GObject *settings;
    TwPicture *in;
    TwSession *session;
    TwTries *tries;
    int tried; /* how many the session has told of */
} bench;

/* Made and freed by main(). */
extern tw_store *store;

/* A motion blur of 20 pixels at 30 degrees, or what else is set. Tries are not yet
 * active. Checks that one is computed only when the preview is done. */
void bench_init(bench *b);
void bench_clear(bench *b);

/* Until all tries are computed. */
void wait_for_tries(bench *b);

/* The values of the try @index. */
void assert_try(bench *b, int index, double first, double second);

/* What the settings say. */
double setting(bench *b, const char *key);

#endif

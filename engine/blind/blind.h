/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which blur is in a picture? Found before the restoration, which then goes on as
 * if the kernel had been given.
 *
 * The power of the whole picture tells discs and motions, which have zeros
 * (families.h). Where it shows none, the model is asked whether there is a blur and
 * how large a Gaussian is, by what it can foretell of the part with most edges
 * (foretell.h).
 */

#ifndef TW_BLIND_H
#define TW_BLIND_H

#include "blind/families.h"
#include "blind/foretell.h"

enum { TW_BLIND_SIDE = 65 }; /* of a kernel that is found, at most */

typedef struct tw_blind {
    tw_psf psf;     /* freed by tw_psf_clear() */
    tw_named named; /* family, size and angle */
    double sure; /* 0…1: how much better the picture is explained so than by
                       another kind or by none. Below 0.5 it may be another */
} tw_blind;

/* Pixels that are evaluated, roughly. */
#define TW_BLIND_PIXELS (8 * TW_FORETELL_EVALUATIONS * 208.0 * 208)

/* A kernel as large as any that is found, and like none of its mirror images: for
 * plans, which are made before. Fails with TW_ERR_MEMORY. */
tw_status tw_blind_largest(tw_psf *psf, tw_error *err);

/* Finds the blur of @f->y, the whole picture: see foretell.h. A picture of fewer
 * than 128 x 128 pixels says too little: no blur, sure 0. The same for the same
 * picture and seed, for any number of threads. Starts the sequence of random
 * numbers again. @from, @to: see tw_run_span(). In a run that only sizes the kernel is the largest that can be
 * found. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_blind_find(const tw_foretell *f, double from, double to,
                        tw_blind *found, tw_run *run);

#endif

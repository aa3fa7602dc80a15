/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guesses of a filling at one size, of which the best ones go on.
 *
 * A guess is a field of matches (patchmatch.h); what it fills in are the means of
 * its patches (self.h). It is the better, the more its patches are like known ones.
 */

#ifndef TW_GUESS_H
#define TW_GUESS_H

#include "priors/patchmatch.h"

enum { TW_GUESSES = 16 };

typedef struct tw_guess {
    tw_field field;
    double energy; /* the squared distances of all targets */
} tw_guess;

typedef struct tw_guessing {
    int steps, rounds; /* of working out one; of the search in each step */
    int kept;          /* guesses that are left in the end */

    /* Called when @patches hold what @guess fills in, after so many more @passes
     * over the targets; @best: it is better than those before at the same step. */
    tw_status (*report)(const tw_guess *guess, double passes, bool best,
                        void *user_data, tw_run *run);
    void *user_data;
} tw_guessing;

/* Makes guess @number of @patches: 0 from what they hold; others are filled from
 * the rim inwards, by chance. There must be a source. Its field stays taken.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_guess_start(tw_guess *guess, int number, const uint32_t key[2],
                         tw_patches *patches, tw_run *run);

/* Works out @count guesses with fields for a few steps, and those that are then the
 * best to the end. They are sorted, the best first.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED, or as the report does. */
tw_status tw_guess_choose(tw_guess *guesses, int count, const tw_guessing *how,
                          tw_patches *patches, tw_run *run);

/* Bytes of run memory of @count fields of so many targets, and of starting them. */
size_t tw_guess_bytes(int64_t height, int64_t width, int64_t targets,
                      int64_t count);

/* Passes that take as long as one start; those that choosing reports. */
extern const double tw_guess_start_passes;
double tw_guess_passes(const tw_guessing *how, int count);

/* The noise level that decides in the end what is taken from where. */
extern const double tw_guess_low;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Large holes filled with what the picture shows elsewhere: the prior "self"
 * from coarse to fine and from high levels to low ones.
 * Wexler, Shechtman, Irani 2007, "Space-time completion of video".
 *
 * At the coarsest size, where a hole is a few patches wide, the best of several
 * first guesses is taken (guess.h). Until the full size is reached, the picture is
 * shown with what is at full size where the patches come from, so that a filling,
 * if a rough one, is seen from the first guess on. In the end seams are closed
 * (blend.h).
 */

#ifndef TW_COMPLETE_H
#define TW_COMPLETE_H

#include "priors/patches.h"

enum { TW_COMPLETE_SOURCES = 32 }; /* known patches that it takes, at least */

typedef struct tw_completion {
    tw_area area; /* around the holes that are to be filled */
    int depth;    /* pixels from the middle of the largest to its rim */
    bool varied;  /* leave more to chance: another seed, another filling */
    int steps;    /* to report, each for as much work as any other; 1 or more */
} tw_completion;

/* Fills the holes of @x (1, 3, H, W), which hold a smooth guess; @known: a byte
 * per pixel, 0 in holes. Reports the picture as it stands after each step.
 * Stopped (core/run.h), it leaves what the last step made.
 * *@done: false if too little is known to take from, at a size that is small
 * beside the holes; @x is then as it was.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_complete(const tw_completion *how, tw_tensor *x,
                      const unsigned char *known, bool *done, tw_run *run);

/* Bytes of run memory that this takes at most. */
size_t tw_complete_bytes(int64_t height, int64_t width, tw_area area);

/* Roughly how long it takes, as multiply-adds of a network. */
double tw_complete_work(const tw_completion *how);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places for tensors of known size and lifetime in one block of memory, so that
 * no two that live at the same time overlap.
 *
 * Greedy by size: the largest first, each in the tightest gap that the tensors
 * of its time leave (Pisarchyk and Lee 2020, arXiv:2001.03288, who find this
 * within a few per cent of the lower bound on networks).
 */

#ifndef TW_PLAN_H
#define TW_PLAN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct tw_place {
    size_t bytes;  /* a multiple of the alignment */
    int from, to;  /* first and last operation that use it */
    size_t offset; /* the result */
    bool placed;   /* for tw_plan() */
    bool kept;     /* lives on: not in the block, for the caller */
    struct tw_place *next;
} tw_place;

/* Gives every place of the list an offset; returns the size of the block. */
size_t tw_plan(tw_place *places);

#endif

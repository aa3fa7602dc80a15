/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run that only sizes: the same code goes through the same steps, but nothing
 * is computed. So the plan of a request knows its memory, its evaluations and its
 * work, whatever its solver does, with a tape or without.
 *
 * Its scratch tensors have a shape, but no data and the size 0: loops over
 * tensor->size and the arithmetic of tensor.h do nothing. Arrays of
 * tw_scratch_bytes() that are larger than TW_MEMORY_SMALL are NULL; smaller ones
 * are there, all zeros, so that structs may live in them. What loops over the
 * dimensions of a shape, or over such an array, takes its scratch memory first
 * and then leaves out the loops if tw_run_is_sizing(). Bytes are reckoned from
 * shapes: tw_shape_size(x->shape), not x->size.
 *
 * Dispatchers know it: of planes only one is gone through, conjugate gradients end
 * after one iteration, and from the third step of a solver's loop on evaluations
 * are counted only, since the steps are alike in what they hold.
 */

#ifndef TW_SIZING_H
#define TW_SIZING_H

#include "core/run.h"

/* As if with this many threads. NULL: out of memory. */
tw_run *tw_run_new_sizing(int threads);

bool tw_run_is_sizing(const tw_run *run);

/* Only sizing, and in a step that is like those before? */
bool tw_run_only_counts(const tw_run *run);

/* Around a solver's loop: its first steps are sized, whatever was before. */
void tw_run_size_loop(tw_run *run);

/* Multiply-adds of one evaluation; negative: of one as the last. */
void tw_run_add_work(tw_run *run, double work);
double tw_run_work(const tw_run *run); /* their sum */

#endif

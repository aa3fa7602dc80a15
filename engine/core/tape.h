/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record of one evaluation, kept so that vectors can be pulled back through
 * it (vector-Jacobian products).
 *
 * A tape starts at the state given to tw_denoise() and ends at whatever was
 * computed last on it. Only derivatives with respect to that state exist: the
 * weights are constants.
 */

#ifndef TW_TAPE_H
#define TW_TAPE_H

#include "core/run.h"

typedef struct tw_tape tw_tape;

/* A part of the record: given the cotangent @v of its output, write that of
 * its input to @g. @saved is what the part kept from the forward pass. */
typedef tw_status (*tw_pull_func)(const void *saved, const tw_tensor *v,
                                  tw_tensor *g, tw_run *run);

/* Empty; belongs to the run, like tw_scratch(), and fails like it. Make one
 * before the loop and rewind it in each step. */
tw_tape *tw_tape_new(tw_run *run);

/* Forgets what was recorded and gives its memory back. */
void tw_tape_rewind(tw_tape *tape);

/* Memory that lives until the tape is rewound, for what a part keeps from the
 * forward pass. NULL: out of memory, the run remembers. */
void *tw_tape_bytes(tw_tape *tape, size_t bytes);

/* Appends a part that maps a tensor of shape @in to one of shape @out.
 * For authors of priors; solvers never call it.
 * Fails with TW_ERR_MEMORY. */
tw_status tw_tape_record(tw_tape *tape, tw_pull_func pull, const void *saved,
                         tw_shape in, tw_shape out);

/* g = J^T v, J being the Jacobian of the tape's end with respect to its start.
 * May be called any number of times.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_pull(const tw_tape *tape, const tw_tensor *v, tw_tensor *g,
                  tw_run *run);

#endif

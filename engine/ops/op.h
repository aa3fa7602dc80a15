/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing an operation: its forward kernel and its pull, side by side in one
 * file. Networks include ops/eval.h, never this.
 *
 * An operation asks for its weights and its result, computes unless the pass
 * only plans, and ends with tw_op_done(), in which it gives up its inputs and,
 * if there is a tape, leaves what its pull needs.
 */

#ifndef TW_OP_H
#define TW_OP_H

#include "kernels/kernels.h"
#include "ops/eval.h"
#include "ops/plan.h"

struct tw_node {
    tw_shape shape;
    int64_t size;
    float *data;     /* NULL without data: see tw_op_is_empty() */
    int refs;        /* who holds it */
    bool kept;       /* a pull needs the data */
    tw_place *place; /* that of another node, if written over it */
    tw_node *next;   /* in the order of creation */

    /* Of the pull: where the cotangent is; NULL: none yet. */
    tw_place *cotangent;
};

/* What a pull is given: g = J^T v + add. @add is NULL or g. */
typedef struct tw_pull_of {
    const tw_level *level;
    const void *saved;
    const float *v, *add;
    float *g;
    float *scratch;
    int threads;
} tw_pull_of;

typedef struct tw_op {
    const char *name; /* for messages */
    void (*pull)(const tw_pull_of *pull);
} tw_op;

/* One operation on the tape: out = op(in) + add. */
typedef struct tw_record {
    const tw_op *op;
    tw_node *in, *add, *out; /* @add may be NULL */
    const void *saved;       /* by tw_op_bytes() */
    size_t scratch;          /* bytes that the pull needs */

    /* The plan of the pull. */
    tw_place *v, *g;
    bool accumulates; /* g has a value already */
    tw_place *sum;    /* of add's cotangent, which takes over v or, if it has a
                         value already, gets it added */
    struct tw_record *before;
} tw_record;

typedef struct tw_picture {
    double a, b;
    tw_node *node;
    tw_shape shape;
} tw_picture;

enum { TW_PATH = 128, TW_DEPTH = 8 };

struct tw_eval {
    const tw_level *level;
    const tw_weights *weights;
    tw_run *run;
    tw_tape *tape;
    int threads;
    bool planning;    /* the first pass: shapes, and places for the nodes */
    bool dry;         /* the second pass of a run that only sizes: no data */
    tw_status status; /* the first failure */

    tw_node *nodes, **next_node; /* the second pass takes them in order */
    tw_place *places;
    int clock; /* operations so far */
    char path[TW_PATH];
    size_t length[TW_DEPTH];
    int depth;

    size_t scratch; /* most bytes of one operation */
    size_t packed;  /* bytes of the weights that were packed in a pass */
    double work;
    float *arena, *kept; /* of nodes, of nodes that the pull needs */

    tw_picture in, out;
    tw_record *last;
    size_t pull_bytes, pull_scratch;
};

/* Where @place is in the memory that was planned. */
float *tw_op_at(float *memory, const tw_place *place);

/* Memory that lasts as long as the evaluation or its tape; NULL: none. */
void *tw_op_bytes(tw_eval *e, size_t bytes);

/* A new node; @over: may be written over this one if nobody needs it after (the
 * operation must be elementwise in it). NULL after a failure, also if the run
 * was cancelled. */
tw_node *tw_op_result(tw_eval *e, tw_shape shape, tw_node *over);

/* Scratch memory of the operation; NULL without data. */
float *tw_op_scratch(tw_eval *e, size_t bytes);

/* The weight @layer.@suffix: float, of this shape, in which 0 is any number up
 * to 65535. NULL, and the reason in the run: there is none. */
const tw_tensor *tw_op_weight(tw_eval *e, const char *layer, const char *suffix,
                              tw_shape shape);
/* Fails: the weight has a shape that does not fit to its input. */
void tw_op_misfit(tw_eval *e, const char *layer, const char *suffix);

/* Without data: while planning, and in a run that only sizes. */
static inline bool
tw_op_is_empty(const tw_eval *e)
{
    return e->planning || e->dry;
}

/* The same as @pack makes of it. NULL without data. */
const float *tw_op_packed(tw_eval *e, const char *layer, const char *suffix,
                          tw_pack_func pack);

/* Marks as needed by a pull, if there is a tape; before tw_op_result(). */
void tw_op_keep(const tw_eval *e, tw_node *x);

/* Appends a record, whose memory must come from tw_op_bytes(); only with a
 * tape and not while planning. */
void tw_op_record(tw_eval *e, const tw_record *record);

/* Ends an operation: gives up the inputs, which may be NULL, and returns @out;
 * if that is NULL, so is everything that follows. */
tw_node *tw_op_done(const tw_eval *e, tw_node *out, tw_node *a, tw_node *b,
                    tw_node *c);

/* Fails once: with what happened to the run, or with @status and a message that
 * was written already. */
void tw_op_fail(tw_eval *e, tw_status status);

/* Plans the pull of everything recorded and puts it on the tape. */
tw_status tw_op_record_all(tw_eval *e);

#endif

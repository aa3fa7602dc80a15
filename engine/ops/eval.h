/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a network: the forward pass, and nothing else.
 *
 * A network is a function of operations on nodes. Each operation *takes over*
 * the nodes it is given and returns a new one; to use a node twice, say
 * tw_ref(), but never in the same call's arguments, whose order is not defined.
 * NULL in gives NULL out: after a failure (cancelled, no memory, missing
 * weight) the rest of the pass does nothing, and the reason is in the run. So a
 * network checks nothing and frees nothing.
 *
 * tw_evaluate() runs the function twice: first to plan, with shapes but no
 * data, so that every node can be given a place in one block of memory, then to
 * compute. It must therefore do the same both times.
 *
 * Weights are found by the name they have in the file: the path of tw_enter()
 * names, the layer's name, then "weight" or "bias". A layer NULL is the path
 * itself. Channels come from the weights' shapes.
 */

#ifndef TW_EVAL_H
#define TW_EVAL_H

#include <stdbool.h>

#include "core/run.h"
#include "core/tape.h"
#include "weights/weights.h"

typedef struct tw_eval tw_eval;
typedef struct tw_node tw_node; /* (N, H, W, C), or (1, 1, 1, n): a vector */

typedef void (*tw_network)(tw_eval *e, const void *user_data);

/* Computes @network; its result leaves by tw_picture_out(). With a @tape its
 * pull is recorded. Fails with TW_ERR_MEMORY, TW_ERR_MODEL, TW_CANCELLED. */
tw_status tw_evaluate(const tw_weights *weights, tw_network network,
                      const void *user_data, tw_tape *tape, tw_run *run);

/* Only plans, and so finds every missing or misshapen weight; data is not
 * touched. *@work: the multiply-adds of direct convolutions. Fails with TW_ERR_MEMORY, TW_ERR_MODEL. */
tw_status tw_plan_evaluation(const tw_weights *weights, tw_network network,
                             const void *user_data, double *work,
                             tw_error *err);

tw_node *tw_ref(tw_node *x);
void tw_unref(const tw_eval *e,
              tw_node *x); /* one that no operation took over */

void tw_enter(tw_eval *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void tw_leave(tw_eval *e);

/* --- pictures: (N, C, 2H, 2W) --- */

/* scale @picture with each 2x2 pixels as channels (pixel unshuffle), channel
 * 4 c + 2 dy + dx. Where the pull ends. */
tw_node *tw_picture_in(tw_eval *e, const tw_tensor *picture, double scale);

/* out = a picture + b x, x shuffled back. The end of a network; @out may be
 * @picture, which is the one of tw_picture_in(). */
void tw_picture_out(tw_eval *e, tw_node *x, double a, const tw_tensor *picture,
                    double b, tw_tensor *out);

/* --- activations --- */

/* What a convolution does besides. */
typedef struct tw_with {
    bool silu;     /* convolves silu(x) */
    bool bias;     /* + layer.bias; without film */
    tw_node *film; /* f y + b by channel, [f, b] this vector */
    tw_node *add;  /* + add, last */
} tw_with;

/* 3x3, stride 1, zero padding. */
tw_node *tw_convolve(tw_eval *e, const char *layer, tw_node *x, tw_with with);

/* 2x2 convolution of stride 2, and transposed convolution plus @add. */
tw_node *tw_down2(tw_eval *e, const char *layer, tw_node *x);
tw_node *tw_up2(tw_eval *e, const char *layer, tw_node *x, tw_node *add);

/* --- vectors: not differentiated, since no picture goes into them --- */

/* @size values, copied. */
tw_node *tw_vector_in(tw_eval *e, const float *values, int size);

/* sin(f_k t) for all k, then cos(f_k t); f_k from 1 to @highest, spaced evenly
 * in the logarithm. @size is even. */
tw_node *tw_waves(tw_eval *e, double t, double highest, int size);

tw_node *tw_linear(tw_eval *e, const char *layer, tw_node *v, bool bias);

/* The same with a bias, 1 added to the first half of the result: for tw_with.film. */
tw_node *tw_film(tw_eval *e, const char *layer, tw_node *v);

tw_node *tw_vector_add(tw_eval *e, tw_node *a, tw_node *b);
tw_node *tw_vector_silu(tw_eval *e, tw_node *v);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network of the photographic prior: a convolutional U-Net of residual
 * blocks without normalisation or attention, conditioned on the noise level and
 * on a vector of words. models/photo/network.py is the same in PyTorch; the
 * names of the weights agree.
 *
 * Widths, depth and the sizes of the embedding are read from the weights.
 */

#ifndef TW_PHOTO_UNET_H
#define TW_PHOTO_UNET_H

#include "core/run.h"
#include "core/tape.h"
#include "weights/weights.h"

typedef struct tw_photo_unet tw_photo_unet;

/* @weights must live as long as the network.
 * Fails with TW_ERR_MODEL (a weight is missing or has another shape than the
 * others ask for: the message names it) and TW_ERR_MEMORY. */
tw_status tw_photo_unet_new(const tw_weights *weights, tw_photo_unet **out,
                            tw_error *err);
void tw_photo_unet_free(tw_photo_unet *net); /* NULL is fine */

/* Height and width must be multiples of this. */
int tw_photo_unet_align(const tw_photo_unet *net);

/* The length of the vector of words. */
int tw_photo_unet_text(const tw_photo_unet *net);

/* out = a x + b F(scale x; e(sigma, tags)), the parts that a prior needs to
 * make D(x, sigma) of F in one pass. @x, @out: (N, 3, H, W), may be the same;
 * @tags: tw_photo_unet_text() values, or NULL: no words.
 * Fails with TW_ERR_ARGUMENT (size), TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_photo_unet_eval(const tw_photo_unet *net, const tw_tensor *x,
                             double scale, double ln_sigma, const float *tags,
                             double a, double b, tw_tensor *out, tw_tape *tape,
                             tw_run *run);

/* Multiply-adds of one evaluation, as counted for direct convolutions; infinite
 * if they cannot be told. */
double tw_photo_unet_work(const tw_photo_unet *net, int64_t height,
                          int64_t width);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loops of networks, on plain float arrays.
 *
 * Activations are (N, H, W, C), C a multiple of TW_CHANNELS, 64-byte aligned.
 * Nothing here allocates or fails. Every output is computed by one unit of work
 * in a fixed order, so no result depends on the number of threads; results do
 * differ in the last bits between levels (levels.h).
 */

#ifndef TW_KERNELS_H
#define TW_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/levels.h"

enum { TW_CHANNELS = 16 };

/* @channels rounded up to what an activation has. */
int tw_padded_channels(int channels);

/*
 * 3x3 convolution, stride 1, zero padding:
 *
 *     y = (scale conv(p(x)) + shift) silu'(slope) + add
 *
 * with p(x) = silu(x) if @silu, gain x if @gain, else x. NULL leaves a part
 * out. @y may be @add.
 */
typedef struct tw_conv3x3 {
    int64_t images, height, width;
    int inputs, outputs;  /* channels */
    const float *x;       /* (N, H, W, inputs) */
    const float *weights; /* tw_conv3x3_pack() */
    bool silu;
    const float *gain;          /* inputs */
    const float *scale, *shift; /* outputs, both or only @shift */
    const float *slope, *add;   /* (N, H, W, outputs) */
    float *y;                   /* (N, H, W, outputs) */
} tw_conv3x3;

/* Bytes of scratch that tw_conv3x3_run() needs. */
size_t tw_conv3x3_scratch(const tw_level *level, const tw_conv3x3 *conv,
                          int threads);
void tw_conv3x3_run(const tw_level *level, const tw_conv3x3 *conv,
                    float *scratch, int threads);

/* Transforms @weights (outputs, inputs, 3, 3) to @packed. @transposed: for the
 * adjoint, whose inputs are the outputs of @weights. */
size_t tw_conv3x3_packed_bytes(int outputs, int inputs);
void tw_conv3x3_pack(const tw_level *level, const float *weights, int outputs,
                     int inputs, bool transposed, float *packed);

/*
 * 2x2 convolution of stride 2 and its adjoint, between a fine grid (N, 2H, 2W,
 * fine_channels) and a coarse one (N, H, W, coarse_channels):
 *
 *     gather    coarse = W fine + add
 *     scatter   fine = W^T coarse + add
 *
 * @add may be NULL or the result. @weights of the file: (coarse, fine, 2, 2).
 */
typedef struct tw_conv2x2 {
    int64_t images, height, width; /* of the coarse grid */
    int coarse_channels, fine_channels;
    const float *weights; /* packed for the direction */
    const float *x, *add;
    float *y;
} tw_conv2x2;

void tw_gather2x2(const tw_level *level, const tw_conv2x2 *conv, int threads);
void tw_scatter2x2(const tw_level *level, const tw_conv2x2 *conv, int threads);

size_t tw_conv2x2_packed_bytes(int coarse, int fine);
void tw_gather2x2_pack(const tw_level *level, const float *weights, int coarse,
                       int fine, float *packed);
void tw_scatter2x2_pack(const tw_level *level, const float *weights, int coarse,
                        int fine, float *packed);

/* Between a picture (N, C, 2H, 2W) and (N, H, W, C'), C' = 4 C rounded up to
 * TW_CHANNELS, whose channel 4 c + 2 dy + dx is pixel (dy, dx) of channel c:
 *     unshuffle   y = scale x, unused channels 0
 *     shuffle     picture = a x + b y */
void tw_unshuffle2x2(const float *x, int64_t images, int channels,
                     int64_t height, int64_t width, float scale, float *y);
void tw_shuffle2x2(const float *y, int64_t images, int channels, int64_t height,
                   int64_t width, double a, const float *x, double b,
                   float *picture);

#endif

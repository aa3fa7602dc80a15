/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a JPEG as a set of pictures, and what they leave open. */

#ifndef TW_JPEG_CELLS_H
#define TW_JPEG_CELLS_H

#include "jpeg/jpeg.h"

/* Moves every coefficient of @x, three planes (H, W) as large as the JPEG's picture,
 * into its cell, by the least change of its samples. What a value of 8 bits can be
 * off by is left between it and the cell's end, as far as the cell is wide. */
void tw_jpeg_project(const tw_jpeg *jpeg, float *x);

/* The share 0…1 of the coefficients of @x that are in their cells. */
double tw_jpeg_share(const tw_jpeg *jpeg, const float *x);

/* The standard deviation of what the rounding took from a value of x, as is to be
 * expected: q^2 / 12 where the coefficient is not 0. Where it is, coefficients of
 * that frequency are taken as Laplacian, as wide as the share of those says that
 * are not 0 (Reininger and Gibson 1983). */
double tw_jpeg_noise(const tw_jpeg *jpeg);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a kernel explains a picture, by the model: the picture is made noisier,
 * restored with the kernel and blurred again; how near does that come to the
 * picture? A kernel that is too narrow leaves the model to take detail for noise
 * that only a blur can explain, one that is too wide cannot make the edges that
 * are there, and no kernel at all is only best where there is no blur.
 *
 * The noise added, t n, would also be in what is compared. From one picture y with
 * noise of deviation s two are made whose noises are independent (Pang et al. 2021,
 * "Recorrupted-to-recorrupted", eq. 5): y + t n is restored, y - (s^2 / t) n is
 * compared with. The mean of the comparison is then |A x - A x0|^2 and a constant.
 * By Guo, Shamai and Verdu (2005, cs/0412108) the sum of such errors over all noise
 * levels is -log p(y | kernel); two levels are enough to choose by.
 */

#ifndef TW_FORETELL_H
#define TW_FORETELL_H

#include "operators/psf.h"
#include "priors/prior.h"

typedef struct tw_foretell {
    const tw_prior *prior;
    const tw_tensor *y; /* (1, 3, H, W) in [-1, 1] */
    double noise;       /* standard deviation of its noise, in its units */
} tw_foretell;

enum { TW_FORETELL_EVALUATIONS = 12 };

/* *@error: in units of -log p, the smaller the better; differences of less than
 * some 10 are chance. The same for the same run, seed and kernel. Counts
 * TW_FORETELL_EVALUATIONS. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_foretell_error(const tw_foretell *f, const tw_psf *psf,
                            double *error, tw_run *run);

#endif

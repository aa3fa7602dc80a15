/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How likely the power of a picture is if the scene was blurred by this kernel,
 * without a restoration.
 *
 * The power of a blurred picture at frequency f is |H(f)|^2 S(f) + sigma^2. The
 * power S of a scene falls nearly as a power of the frequency (Field 1987,
 * "Relations between the statistics of natural images and the response properties
 * of cortical cells"); here its logarithm has a slope, a little curvature and
 * directions, all found in the picture for each kernel anew. How likely the power
 * is that was measured, is Whittle's likelihood (1953, "Estimation and information
 * in stationary time series"): -sum(P / m + ln m) for a mean of m.
 */

#ifndef TW_SCENE_H
#define TW_SCENE_H

#include "blind/spectrum.h"
#include "operators/psf.h"

enum {
    TW_SCENE_PLAIN = 5, /* terms of ln S: constant, slope, two of direction,
                           curve */
    TW_SCENE_EDGES = 9  /* and four more of direction: few strong edges may not
                           look like a motion */
};

typedef struct tw_scene {
    const tw_spectrum *spectrum;
    const double *terms; /* of each frequency */
    int count;           /* of the terms that are used */
} tw_scene;

/* @spectrum: of a picture in units of the noise, as b; borrowed. The terms are
 * scratch memory of @run. Fails with TW_ERR_MEMORY. */
tw_status tw_scene_init(tw_scene *scene, const tw_spectrum *spectrum, int count,
                        tw_run *run);

/* The best that a scene explains the power with this kernel enlarged @scale
 * times: natural logarithm per value. May be called by several threads. */
double tw_scene_likelihood(const tw_scene *scene, const tw_psf *psf,
                           double scale);

/* The share of the frequencies with more than twice the power of the noise. */
double tw_scene_signal(const tw_scene *scene);

#endif

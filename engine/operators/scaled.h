/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands around another operator B: weights w of the values of y, and the
 * curve c from coded values to the light in which optics work (methods 7.4):
 *
 *     y = w c^-1(B c(x))            w or c may be missing
 */

#ifndef TW_SCALED_H
#define TW_SCALED_H

#include "operators/operators.h"

typedef struct tw_scaled {
    tw_operator base;
    tw_operator_class klass;  /* its flags depend on B */
    tw_operator *owned;       /* B, or what has weights around it: c^-1 B c */
    const tw_operator *inner; /* B */
    bool light;               /* is there a c? */
    double level;             /* mean of w^2, or 1 */
    bool weighted;            /* are there weights w? */
    tw_tensor weights;        /* no data: 1, or only sized */
} tw_scaled;

/* out[i] = curve(in[i]); out may be in */
void tw_map(float (*curve)(float value), const tw_tensor *in, tw_tensor *out);

/* out = a b; out may be a; @b may have no data: 1 */
void tw_multiply(const tw_tensor *a, const tw_tensor *b, tw_tensor *out);

/* y = B c(x), not yet coded or weighted. Takes scratch like x. */
tw_status tw_scaled_inner(const tw_scaled *s, const tw_tensor *x, tw_tensor *y,
                          tw_run *run);

/* x = argmin |y - A(x)|^2 + rho |x - z|^2; B must be linear. All tensors may be
 * single planes, with s->weights one too. */
tw_status tw_scaled_solve(const tw_scaled *s, const tw_tensor *y,
                          const tw_tensor *z, double rho, tw_tensor *x,
                          tw_run *run);

#endif

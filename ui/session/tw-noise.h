/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What noise=auto and shot=auto mean for all of a picture, so that a region is
 * computed with the same noise as the whole will be. Measuring 24 megapixels
 * takes a second or two, so it is remembered.
 */

#ifndef TW_NOISE_H
#define TW_NOISE_H

#include "session/tw-picture.h"

G_BEGIN_DECLS

typedef struct TwNoise {
    TwPicture *in, *mask; /* in NULL: nothing is known */
    const tw_task *task;
    gboolean shot_is_auto; /* which changes what is left for noise */
    tw_noise found;
} TwNoise;

TwNoise tw_noise_copy(const TwNoise *noise);
void tw_noise_clear(TwNoise *noise);

/* Replaces what is "auto" in @request, which has @mask set, by the figures of all
 * of @in; measures if those in @noise are of something else. Does nothing for
 * tasks that take their data as exact.
 * Fails as tw_measure_noise(). */
tw_status tw_noise_settle(TwNoise *noise, tw_request *request, tw_store *store,
                          TwPicture *in, TwPicture *mask, tw_run *run);

G_END_DECLS

#endif

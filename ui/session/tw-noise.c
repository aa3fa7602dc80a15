/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-noise.h"

#include <math.h>

TwNoise
tw_noise_copy(const TwNoise *noise)
{
    TwNoise copy = *noise;

    tw_picture_ref(copy.in);
    tw_picture_ref(copy.mask);
    return copy;
}

void
tw_noise_clear(TwNoise *noise)
{
    tw_picture_unref(noise->in);
    tw_picture_unref(noise->mask);
    *noise = (TwNoise) { 0 };
}

static gboolean
is_auto(const tw_request *request, const char *key)
{
    return isnan(tw_request_real(request, key));
}

/* Inpainting and enlarging; no task says so itself. */
static gboolean
is_exact(const tw_request *request)
{
    return tw_request_param(request, "mask") ||
           tw_request_param(request, "scale");
}

static tw_status
set(tw_request *request, const char *key, double value, tw_run *run)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (!is_auto(request, key))
        return TW_OK;
    return tw_request_set(request, key,
                          g_ascii_dtostr(text, sizeof text, value),
                          tw_run_error(run));
}

tw_status
tw_noise_settle(TwNoise *noise, tw_request *request, tw_store *store,
                TwPicture *in, TwPicture *mask, tw_run *run)
{
    const tw_task *task = tw_request_task(request);
    const gboolean shot_is_auto = is_auto(request, "shot");

    if (is_exact(request) || (!shot_is_auto && !is_auto(request, "noise")))
        return TW_OK;
    if (noise->in != in || noise->mask != mask || noise->task != task ||
        noise->shot_is_auto != shot_is_auto) {
        tw_noise_clear(noise);
        TW_TRY(
            tw_measure_noise(request, store, &in->image, &noise->found, run));
        noise->in = tw_picture_ref(in);
        noise->mask = tw_picture_ref(mask);
        noise->task = task;
        noise->shot_is_auto = shot_is_auto;
    }
    TW_TRY(set(request, "noise", noise->found.noise, run));
    return set(request, "shot", noise->found.shot, run);
}

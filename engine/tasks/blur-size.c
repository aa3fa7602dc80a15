/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/blur-size.h"

#include <math.h>

#include "blind/scene.h"
#include "core/sizing.h"

static const double sizes[] = { 1, 0.5, 0.67, 0.8, 0.9, 1.1, 1.25, 1.5, 2 };

enum {
    SMALLER = 2, /* that the right size must be told from */
    LARGER = 7,
    SIZES = sizeof sizes / sizeof *sizes
};

tw_status
tw_blur_size_of(const tw_psf *psf, const tw_spectrum *spectrum,
                tw_blur_size *found, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    double l[SIZES] = { 0 };
    tw_scene scene;

    *found = (tw_blur_size) { .size = 1 };
    TW_TRY(tw_scene_init(&scene, spectrum, TW_SCENE_PLAIN, run));
    TW_TRY(tw_run_poll(run));
    if (tw_run_is_sizing(run)) {
        tw_run_release(run, mark);
        return TW_OK;
    }
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < SIZES; i++)
        l[i] = tw_scene_likelihood(&scene, psf, sizes[i]);
    found->signal = tw_scene_signal(&scene);
    found->loss = l[0] - fmax(l[SMALLER], l[LARGER]);
    for (int i = 1; i < SIZES; i++)
        if (l[i] - l[0] > found->gain) {
            found->gain = l[i] - l[0];
            found->size = sizes[i];
        }
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

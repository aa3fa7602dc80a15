/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/families.h"

#include <math.h>

#include "core/sizing.h"

enum {
    MOST = 512, /* candidates of a family */
    BATCH = 32, /* between two looks at the flag of cancelling */
    ROUNDS = 5, /* of a pattern's search, each with half the steps */
    MOVES = 8,  /* in a round */
    NEAR = 4    /* neighbors of a place: two for each parameter */
};

/* What is searched: sizes in geometric steps, angles in even ones. */
static const struct {
    double low, high, ratio, turn;
} ranges[TW_FAMILIES] = {
    [TW_FAMILY_NONE] = { 1, 1, 2, 180 },
    [TW_FAMILY_GAUSSIAN] = { 0.4, 8, 1.1, 180 },
    [TW_FAMILY_DISC] = { 0.8, 16, 1.06, 180 },
    [TW_FAMILY_MOTION] = { 2.5, 40, 1.18, 7.5 },
};

tw_status
tw_named_psf(const tw_named *named, tw_psf *psf, tw_error *err)
{
    switch (named->family) {
    case TW_FAMILY_GAUSSIAN:
        return tw_psf_gaussian(named->size, psf, err);
    case TW_FAMILY_DISC:
        return tw_psf_disc(named->size, psf, err);
    case TW_FAMILY_MOTION:
        return tw_psf_motion(named->size, named->angle, psf, err);
    default:
        return tw_psf_motion(1, 0, psf, err);
    }
}

/* Fills in the likelihoods of @count candidates. */
static tw_status
rate(const tw_scene *scene, tw_named *candidates, int count, tw_run *run)
{
    int failed = 0;

    for (int from = 0; from < count; from += BATCH) {
        const int to = from + BATCH < count ? from + BATCH : count;

#pragma omp parallel for schedule(dynamic) reduction(+ : failed)
        for (int i = from; i < to; i++) {
            tw_psf psf = { 0 };
            tw_error err;

            if (tw_named_psf(&candidates[i], &psf, &err) == TW_OK)
                candidates[i].likelihood = tw_scene_likelihood(scene, &psf, 1);
            else
                failed++;
            tw_psf_clear(&psf);
        }
        TW_TRY(tw_run_poll(run));
    }
    if (failed)
        return tw_named_psf(&candidates[0], &(tw_psf) { 0 }, tw_run_error(run));
    return TW_OK;
}

static int
best_of(const tw_named *candidates, int count)
{
    int best = 0;

    for (int i = 1; i < count; i++)
        if (candidates[i].likelihood > candidates[best].likelihood)
            best = i;
    return best;
}

/* Walks from *@named to its likeliest neighbor, in steps that halve. */
static tw_status
refine(const tw_scene *scene, tw_named *named, tw_run *run)
{
    const tw_family family = named->family;
    double ratio = ranges[family].ratio, turn = ranges[family].turn / 2;

    for (int round = 0; round < ROUNDS; round++) {
        ratio = sqrt(ratio);
        for (int move = 0; move < MOVES; move++) {
            tw_named near[NEAR] = { *named, *named, *named, *named };
            const int count = family == TW_FAMILY_MOTION ? NEAR : 2;

            near[0].size = fmax(named->size / ratio, ranges[family].low);
            near[1].size = fmin(named->size * ratio, ranges[family].high);
            near[2].angle -= turn;
            near[3].angle += turn;
            TW_TRY(rate(scene, near, count, run));
            const tw_named *best = &near[best_of(near, count)];

            if (best->likelihood <= named->likelihood)
                break;
            *named = *best;
        }
        turn /= 2;
    }
    named->angle = fmod(named->angle + 360, 180);
    return TW_OK;
}

tw_status
tw_families_search(const tw_scene *scene, tw_named found[TW_FAMILIES],
                   tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_named *candidates = tw_scratch_bytes(run, MOST * sizeof *candidates);

    TW_TRY(tw_run_check(run));
    for (int f = 0; f < TW_FAMILIES && !tw_run_is_sizing(run); f++) {
        int count = 0;

        for (double size = ranges[f].low; size <= ranges[f].high;
             size *= ranges[f].ratio)
            for (double angle = 0; angle < 180 && count < MOST;
                 angle += ranges[f].turn)
                candidates[count++] =
                    (tw_named) { (tw_family) f, size, angle, 0 };
        TW_TRY(rate(scene, candidates, count, run));
        found[f] = candidates[best_of(candidates, count)];
        if (f != TW_FAMILY_NONE)
            TW_TRY(refine(scene, &found[f], run));
    }
    tw_run_release(run, mark);
    return TW_OK;
}

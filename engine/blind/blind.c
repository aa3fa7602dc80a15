/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blind/blind.h"

#include <math.h>

#include "blind/window.h"
#include "core/sizing.h"

enum {
    LEAST = 128,  /* pixels a side */
    WINDOW = 160, /* side of the part that the model looks at */
    POINTS = 7    /* sizes of a Gaussian that it judges */
};

/* Blurs of less than this deviation per axis are none: photographs are not
 * sharper. */
static const double least_blur = 0.6;

/* Noise of less than half a level of 8 bits is not believed: rounding is more, and
 * without any there would be nothing to measure by. */
static const double least_noise = 0.004;

/* The zeros of smaller discs are where the power shows little. */
static const double least_radius = 2;

/* Differences of the error that are chance. */
static const double chance = 10;

/* By how much a motion and a disc must be likelier than all else. On the eight
 * photographs of tests/quality right ones were by 52e-4 and 0.8e-4 at least, and false
 * ones by 1.7e-4 and 0.1e-4. */
static const double least_motion = 10e-4, least_disc = 0.5e-4;

/* Between the first sizes tried, as logarithms, and the smallest. */
static const double step = 0.22, smallest = 0.3;

tw_status
tw_blind_largest(tw_psf *psf, tw_error *err)
{
    TW_TRY(tw_psf_motion(1, 0, psf, err));
    const tw_status status = tw_psf_pad(psf, TW_BLIND_SIDE, TW_BLIND_SIDE, err);

    if (status == TW_OK)
        psf->data[0] = psf->data[1] = 0.01F;
    else
        tw_psf_clear(psf);
    return status;
}

typedef struct search {
    tw_foretell f;   /* of the window */
    double from, to; /* of the request, see tw_run_span() */
    int trials;      /* begun */
    tw_run *run;
} search;

static tw_status
judge(search *s, const tw_named *named, double *error)
{
    const double each = (s->to - s->from) / (POINTS + 1);
    tw_psf psf = { 0 };
    tw_status status;

    tw_run_span(s->run, s->from + each * s->trials,
                s->from + each * (s->trials + 1));
    s->trials++;
    if (tw_run_is_sizing(s->run))
        TW_TRY(tw_blind_largest(&psf, tw_run_error(s->run)));
    else
        TW_TRY(tw_named_psf(named, &psf, tw_run_error(s->run)));
    status = tw_foretell_error(&s->f, &psf, error, s->run);
    tw_psf_clear(&psf);
    return status;
}

/* Errors at logarithms of sizes, in their order. */
typedef struct curve {
    double at[POINTS], error[POINTS];
    int count;
} curve;

static void
add_point(curve *c, double at, double error)
{
    int i = c->count++;

    for (; i > 0 && c->at[i - 1] > at; i--) {
        c->at[i] = c->at[i - 1];
        c->error[i] = c->error[i - 1];
    }
    c->at[i] = at;
    c->error[i] = error;
}

static int
least_of(const curve *c)
{
    int i = 0;

    for (int k = 1; k < c->count; k++)
        if (c->error[k] < c->error[i])
            i = k;
    return i;
}

/* Where to look next: beyond the end if the least error is there, or else in the
 * middle of the wider of the two gaps beside it. */
static double
next_point(const curve *c)
{
    const int i = least_of(c), last = c->count - 1;

    if (c->count == 1)
        return c->at[0] - step;
    if (i == 0 || i == last)
        return c->at[i] + (i == 0 ? -step : step);
    return c->at[i + 1] - c->at[i] > c->at[i] - c->at[i - 1]
               ? (c->at[i] + c->at[i + 1]) / 2
               : (c->at[i] + c->at[i - 1]) / 2;
}

/* Where the parabola through the least error and its neighbors is least. */
static double
bottom(const curve *c)
{
    const int i = least_of(c);

    if (i == 0 || i == c->count - 1)
        return c->at[i];
    const double a = c->at[i] - c->at[i - 1], b = c->at[i + 1] - c->at[i];
    const double down = c->error[i - 1] - c->error[i];
    const double up = c->error[i + 1] - c->error[i];

    /* Both are at least 0; the bottom is between the neighbors. */
    return c->at[i] +
           (down * b * b - up * a * a) / fmax(2 * (down * b + up * a), 1e-9);
}

/* Finds the size that foretells best, near @named's; its error. */
static tw_status
settle(search *s, tw_named *named, double *error)
{
    curve c = { .count = 0 };
    double at = log(named->size);

    for (int i = 0; i < POINTS; i++) {
        named->size = exp(at);
        TW_TRY(judge(s, named, error));
        add_point(&c, at, *error);
        at = fmax(next_point(&c), log(smallest));
    }
    *error = c.error[least_of(&c)];
    named->size = exp(bottom(&c));
    return TW_OK;
}

/* Deviation of a blur per axis, in pixels. */
static double
extent(const tw_named *named)
{
    switch (named->family) {
    case TW_FAMILY_GAUSSIAN:
        return named->size;
    case TW_FAMILY_DISC:
        return named->size / 2;
    case TW_FAMILY_MOTION:
        return (named->size - 1) / sqrt(24);
    default:
        return 0;
    }
}

/* Discs and motions have zeros, which the power shows; what does not show them is
 * taken for Gaussian. How much likelier the one is than all others. */
static tw_family
choose(const tw_named *found, double *gain)
{
    const double gaussian = found[TW_FAMILY_GAUSSIAN].likelihood;
    const double disc = found[TW_FAMILY_DISC].likelihood;
    const double motion = found[TW_FAMILY_MOTION].likelihood;

    *gain = motion - fmax(gaussian, disc);
    if (*gain > least_motion && extent(&found[TW_FAMILY_MOTION]) >= least_blur)
        return TW_FAMILY_MOTION;
    *gain = disc - fmax(gaussian, motion - least_motion);
    if (*gain > least_disc && found[TW_FAMILY_DISC].size >= least_radius)
        return TW_FAMILY_DISC;
    return TW_FAMILY_GAUSSIAN;
}

/* In units of the noise. */
static tw_status
measure(const tw_foretell *f, tw_spectrum *spectrum, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_tensor *scaled = tw_scratch(run, f->y);

    TW_TRY(tw_run_check(run));
    tw_lin2(scaled, 1 / f->noise, f->y, 0, f->y);
    TW_TRY(tw_spectrum_of(scaled, scaled, 0, 0, f->y->shape.dim[2],
                          f->y->shape.dim[3], 0, spectrum, run));
    tw_run_release(run, mark);
    return TW_OK;
}

/* A Gaussian of what size, or no blur at all? */
static tw_status
ask_model(search *s, tw_named *gaussian, tw_blind *best)
{
    const tw_named none = { TW_FAMILY_NONE, 0, 0, 0 };
    double error, without;

    s->f.y = tw_edges_window(s->f.y, WINDOW, s->run);
    TW_TRY(tw_run_check(s->run));
    TW_TRY(judge(s, &none, &without));
    TW_TRY(settle(s, gaussian, &error));
    best->named = none;
    if (extent(gaussian) >= least_blur && error < without)
        best->named = *gaussian;
    best->sure = 1 - exp(-fabs(without - error) / (2 * chance));
    return TW_OK;
}

static tw_status
search_all(search *s, tw_blind *best)
{
    tw_run *run = s->run;
    tw_spectrum *spectrum = tw_scratch_bytes(run, sizeof *spectrum);
    tw_named found[TW_FAMILIES] = { 0 };
    tw_scene scene;
    double gain;

    TW_TRY(tw_run_check(run));
    TW_TRY(measure(&s->f, spectrum, run));
    TW_TRY(tw_scene_init(&scene, spectrum, TW_SCENE_EDGES, run));
    TW_TRY(tw_families_search(&scene, found, run));
    const tw_family family = choose(found, &gain);

    if (family == TW_FAMILY_GAUSSIAN)
        return ask_model(s, &found[family], best);
    best->named = found[family];
    best->sure = 1 - exp(-gain / least_disc / 2);
    return TW_OK;
}

tw_status
tw_blind_find(const tw_foretell *f, double from, double to, tw_blind *found,
              tw_run *run)
{
    search s = { *f, from, to, 0, run };
    const size_t mark = tw_run_mark(run);
    const bool small = f->y->shape.dim[2] < LEAST || f->y->shape.dim[3] < LEAST;

    s.f.noise = fmax(f->noise, least_noise);
    *found = (tw_blind) { .named = { .family = TW_FAMILY_NONE } };
    if (!small)
        TW_TRY(search_all(&s, found));
    tw_run_release(run, mark);
    if (tw_run_is_sizing(run))
        return tw_blind_largest(&found->psf, tw_run_error(run));
    return tw_named_psf(&found->named, &found->psf, tw_run_error(run));
}

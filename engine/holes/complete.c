/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holes/complete.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "holes/fill.h"
#include "holes/onion.h"
#include "holes/scale.h"
#include "priors/self.h"

enum {
    COLORS = 3,
    SIZES = 8,
    SHALLOW = 8,   /* pixels: as deep as holes should be at the coarsest size */
    DEEPEST = 128, /* beyond it a first guess takes minutes, and then hours */
    LEAST_SIDE = 3 * TW_PATCH,
    STARTS = 32,       /* first guesses */
    STARTS_VARIED = 8, /* the best of few is not always the same */
    CHEAP = 400 * 32,  /* targets that may be worked on for all of them */
    FIRST_STEPS = 16,  /* of a first guess */
    STEPS = 10,        /* at the sizes between */
    LAST_STEPS = 6,    /* at full size, which takes longest */
    ROUNDS = 2         /* of the search, in each step */
};

/* A target in one pass takes as long as so many multiply-adds of a network, on
 * two cores with AVX2. */
static const double pass_work = 2.3e5;

/* Levels of each size. */
static const double high = 0.3, low = 0.1;

typedef struct size {
    tw_patches patches;
    tw_field field;
    int shift; /* 2^shift times smaller */
} size;

typedef struct work {
    const tw_completion *how;
    const unsigned char *known;
    tw_tensor *x;
    uint32_t key[2];
    size sizes[SIZES];
    int count; /* of sizes */
    int starts;
    int step, steps;
} work;

/* --- one size --- */

static tw_status
make_size(work *w, int shift, tw_run *run)
{
    size *s = &w->sizes[shift];

    s->shift = shift;
    return tw_scale_make(&s->patches, w->x, w->known, shift, w->how->area, run);
}

static double
level(int step, int steps)
{
    return high * pow(low / high, (double) step / (steps - 1));
}

static tw_status
report(work *w, const size *s, tw_run *run)
{
    tw_scale_show(&s->patches, s->shift, w->known, w->x);
    return tw_run_step(run, ++w->step, w->steps, w->x);
}

/* From the size below. */
static tw_status
refine(work *w, int shift, tw_run *run)
{
    const int steps = shift ? STEPS : LAST_STEPS;
    const size *below = &w->sizes[shift + 1];
    size *s = &w->sizes[shift];

    TW_TRY(make_size(w, shift, run));
    TW_TRY(tw_field_make(&s->field, &s->patches, 1, w->key, run));
    tw_field_enlarge(&below->field, &below->patches, &s->field, &s->patches);
    TW_TRY(tw_self_mean(&s->patches, &s->field, low, run));
    for (int i = 0; i < steps; i++) {
        TW_TRY(tw_field_search(&s->field, &s->patches, ROUNDS, run));
        TW_TRY(tw_self_mean(&s->patches, &s->field, level(i, steps), run));
        TW_TRY(report(w, s, run));
    }
    return TW_OK;
}

/* --- the coarsest size --- */

/* How far the targets are from known patches. */
static double
energy(const size *s)
{
    double sum = 0;

    for (int32_t i = 0; i < s->patches.targets; i++)
        sum += (double) s->field.distance[i];
    return sum;
}

/* Guess 0 is the smooth one that is there already, unless @varied. */
static tw_status
work_out(work *w, size *s, int start, tw_run *run)
{
    const uint32_t key[2] = { w->key[0], w->key[1] + (uint32_t) start };

    if (start > 0 || w->how->varied)
        TW_TRY(tw_onion(&s->patches, true, key, run));
    tw_field_clear(&s->field, &s->patches, key);
    TW_TRY(tw_field_search(&s->field, &s->patches, 2 * ROUNDS, run));
    for (int i = 0; i < FIRST_STEPS; i++) {
        TW_TRY(
            tw_self_mean(&s->patches, &s->field, level(i, FIRST_STEPS), run));
        TW_TRY(tw_field_search(&s->field, &s->patches, ROUNDS, run));
    }
    return report(w, s, run);
}

static void
copy_field(const size *s, const tw_field *from, tw_field *to)
{
    const size_t count = (size_t) s->patches.targets;

    memcpy(to->source, from->source, count * sizeof *to->source);
    memcpy(to->distance, from->distance, count * sizeof *to->distance);
}

/* Leaves the best guess, and its field. */
static tw_status
begin(work *w, tw_run *run)
{
    size *s = &w->sizes[w->count - 1];
    tw_field best;
    double least = HUGE_VAL;

    TW_TRY(tw_field_make(&s->field, &s->patches, 1, w->key, run));
    TW_TRY(tw_field_make(&best, &s->patches, 1, w->key, run));
    for (int i = 0; i < w->starts; i++) {
        TW_TRY(work_out(w, s, i, run));
        const double e = energy(s);

        if (e < least) {
            least = e;
            copy_field(s, &s->field, &best);
        }
    }
    copy_field(s, &best, &s->field);
    return tw_self_mean(&s->patches, &s->field, low, run);
}

/* --- the end --- */

/* What is known less what the patches would have put there, to @off; @ring: where
 * both are. */
static void
find_offset(const size *s, tw_tensor *off, unsigned char *ring)
{
    const tw_patches *p = &s->patches;
    const int64_t plane = off->size / COLORS;

#pragma omp parallel for schedule(dynamic, 64) if (plane > TW_SERIAL / 16)
    for (int64_t i = 0; i < plane; i++) {
        float mean[TW_PATCH_CHANNELS];

        ring[i] = p->known[i] &&
                  tw_self_pixel(p, &s->field, low, (int) (i / p->width),
                                (int) (i % p->width), mean);
        for (int c = 0; c < COLORS; c++)
            off->data[c * plane + i] =
                ring[i] ? p->value[i * p->channels + c] - mean[c] : 0;
    }
}

static tw_status
match_rim(work *w, tw_run *run)
{
    const size *s = &w->sizes[0];
    const size_t mark = tw_run_mark(run);
    const int64_t plane = w->x->size / COLORS;
    tw_tensor *off = tw_scratch(run, w->x);
    unsigned char *ring = tw_scratch_bytes(run, (size_t) plane);

    TW_TRY(tw_run_check(run));
    find_offset(s, off, ring);
    TW_TRY(tw_fill_holes(off, ring, run));
    for (int64_t i = 0; i < w->x->size; i++)
        if (!w->known[i % plane])
            w->x->data[i] += off->data[i];
    const double reach = tw_reach(w->x, w->known);

    tw_clamp(w->x, -reach, reach);
    tw_run_release(run, mark);
    return TW_OK;
}

/* --- all of it --- */

static int
count_sizes(const work *w)
{
    const int64_t *dim = w->x->shape.dim;
    int n = 1;

    while (n < SIZES && w->how->depth >> (n - 1) > SHALLOW &&
           dim[2] >> n >= LEAST_SIDE && dim[3] >> n >= LEAST_SIDE)
        n++;
    return n;
}

/* Of the sizes, the smallest with enough to take from; none, or one where holes
 * are still deep, as where only a thin frame is known: count is 0. */
static tw_status
find_coarsest(work *w, tw_run *run)
{
    int n = count_sizes(w);

    for (; n > 0 && w->how->depth >> (n - 1) <= DEEPEST; n--) {
        const size_t mark = tw_run_mark(run);

        TW_TRY(make_size(w, n - 1, run));
        if (w->sizes[n - 1].patches.sources >= TW_COMPLETE_SOURCES) {
            w->count = n;
            return TW_OK;
        }
        tw_run_release(run, mark);
    }
    return TW_OK;
}

static int
count_starts(const work *w)
{
    const int most = w->how->varied ? STARTS_VARIED : STARTS;
    const int32_t targets = w->sizes[w->count - 1].patches.targets;

    return (int) fmin(fmax(floor((double) CHEAP / fmax(targets, 1)), 1), most);
}

static tw_status
complete(work *w, bool *done, tw_run *run)
{
    TW_TRY(find_coarsest(w, run));
    *done = w->count > 0;
    if (!*done)
        return TW_OK;
    w->starts = count_starts(w);
    w->steps = w->starts + (w->count - 1) * STEPS;
    if (w->count > 1)
        w->steps += LAST_STEPS - STEPS;
    TW_TRY(tw_run_step(run, 0, w->steps, w->x));
    TW_TRY(begin(w, run));
    for (int shift = w->count - 2; shift >= 0; shift--)
        TW_TRY(refine(w, shift, run));
    tw_scale_show(&w->sizes[0].patches, 0, w->known, w->x);
    return match_rim(w, run);
}

tw_status
tw_complete(const tw_completion *how, tw_tensor *x, const unsigned char *known,
            bool *done, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    work w = { .how = how, .known = known, .x = x };

    tw_run_key(run, w.key);
    tw_run_keep(run, x);
    const tw_status status = complete(&w, done, run);

    tw_run_keep(run, NULL);
    tw_run_release(run, mark);
    return status == TW_STOPPED ? TW_OK : status;
}

/* With the patches that reach into the area. */
static int64_t
most_targets(tw_area area, int shift)
{
    const int64_t rows = area.bottom - area.top,
                  columns = area.right - area.left;

    return ((rows >> shift) + 2 + TW_PATCH) *
           ((columns >> shift) + 2 + TW_PATCH);
}

size_t
tw_complete_bytes(int64_t height, int64_t width, tw_area area)
{
    const tw_shape x = tw_shape4(1, COLORS, height, width);
    size_t kept = 0, most = 0;

    for (int shift = SIZES - 1; shift >= 0; shift--) {
        const int64_t h = height >> shift, w = width >> shift;
        const int64_t targets = most_targets(area, shift);
        const size_t field = tw_field_bytes(targets, 1);
        const size_t made = kept + tw_scale_bytes(h, w, targets);

        kept += tw_scale_kept(h, w, targets) + 2 * field;
        most = made > most ? made : most;
        if (kept + tw_onion_bytes(h, w) > most)
            most = kept + tw_onion_bytes(h, w);
    }
    const size_t rim = (size_t) tw_shape_size(x) * sizeof(float) + 256 +
                       (size_t) (height * width) + 256 + tw_fill_bytes(x);

    return kept + rim > most ? kept + rim : most;
}

/* Of the sizes between each has a quarter of the targets of the next. */
double
tw_complete_work(const tw_completion *how)
{
    const double targets = (double) most_targets(how->area, 0);
    const double starts = how->varied ? STARTS_VARIED : STARTS;
    const double first =
        fmin(starts * targets, (double) CHEAP * starts / (double) STARTS);
    const double steps = (double) LAST_STEPS + (double) STEPS / 3;
    const double each = 4 * ROUNDS; /* passes of a step */

    return pass_work * each * (first * (FIRST_STEPS + 2) + targets * steps);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holes/complete.h"

#include <math.h>

#include "core/i18n.h"
#include "core/sizing.h"
#include "holes/blend.h"
#include "holes/guess.h"
#include "holes/scale.h"
#include "priors/self.h"

enum {
    COLORS = 3,
    SIZES = 8,
    SHALLOW = 8,   /* pixels: as deep as holes should be at the coarsest size */
    DEEPEST = 128, /* beyond it a first guess takes minutes, and then hours */
    LEAST_SIDE = 3 * TW_PATCH,
    STARTS_VARIED =
        8, /* first guesses: the best of few is not always the same */
    KEPT =
        6, /* that go on from the coarsest size; 2 if the next is the full one */
    CHEAP =
        400 * TW_GUESSES, /* targets that may be worked on for all guesses */
    COARSE = 500,         /* targets at the coarsest size, or fewer */
    REACH = 16,           /* pixels around what the size below has found */
    BLEND = 12 /* passes at full size that take as long as closing the seams */
};

/* A target in one pass takes as long as so many multiply-adds of a network, on
 * two cores with AVX2. */
static const double pass_work = 1.35e5;

typedef struct size {
    tw_patches patches;
    tw_guess guess[TW_GUESSES];
    int guesses;
} size;

typedef struct work {
    const tw_completion *how;
    const unsigned char *known;
    tw_tensor *x;
    uint32_t key[2];
    size sizes[SIZES]; /* by how often they were halved */
    int count;         /* of sizes */
    int shift;         /* the one that is worked on */
    double done, all;  /* targets times passes */
} work;

/* How guesses are worked out at the size @above the coarsest one. What looks as good
 * as another at the coarsest size may be something foreign, so that more than one
 * guess goes on from there. */
static tw_guessing
guessing(int shift, int above)
{
    tw_guessing how = { .steps = 8, .rounds = 2, .kept = shift > 1 ? KEPT : 2 };

    if (above > 0) {
        how.steps = shift ? 5 : 3; /* the full size takes longest */
        how.rounds = 1;
        how.kept = above == 1 ? 2 : 1;
    }
    if (!shift)
        how.kept = 1;
    return how;
}

/* --- progress --- */

/* With the patches that reach into the area. */
static double
most_targets(tw_area area, int shift)
{
    const double rows = ((area.bottom - area.top) >> shift) + 2 + TW_PATCH;
    const double columns = ((area.right - area.left) >> shift) + 2 + TW_PATCH;

    return rows * columns;
}

/* First guesses that may be worked out at the coarsest size. */
static int
count_starts(const tw_completion *how, double targets)
{
    const int most = how->varied ? STARTS_VARIED : TW_GUESSES;

    return (int) fmin(fmax(floor(CHEAP / fmax(targets, 1)), 1), most);
}

/* All of it, where the coarsest size was halved @shift times and has @targets; those
 * of the others are guessed by their areas. */
static double
count_work(const tw_completion *complete, int shift, double targets)
{
    const tw_area area = complete->area;
    const double each = targets / most_targets(area, shift);
    int guesses = count_starts(complete, targets);
    double sum = targets * guesses * tw_guess_start_passes;

    for (int i = shift; i >= 0; i--) {
        const tw_guessing how = guessing(i, shift - i);

        sum += each * most_targets(area, i) * tw_guess_passes(&how, guesses);
        guesses = guesses < how.kept ? guesses : how.kept;
    }
    return sum + each * most_targets(area, 0) * BLEND;
}

/* The picture as it stands, after so much more work. All steps take as long. */
static tw_status
report(work *w, double work_done, tw_run *run)
{
    const int steps = w->how->steps;

    w->done += work_done;
    const double now = fmin(w->done / w->all, 1) * steps;
    const int step = now < steps ? (int) now : steps - 1;

    TW_TRY(tw_run_step(run, step, steps, w->x));
    return tw_run_part(run, now - step);
}

static tw_status
report_guess(const tw_guess *guess, double passes, bool best, void *data,
             tw_run *run)
{
    work *w = data;
    const tw_patches *p = &w->sizes[w->shift].patches;

    if (best)
        tw_scale_show(p, &guess->field, w->shift, w->known, w->x);
    return report(w, passes * (double) p->targets, run);
}

/* --- one size --- */

static tw_status
make_size(work *w, int shift, tw_run *run)
{
    return tw_scale_make(&w->sizes[shift].patches, w->x, w->known, shift,
                         w->how->area, run);
}

/* The best of the guesses of this size. */
static tw_status
choose(work *w, int shift, tw_run *run)
{
    size *s = &w->sizes[shift];
    tw_guessing how = guessing(shift, w->count - 1 - shift);

    how.report = report_guess;
    how.user_data = w;
    w->shift = shift;
    TW_TRY(tw_guess_choose(s->guess, s->guesses, &how, &s->patches, run));
    s->guesses = s->guesses < how.kept ? s->guesses : how.kept;
    TW_TRY(tw_self_mean(&s->patches, &s->guess[0].field, tw_guess_low, run));
    tw_scale_show(&s->patches, &s->guess[0].field, shift, w->known, w->x);
    return TW_OK;
}

/* Guesses of the coarsest size; unless varied, the first one is the smooth filling
 * that is there already. */
static tw_status
begin(work *w, tw_run *run)
{
    size *s = &w->sizes[w->count - 1];
    const double targets = s->patches.targets;

    w->all = count_work(w->how, w->count - 1, targets);
    TW_TRY(report(w, 0, run));
    s->guesses = count_starts(w->how, targets);
    for (int i = 0; i < s->guesses; i++) {
        TW_TRY(tw_guess_start(&s->guess[i], i + w->how->varied, w->key,
                              &s->patches, run));
        TW_TRY(report(w, tw_guess_start_passes * targets, run));
    }
    return choose(w, w->count - 1, run);
}

/* From the size below. */
static tw_status
refine(work *w, int shift, tw_run *run)
{
    const size *below = &w->sizes[shift + 1];
    size *s = &w->sizes[shift];

    TW_TRY(make_size(w, shift, run));
    s->guesses = below->guesses;
    for (int i = 0; i < s->guesses; i++) {
        tw_field *f = &s->guess[i].field;

        TW_TRY(tw_field_make(f, &s->patches, 1, w->key, run));
        f->reach = REACH;
        tw_field_enlarge(&below->guess[i].field, &below->patches, f,
                         &s->patches);
    }
    return choose(w, shift, run);
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

static tw_status
complete(work *w, bool *done, tw_run *run)
{
    const size *s = &w->sizes[0];

    TW_TRY(find_coarsest(w, run));
    *done = w->count > 0;
    if (!*done)
        return TW_OK;
    TW_TRY(begin(w, run));
    for (int shift = w->count - 2; shift >= 0; shift--)
        TW_TRY(refine(w, shift, run));
    TW_TRY(tw_blend(&s->patches, &s->guess[0].field, tw_guess_low, w->how->area,
                    w->x, run));
    const double reach = tw_reach(w->x, w->known);

    tw_clamp(w->x, -reach, reach);
    return report(w, w->all, run);
}

/* In a run that only sizes. More pixels than this cannot be numbered. */
static tw_status
size_up(const tw_completion *how, tw_shape x, bool *done, tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    *done = true;
    if (x.dim[2] * x.dim[3] > INT32_MAX)
        return tw_fail(tw_run_error(run), TW_ERR_MEMORY,
                       _("The picture is too large"));
    tw_run_add_work(run, tw_complete_work(how));
    (void) tw_scratch_bytes(run,
                            tw_complete_bytes(x.dim[2], x.dim[3], how->area));
    tw_run_release(run, mark);
    return tw_run_check(run);
}

tw_status
tw_complete(const tw_completion *how, tw_tensor *x, const unsigned char *known,
            bool *done, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    work w = { .how = how, .known = known, .x = x };

    if (tw_run_is_sizing(run))
        return size_up(how, x->shape, done, run);
    tw_run_key(run, w.key);
    tw_run_keep(run, x);
    const tw_status status = complete(&w, done, run);

    tw_run_keep(run, NULL);
    tw_run_release(run, mark);
    return status == TW_STOPPED ? TW_OK : status;
}

size_t
tw_complete_bytes(int64_t height, int64_t width, tw_area area)
{
    size_t kept = 0, most = 0;

    for (int shift = SIZES - 1; shift >= 0; shift--) {
        const int64_t h = height >> shift, w = width >> shift;
        const int64_t targets = (int64_t) most_targets(area, shift);
        const size_t made = kept + tw_scale_bytes(h, w, targets);
        /* One guess, or so many that CHEAP targets are worked on. */
        const size_t guess = tw_guess_bytes(h, w, targets + CHEAP, 1);

        kept += tw_scale_kept(h, w, targets) +
                tw_field_bytes(targets * (shift ? (KEPT + 2) / 2 : 2), 1);
        most = made > most ? made : most;
        most = kept + guess > most ? kept + guess : most;
    }
    kept += tw_blend_bytes(area);
    return kept > most ? kept : most;
}

/* As if holes were as thick as their area: the depth is not known yet. */
double
tw_complete_work(const tw_completion *how)
{
    int shift = 0;

    while (shift < SIZES - 1 && most_targets(how->area, shift) > COARSE)
        shift++;
    const double targets = most_targets(how->area, shift);

    return pass_work * count_work(how, shift, targets);
}

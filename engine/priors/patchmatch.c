/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "priors/patchmatch.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "core/random.h"

enum {
    BLOCK = 4096, /* targets between two looks at the cancel flag */
    SHARED = 64,  /* targets that are worth waking the other cores */
    TRIES = 32    /* places looked at for first candidates */
};

/* The candidates of one target while they are improved. Places without one are last. */
typedef struct list {
    const tw_patches *patches;
    int32_t target;
    int count;
    int32_t source[TW_CANDIDATES];
    float distance[TW_CANDIDATES];
} list;

void
tw_field_clear(tw_field *f, const tw_patches *p, const uint32_t key[2])
{
    const int64_t size = (int64_t) p->targets * f->count;

    f->key[0] = key[0];
    f->key[1] = key[1];
    f->passes = 0;
    f->reach = p->height > p->width ? p->height : p->width;
    for (int64_t i = 0; i < size; i++) {
        f->source[i] = -1;
        f->distance[i] = HUGE_VALF;
    }
}

static tw_status
take(tw_field *f, const tw_patches *p, int count, tw_run *run)
{
    const size_t size = (size_t) p->targets * (size_t) count;

    *f = (tw_field) {
        .count = count,
        .source = tw_scratch_bytes(run, size * sizeof *f->source),
        .distance = tw_scratch_bytes(run, size * sizeof *f->distance),
    };
    return tw_run_check(run);
}

tw_status
tw_field_make(tw_field *f, const tw_patches *p, int count,
              const uint32_t key[2], tw_run *run)
{
    TW_TRY(take(f, p, count, run));
    tw_field_clear(f, p, key);
    return TW_OK;
}

size_t
tw_field_bytes(int64_t targets, int count)
{
    const size_t one = sizeof(int32_t) + sizeof(float);

    return 2 * ((size_t) targets * (size_t) count * one + 2 * (size_t) 256);
}

/* --- lists --- */

static void
insert(list *l, int32_t source, float distance)
{
    int i = l->count - 1;

    for (; i > 0 && l->distance[i - 1] > distance; i--) {
        l->distance[i] = l->distance[i - 1];
        l->source[i] = l->source[i - 1];
    }
    l->distance[i] = distance;
    l->source[i] = source;
}

static bool
holds(const list *l, int32_t source)
{
    for (int i = 0; i < l->count; i++)
        if (l->source[i] == source)
            return true;
    return false;
}

/* Takes the patch at (@y, @x) if it is a source and better than the worst. */
static void
offer(list *l, int64_t y, int64_t x)
{
    const tw_patches *p = l->patches;

    if (y < 0 || x < 0 || y >= p->height || x >= p->width)
        return;
    const int32_t at = (int32_t) (y * p->width + x);

    if (p->place[at] != TW_PATCH_SOURCE || holds(l, at))
        return;
    const float most = l->distance[l->count - 1];
    const float distance = tw_patches_distance(p, l->target, at, most);

    if (distance < most)
        insert(l, at, distance);
}

/* Those of the field, with the distances of now. */
static list
measure(const tw_patches *p, const tw_field *f, int32_t number)
{
    const int32_t *source = f->source + (int64_t) number * f->count;
    list l = { .patches = p, .target = p->target[number], .count = f->count };

    for (int i = 0; i < l.count; i++) {
        l.source[i] = -1;
        l.distance[i] = HUGE_VALF;
    }
    for (int i = 0; i < l.count; i++)
        if (source[i] >= 0)
            offer(&l, source[i] / p->width, source[i] % p->width);
    return l;
}

/* --- improving them --- */

/* What suits the neighbor at (@dy, @dx) is offered, moved back by as much. */
static void
propagate(list *l, const tw_field *f, int dy, int dx)
{
    const tw_patches *p = l->patches;
    const int y = l->target / p->width + dy, x = l->target % p->width + dx;

    if (y < 0 || x < 0 || y >= p->height || x >= p->width)
        return;
    const int32_t number = p->place[(int64_t) y * p->width + x];

    if (number < 0)
        return;
    for (int i = 0; i < f->count; i++) {
        const int32_t source = f->source[(int64_t) number * f->count + i];

        if (source >= 0)
            offer(l, source / p->width - dy, source % p->width - dx);
    }
}

/* Random numbers of a target in this pass; four at a time. */
typedef struct dice {
    const tw_field *field;
    uint32_t number, next;
    uint32_t bits[4];
} dice;

static uint32_t throw(dice * d)
{
    if (d->next % 4 == 0) {
        const uint32_t counter[4] = { d->number, d->field->passes, d->next / 4,
                                      0 };

        tw_philox(counter, d->field->key, d->bits);
    }
    return d->bits[d->next++ % 4];
}

/* @bits to a number from @from to below @to. */
static int64_t
between(uint32_t bits, int64_t from, int64_t to)
{
    return from + (int64_t) (((uint64_t) bits * (uint64_t) (to - from)) >> 32);
}

/* Places around the best one, within ever smaller distances. */
static void
look_around(list *l, dice *d, int64_t reach)
{
    const tw_patches *p = l->patches;

    for (; reach >= 1 && l->source[0] >= 0; reach /= 2) {
        const int64_t y = l->source[0] / p->width, x = l->source[0] % p->width;
        const int64_t row = between(throw(d), y - reach, y + reach + 1);

        offer(l, row, between(throw(d), x - reach, x + reach + 1));
    }
}

/* Anywhere in the picture; if no source was hit, the first one from there on. */
static void
look_anywhere(list *l, dice *d)
{
    const tw_patches *p = l->patches;
    const int64_t size = (int64_t) p->height * p->width;
    int64_t at = 0;

    for (int i = 0; i < TRIES; i++) {
        at = between(throw(d), 0, size);
        offer(l, at / p->width, at % p->width);
    }
    for (int64_t i = 0; l->source[0] < 0 && i < size; i++, at++)
        offer(l, at % size / p->width, at % size % p->width);
}

static void
improve(const tw_patches *p, const tw_field *old, int step, int32_t number,
        tw_field *new)
{
    list l = measure(p, old, number);
    dice d = { .field = old, .number = (uint32_t) number };
    const int64_t at = (int64_t) number * old->count;

    if (l.source[l.count - 1] < 0)
        look_anywhere(&l, &d);
    propagate(&l, old, -step, 0);
    propagate(&l, old, 0, -step);
    propagate(&l, old, 0, step);
    propagate(&l, old, step, 0);
    look_around(&l, &d, old->reach);
    memcpy(new->source + at, l.source, (size_t) l.count * sizeof *l.source);
    memcpy(new->distance + at, l.distance,
           (size_t) l.count * sizeof *l.distance);
}

/* From @old to @new. */
static tw_status
pass(const tw_patches *p, const tw_field *old, int step, tw_field *new,
     tw_run *run)
{
    memcpy(new->key, old->key, sizeof new->key);
    new->passes = old->passes + 1;
    new->reach = old->reach;
    for (int32_t from = 0; from < p->targets; from += BLOCK) {
        const int32_t left = p->targets - from;
        const int32_t to = from + (left < BLOCK ? left : BLOCK);

#pragma omp parallel for schedule(dynamic, 64) if (to - from > SHARED)
        for (int32_t i = from; i < to; i++)
            improve(p, old, step, i, new);
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

tw_status
tw_field_search(tw_field *f, const tw_patches *p, int rounds, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_field other;

    TW_TRY(take(&other, p, f->count, run));
    for (int i = 0; i < rounds; i++) {
        TW_TRY(pass(p, f, 8, &other, run));
        TW_TRY(pass(p, &other, 4, f, run));
        TW_TRY(pass(p, f, 2, &other, run));
        TW_TRY(pass(p, &other, 1, f, run));
    }
    tw_run_release(run, mark);
    return TW_OK;
}

/* The candidate of a patch that lies (@dy, @dx) from twice the place of one whose
 * candidate is @from. Negative: there is none. */
static int32_t
follow(const tw_patches *small, const tw_patches *large, int32_t from, int dy,
       int dx)
{
    const int y = 2 * (from / small->width) + dy;
    const int x = 2 * (from % small->width) + dx;
    const int32_t at = y * large->width + x;

    if (from < 0 || y > large->height - TW_PATCH || x > large->width - TW_PATCH)
        return -1;
    return large->place[at] == TW_PATCH_SOURCE ? at : -1;
}

void
tw_field_enlarge(const tw_field *coarse, const tw_patches *small,
                 tw_field *fine, const tw_patches *large)
{
    const int most_y = small->height - TW_PATCH;
    const int most_x = small->width - TW_PATCH;

    for (int32_t i = 0; i < large->targets; i++) {
        const int y = large->target[i] / large->width;
        const int x = large->target[i] % large->width;
        const int cy = y / 2 < most_y ? y / 2 : most_y;
        const int cx = x / 2 < most_x ? x / 2 : most_x;
        const int64_t parent = small->place[cy * small->width + cx];
        int32_t *source = fine->source + (int64_t) i * fine->count;

        for (int j = 0; parent >= 0 && j < fine->count; j++) {
            source[j] =
                follow(small, large, coarse->source[parent * coarse->count + j],
                       y - 2 * cy, x - 2 * cx);
            fine->distance[(int64_t) i * fine->count + j] = 0;
        }
    }
}

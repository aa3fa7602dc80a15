/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holes/onion.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "core/random.h"

enum {
    MOST_REACH = 64, /* pixels: how far away sources are looked for */
    LEAST_REACH = 16,
    BLOCK = 64 /* pixels between two looks at the cancel flag */
};

/* Patches that may be compared for one picture. */
static const double budget = 4e7;

/* How much farther away than the nearest one a choice may be, squared. */
static const float slack = 1.3F;

enum { EMPTY, FULL, IGNORED }; /* states of a pixel */

typedef struct onion {
    tw_patches *p;
    unsigned char *state;
    int32_t *layer; /* the pixels that are filled next */
    int32_t size;
    int reach;
    bool varied;
    uint32_t key[2];
} onion;

static int
clamp(int value, int low, int high)
{
    return value < low ? low : value < high ? value : high;
}

/* Of the patches at @a and @b, over the pixels of @a that are there. */
static float
distance(const onion *o, int32_t a, int32_t b, float most)
{
    const tw_patches *p = o->p;
    float sum = 0;

    for (int r = 0; r < TW_PATCH && sum <= most; r++)
        for (int c = 0; c < TW_PATCH; c++) {
            const int64_t at = (int64_t) r * p->width + c;
            const float *x = p->value + (a + at) * p->channels;
            const float *y = p->value + (b + at) * p->channels;

            for (int i = 0; o->state[a + at] == FULL && i < p->channels; i++)
                sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
    return sum;
}

/* What is looked for among the sources around a patch. */
typedef struct choice {
    float most;            /* the largest distance that is still of interest */
    int32_t found;         /* negative: nothing */
    int32_t count, number; /* of those found; of the pixel */
} choice;

static void
take_nearest(const onion *o, choice *c, int32_t source, float d)
{
    (void) o;
    if (d < c->most) {
        c->most = d;
        c->found = source;
    }
}

/* Each of those seen so far with the same chance. */
static void
take_any(const onion *o, choice *c, int32_t source, float d)
{
    const uint32_t counter[4] = { (uint32_t) c->number, (uint32_t) c->count, 0,
                                  1 };
    uint32_t bits[4];

    if (d > c->most)
        return;
    c->count++;
    tw_philox(counter, o->key, bits);
    if ((uint64_t) bits[0] * (uint64_t) c->count >> 32 == 0)
        c->found = source;
}

static void
look_around(const onion *o, int32_t a, choice *c,
            void (*take)(const onion *, choice *, int32_t, float))
{
    const tw_patches *p = o->p;
    const int y = a / p->width, x = a % p->width;
    const int bottom = clamp(y + o->reach, 0, p->height);
    const int right = clamp(x + o->reach, 0, p->width);

    for (int i = clamp(y - o->reach, 0, y); i < bottom; i++)
        for (int j = clamp(x - o->reach, 0, x); j < right; j++) {
            const int32_t b = i * p->width + j;

            if (p->place[b] == TW_PATCH_SOURCE)
                take(o, c, b, distance(o, a, b, c->most));
        }
}

/* When none is near. */
static int32_t
next_source(const tw_patches *p, int32_t from)
{
    const int64_t size = (int64_t) p->height * p->width;
    int64_t at = from;

    while (p->place[at] != TW_PATCH_SOURCE)
        at = (at + 1) % size;
    return (int32_t) at;
}

/* Pixel @q; others of its layer do not see it yet. */
static void
fill(const onion *o, int32_t q)
{
    const tw_patches *p = o->p;
    const int y = q / p->width - TW_PATCH / 2;
    const int x = q % p->width - TW_PATCH / 2;
    const int32_t a = clamp(y, 0, p->height - TW_PATCH) * p->width +
                      clamp(x, 0, p->width - TW_PATCH);
    choice c = { .most = HUGE_VALF, .found = -1, .number = q };

    look_around(o, a, &c, take_nearest);
    if (o->varied && c.found >= 0) {
        c.most *= slack;
        look_around(o, a, &c, take_any);
    }
    if (c.found < 0)
        c.found = next_source(p, a);
    memcpy(p->value + (int64_t) q * p->channels,
           p->value + (int64_t) (c.found + q - a) * p->channels,
           (size_t) p->channels * sizeof *p->value);
}

static bool
touches(const onion *o, int32_t q)
{
    const tw_patches *p = o->p;
    const int y = q / p->width, x = q % p->width;

    for (int r = y > 0 ? -1 : 0; r <= 1 && y + r < p->height; r++)
        for (int c = x > 0 ? -1 : 0; c <= 1 && x + c < p->width; c++)
            if (o->state[(y + r) * p->width + x + c] == FULL)
                return true;
    return false;
}

static void
find_layer(onion *o)
{
    const int32_t size = o->p->height * o->p->width;

    o->size = 0;
    for (int32_t q = 0; q < size; q++)
        if (o->state[q] == EMPTY && touches(o, q))
            o->layer[o->size++] = q;
}

static tw_status
fill_layer(onion *o, tw_run *run)
{
    for (int32_t from = 0; from < o->size; from += BLOCK) {
        const int32_t to = from + BLOCK < o->size ? from + BLOCK : o->size;

#pragma omp parallel for schedule(dynamic, 1)
        for (int32_t i = from; i < to; i++)
            fill(o, o->layer[i]);
        TW_TRY(tw_run_poll(run));
    }
    for (int32_t i = 0; i < o->size; i++)
        o->state[o->layer[i]] = FULL;
    return TW_OK;
}

/* The number of pixels to fill. */
static int32_t
find_states(onion *o)
{
    const tw_patches *p = o->p;
    const int32_t size = p->height * p->width;
    int32_t count = 0;

    for (int32_t i = 0; i < size; i++)
        o->state[i] = p->known[i] ? FULL : IGNORED;
    for (int32_t i = 0; i < p->targets; i++)
        for (int r = 0; r < TW_PATCH; r++)
            for (int c = 0; c < TW_PATCH; c++) {
                unsigned char *state =
                    &o->state[p->target[i] + r * p->width + c];

                count += *state == IGNORED;
                if (*state == IGNORED)
                    *state = EMPTY;
            }
    return count;
}

tw_status
tw_onion(tw_patches *p, bool varied, const uint32_t key[2], tw_run *run)
{
    const size_t size = (size_t) p->height * (size_t) p->width;
    const size_t mark = tw_run_mark(run);
    onion o = { .p = p, .varied = varied, .key = { key[0], key[1] } };

    o.state = tw_scratch_bytes(run, size);
    o.layer = tw_scratch_bytes(run, size * sizeof *o.layer);
    TW_TRY(tw_run_check(run));
    const double each = budget / fmax(find_states(&o), 1);

    o.reach = clamp((int) (sqrt(each) / 2), LEAST_REACH, MOST_REACH);
    for (find_layer(&o); o.size > 0; find_layer(&o))
        TW_TRY(fill_layer(&o, run));
    tw_run_release(run, mark);
    return TW_OK;
}

size_t
tw_onion_bytes(int64_t height, int64_t width)
{
    return (size_t) (height * width) * (1 + sizeof(int32_t)) + 2 * (size_t) 256;
}

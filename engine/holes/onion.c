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
    uint32_t key[2];
} onion;

static int
clamp(int value, int low, int high)
{
    return value < low ? low : value < high ? value : high;
}

/* The patch around a pixel, and which of its values are there: 1, else 0. */
typedef struct part {
    int32_t at;
    float there[TW_PATCH][TW_PATCH * TW_PATCH_CHANNELS];
} part;

static void
see(const onion *o, int32_t at, part *a)
{
    const tw_patches *p = o->p;
    const int size = TW_PATCH * p->channels;

    a->at = at;
    for (int r = 0; r < TW_PATCH; r++)
        for (int i = 0; i < size; i++)
            a->there[r][i] =
                o->state[at + r * p->width + i / p->channels] == FULL;
}

/* Of the patches @a and at @b, over what is there of @a. */
TW_CLONES static float
distance(const onion *o, const part *a, int32_t b, float most)
{
    const tw_patches *p = o->p;
    const int64_t stride = (int64_t) p->width * p->channels;
    const int size = TW_PATCH * p->channels;
    const float *x = p->value + (int64_t) a->at * p->channels;
    const float *y = p->value + (int64_t) b * p->channels;
    float sum = 0;

    for (int r = 0; r < TW_PATCH && sum <= most; r++, x += stride, y += stride)
#pragma omp simd reduction(+ : sum)
        for (int i = 0; i < size; i++) {
            const float d = a->there[r][i] * (x[i] - y[i]);

            sum += d * d;
        }
    return sum;
}

/* What is near a patch; the distances of the sources in it. */
typedef struct around {
    int top, left, bottom, right;
    float least;
    float distance[4 * MOST_REACH * MOST_REACH]; /* row by row */
} around;

static void
measure(const onion *o, const part *a, around *w)
{
    const tw_patches *p = o->p;
    const int y = a->at / p->width, x = a->at % p->width;
    float *d = w->distance;

    w->top = clamp(y - o->reach, 0, y);
    w->left = clamp(x - o->reach, 0, x);
    w->bottom = clamp(y + o->reach, 0, p->height);
    w->right = clamp(x + o->reach, 0, p->width);
    w->least = HUGE_VALF;
    for (int i = w->top; i < w->bottom; i++)
        for (int j = w->left; j < w->right; j++, d++) {
            const int32_t b = i * p->width + j;

            *d = HUGE_VALF;
            if (p->place[b] == TW_PATCH_SOURCE)
                *d = distance(o, a, b, slack * w->least);
            w->least = fminf(w->least, *d);
        }
}

/* How many sources are not farther away than @most; @at: the one of this number
 * among them. */
static int32_t
count_near(const around *w, float most, int32_t number, int32_t *at)
{
    const int32_t size = (w->bottom - w->top) * (w->right - w->left);
    int32_t count = 0;

    for (int32_t i = 0; i < size; i++)
        if (w->distance[i] <= most && count++ == number)
            *at = i;
    return count;
}

/* Any source that is nearly as near as the nearest one to @a, each with the same
 * chance, for pixel @q. Negative: none is near. */
static int32_t
choose(const onion *o, const part *a, int32_t q)
{
    const uint32_t counter[4] = { (uint32_t) q, 0, 0, 1 };
    int32_t at = 0, count;
    uint32_t bits[4];
    around w;

    measure(o, a, &w);
    if (w.least == HUGE_VALF)
        return -1;
    count = count_near(&w, slack * w.least, 0, &at);
    tw_philox(counter, o->key, bits);
    count_near(&w, slack * w.least,
               (int32_t) ((uint64_t) bits[0] * (uint64_t) count >> 32), &at);

    const int32_t width = w.right - w.left;

    return (w.top + at / width) * o->p->width + w.left + at % width;
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
    int32_t found;
    part seen;

    see(o, a, &seen);
    found = choose(o, &seen, q);
    if (found < 0)
        found = next_source(p, a);
    memcpy(p->value + (int64_t) q * p->channels,
           p->value + (int64_t) (found + q - a) * p->channels,
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
tw_onion(tw_patches *p, const uint32_t key[2], tw_run *run)
{
    const size_t size = (size_t) p->height * (size_t) p->width;
    const size_t mark = tw_run_mark(run);
    onion o = { .p = p, .key = { key[0], key[1] } };

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

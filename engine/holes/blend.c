/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The equations are solved for u from coarse to fine, at each size by
 * successive over-relaxation in two colors, so that the order within a color does
 * not matter (Young 1954, "Iterative methods for solving partial difference
 * equations of elliptic type"); a coarse pixel stands for the four that it covers.
 */
#include "holes/blend.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "priors/self.h"

enum {
    COLORS = 3,
    LEVELS = 16,
    ROWS = 32,  /* of pixels between two looks at the cancel flag */
    SWEEPS = 24 /* at each size; more change no value by 1/255 */
};

/* A step that is larger than this, over all colors, is an edge rather than a seam:
 * without a limit brightness ran out of leaves and fur, and made blobs. */
static const float seam = 0.05F;

static const float relaxation = 1.6F;

enum { OUTSIDE, RIM, OPEN }; /* not used; u is given; u is looked for */

/* One size of the equations: for each open pixel
 *     neighbors * u - sum of the neighbors' u = right */
typedef struct level {
    int height, width;
    unsigned char *state; /* [height][width]: of the pixels */
    float *u, *right;     /* [COLORS][height][width] */
} level;

static tw_status
take(level *l, int height, int width, tw_run *run)
{
    const size_t plane = (size_t) height * (size_t) width;
    const size_t bytes = COLORS * plane * sizeof *l->u;

    *l = (level) {
        .height = height,
        .width = width,
        .state = tw_scratch_bytes(run, plane),
        .u = tw_scratch_bytes(run, bytes),
        .right = tw_scratch_bytes(run, bytes),
    };
    TW_TRY(tw_run_check(run));
    memset(l->state, OUTSIDE, plane);
    memset(l->u, 0, bytes);
    memset(l->right, 0, bytes);
    return TW_OK;
}

/* --- the equations --- */

typedef struct seams {
    const tw_patches *p;
    const tw_field *f;
    double sigma;
    int top, left; /* of the finest level in the picture */
    const tw_tensor *x;
} seams;

/* What the pixel (@dy, @dx) from (@y, @x) of @x should be more than it is beside
 * it. Both in the picture. */
static void
find_step(const seams *s, int y, int x, int dy, int dx, float step[COLORS])
{
    const int64_t width = s->p->width, plane = s->x->size / COLORS;
    const int64_t at = y * width + x, next = at + dy * width + dx;
    float slope[TW_PATCH_CHANNELS], squares = 0;

    memset(step, 0, COLORS * sizeof *step);
    if (s->p->known[at] || s->p->known[next] ||
        !tw_self_slope(s->p, s->f, s->sigma, y, x, dy, dx, slope))
        return;
    for (int64_t c = 0; c < COLORS; c++) {
        const float *v = s->x->data + c * plane;

        step[c] = slope[c] - (v[next] - v[at]);
    }
    for (int c = 0; c < COLORS; c++)
        squares += step[c] * step[c];
    const float share = expf(-squares / (2 * seam * seam));

    for (int c = 0; c < COLORS; c++)
        step[c] *= share;
}

/* Pixel (@r, @c) of @l, which is open; each step is found from both of its ends, so
 * that no thread writes where another does. */
static void
set_right(const seams *s, const level *l, int r, int c)
{
    const int y = s->top + r, x = s->left + c;
    const int64_t at = (int64_t) r * l->width + c;
    const int64_t plane = (int64_t) l->height * l->width;
    float step[COLORS];

    for (int way = 0; way < 4; way++) {
        const int dy = way % 2, dx = 1 - dy, back = way / 2;

        if (y - back * dy < 0 || x - back * dx < 0 ||
            y + (1 - back) * dy >= s->p->height ||
            x + (1 - back) * dx >= s->p->width)
            continue;
        find_step(s, y - back * dy, x - back * dx, dy, dx, step);
        for (int64_t k = 0; k < COLORS; k++)
            l->right[k * plane + at] += back ? step[k] : -step[k];
    }
}

/* A known pixel: u is what it is more than its patches would have made it. */
static void
set_rim(const seams *s, const level *l, int r, int c)
{
    const int64_t plane = (int64_t) l->height * l->width;
    const int64_t at = (int64_t) (s->top + r) * s->p->width + s->left + c;
    float mean[TW_PATCH_CHANNELS];

    if (!tw_self_pixel(s->p, s->f, s->sigma, s->top + r, s->left + c, mean))
        return;
    l->state[(int64_t) r * l->width + c] = RIM;
    for (int64_t k = 0; k < COLORS; k++)
        l->u[k * plane + (int64_t) r * l->width + c] =
            s->p->value[at * s->p->channels + k] - mean[k];
}

static void
set_row(const seams *s, const level *l, int r)
{
    for (int c = 0; c < l->width; c++) {
        const int64_t at = (int64_t) (s->top + r) * s->p->width + s->left + c;

        if (s->p->known[at]) {
            set_rim(s, l, r, c);
        } else {
            l->state[(int64_t) r * l->width + c] = OPEN;
            set_right(s, l, r, c);
        }
    }
}

static tw_status
set_up(const seams *s, const level *l, tw_run *run)
{
    for (int from = 0; from < l->height; from += ROWS) {
        const int to = from + ROWS < l->height ? from + ROWS : l->height;

#pragma omp parallel for schedule(dynamic, 1)
        for (int r = from; r < to; r++)
            set_row(s, l, r);
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

/* --- solving them --- */

/* Pixel (@y, @x) of @coarse. It is open if all that it covers are; a rim has the mean
 * of those in it. */
static void
shrink_pixel(const level *fine, const level *coarse, int y, int x)
{
    const int64_t large = (int64_t) fine->height * fine->width;
    const int64_t small = (int64_t) coarse->height * coarse->width;
    const int64_t to = (int64_t) y * coarse->width + x;
    int open = 0, rim = 0, all = 0;

    for (int i = 0; i < 4; i++) {
        const int r = 2 * y + i / 2, c = 2 * x + i % 2;
        const int64_t at = (int64_t) r * fine->width + c;

        if (r >= fine->height || c >= fine->width)
            continue;
        all++;
        open += fine->state[at] == OPEN;
        rim += fine->state[at] == RIM;
        for (int64_t k = 0; k < COLORS; k++)
            if (fine->state[at] == OPEN)
                coarse->right[k * small + to] += fine->right[k * large + at];
            else if (fine->state[at] == RIM)
                coarse->u[k * small + to] += fine->u[k * large + at];
    }
    coarse->state[to] = open == all ? OPEN : rim ? RIM : OUTSIDE;
    for (int64_t k = 0; rim && k < COLORS; k++)
        coarse->u[k * small + to] /= (float) rim;
}

/* False: nothing is open. */
static bool
shrink(const level *fine, const level *coarse)
{
    for (int y = 0; y < coarse->height; y++)
        for (int x = 0; x < coarse->width; x++)
            shrink_pixel(fine, coarse, y, x);
    return memchr(coarse->state, OPEN,
                  (size_t) coarse->height * (size_t) coarse->width);
}

static void
enlarge(const level *coarse, const level *fine)
{
    const int64_t plane = (int64_t) fine->height * fine->width;

    for (int64_t i = 0; i < COLORS * plane; i++) {
        const int64_t k = i / plane, y = i % plane / fine->width;
        const int64_t x = i % fine->width;

        if (fine->state[i % plane] == OPEN)
            fine->u[i] =
                coarse->u[(k * coarse->height + y / 2) * coarse->width + x / 2];
    }
}

/* Pixel (@y, @x) of one plane as its equation wants it, and a little more. What is
 * outside is no neighbor. */
static void
relax(const level *l, float *u, const float *right, int y, int x)
{
    static const int rows[] = { -1, 0, 0, 1 }, columns[] = { 0, -1, 1, 0 };
    const int64_t at = (int64_t) y * l->width + x;
    float sum = right[at], count = 0;

    for (int i = 0; i < 4; i++) {
        const int r = y + rows[i], c = x + columns[i];
        const int64_t next = (int64_t) r * l->width + c;

        if (r < 0 || c < 0 || r >= l->height || c >= l->width ||
            l->state[next] == OUTSIDE)
            continue;
        sum += u[next];
        count++;
    }
    if (count > 0)
        u[at] += relaxation * (sum / count - u[at]);
}

static tw_status
solve(const level *l, tw_run *run)
{
    const int64_t plane = (int64_t) l->height * l->width;
    const int rows = COLORS * l->height;

    for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
#pragma omp parallel for if (rows * l->width > TW_SERIAL)
        for (int row = 0; row < rows; row++) {
            const int y = row % l->height;
            const int64_t from = row / l->height * plane;

            for (int x = (y + sweep) % 2; x < l->width; x += 2)
                if (l->state[(int64_t) y * l->width + x] == OPEN)
                    relax(l, l->u + from, l->right + from, y, x);
        }
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

static tw_status
solve_all(const level *finest, tw_run *run)
{
    level l[LEVELS] = { *finest };
    int n = 1;
    bool open = true;

    for (; n < LEVELS && open && l[n - 1].height * l[n - 1].width > 1; n++) {
        TW_TRY(take(&l[n], (l[n - 1].height + 1) / 2, (l[n - 1].width + 1) / 2,
                    run));
        open = shrink(&l[n - 1], &l[n]);
    }
    for (; n > 1; n--) {
        enlarge(&l[n - 1], &l[n - 2]);
        TW_TRY(solve(&l[n - 2], run));
    }
    return TW_OK;
}

static void
add(const level *l, int top, int left, tw_tensor *x)
{
    const int64_t width = x->shape.dim[3], plane = x->size / COLORS;
    const int64_t size = (int64_t) l->height * l->width;

    for (int64_t i = 0; i < COLORS * size; i++) {
        const int64_t y = top + i % size / l->width, c = left + i % l->width;

        if (l->state[i % size] == OPEN)
            x->data[i / size * plane + y * width + c] += l->u[i];
    }
}

/* With all that patches reach around it. */
static tw_area
grow(tw_area a, int height, int width)
{
    a.top = a.top > TW_PATCH ? a.top - TW_PATCH : 0;
    a.left = a.left > TW_PATCH ? a.left - TW_PATCH : 0;
    a.bottom += TW_PATCH;
    a.right += TW_PATCH;
    return (tw_area) { a.top, a.left, a.bottom < height ? a.bottom : height,
                       a.right < width ? a.right : width };
}

tw_status
tw_blend(const tw_patches *p, const tw_field *f, double sigma, tw_area area,
         tw_tensor *x, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const tw_area a = grow(area, p->height, p->width);
    const seams s = { p, f, sigma, a.top, a.left, x };
    level l;

    TW_TRY(take(&l, a.bottom - a.top, a.right - a.left, run));
    TW_TRY(set_up(&s, &l, run));
    TW_TRY(solve_all(&l, run));
    add(&l, a.top, a.left, x);
    tw_run_release(run, mark);
    return TW_OK;
}

size_t
tw_blend_bytes(tw_area area)
{
    size_t height = (size_t) (area.bottom - area.top + 2 * TW_PATCH);
    size_t width = (size_t) (area.right - area.left + 2 * TW_PATCH), bytes = 0;

    for (int n = 0; n < LEVELS; n++) {
        bytes += height * width * (1 + 2 * COLORS * sizeof(float)) + 3 * 256;
        height = (height + 1) / 2;
        width = (width + 1) / 2;
    }
    return bytes;
}

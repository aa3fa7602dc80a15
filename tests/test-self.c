/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prior made of a picture's own patches, and the filling of large holes
 * with it. */

#include <math.h>
#include <string.h>

#include "check.h"
#include "priors/complete.h"
#include "priors/fill.h"
#include "priors/self.h"

enum { SIDE = 22, SIZE = SIDE * SIDE, CANDIDATES = 16 };

/* A hole of @side in the middle of a picture of @width x @width. */
static unsigned char *
hole(int width, int side)
{
    unsigned char *known = g_malloc((size_t) (width * width));
    const int from = (width - side) / 2, to = from + side;

    for (int i = 0; i < width * width; i++) {
        const int y = i / width, x = i % width;

        known[i] = y < from || y >= to || x < from || x >= to;
    }
    return known;
}

static bool
is_whole(const unsigned char *known, int width, int y, int x)
{
    for (int i = 0; i < TW_PATCH * TW_PATCH; i++)
        if (!known[(y + i / TW_PATCH) * width + x + i % TW_PATCH])
            return false;
    return true;
}

/* |x - s|^2 of the patches at a and s. */
static double
distance(const tw_tensor *x, int a, int s)
{
    double sum = 0;

    for (int c = 0; c < 3; c++)
        for (int i = 0; i < TW_PATCH * TW_PATCH; i++) {
            const int at = c * SIZE + i / TW_PATCH * SIDE + i % TW_PATCH;
            const double d =
                (double) x->data[a + at] - (double) x->data[s + at];

            sum += d * d;
        }
    return sum;
}

/* self.h's mean of channel @c at (y, x), by its definition, over all sources. */
static double
brute_force(const tw_tensor *x, const unsigned char *known, double sigma, int y,
            int col, int c)
{
    double sum = 0, weights = 0, least = HUGE_VAL;

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < TW_PATCH * TW_PATCH; i++) {
            const int dy = i / TW_PATCH, dx = i % TW_PATCH;
            const int ay = y - dy, ax = col - dx;

            if (ay < 0 || ax < 0 || ay > SIDE - TW_PATCH ||
                ax > SIDE - TW_PATCH)
                continue;
            for (int s = 0; s < SIZE; s++) {
                const int sy = s / SIDE, sx = s % SIDE;

                if (sy > SIDE - TW_PATCH || sx > SIDE - TW_PATCH ||
                    !is_whole(known, SIDE, sy, sx))
                    continue;
                const double d = distance(x, ay * SIDE + ax, s);

                if (round == 0) {
                    least = MIN(least, d);
                    continue;
                }
                const double w = exp((least - d) / (2 * sigma * sigma));

                weights += w;
                sum += w * (double) x->data[c * SIZE + s + dy * SIDE + dx];
            }
        }
    return sum / weights;
}

/* Waves of three periods, so that patches are more or less alike. */
static void
waves(tw_tensor *x)
{
    const int64_t w = x->shape.dim[3], plane = x->size / 3;

    for (int64_t i = 0; i < x->size; i++) {
        const double r = (double) (i % plane / w), c = (double) (i % w);

        x->data[i] = (float) (0.4 * sin(0.9 * r + 0.3 * c) +
                              0.3 * sin(1.1 * c - (double) (i / plane)));
    }
}

/* The posterior mean is the sum over all known patches: those that are no
 * candidates do not count at this level. */
static void
posterior_mean(void)
{
    const double sigma = 0.12;
    unsigned char *known = hole(SIDE, 4);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, SIDE, SIDE));
    tw_tensor *x0 = check_tensor(x->shape), *noise = check_tensor(x->shape);
    tw_run *run = check_run(1, 0);

    waves(x);
    tw_prior *prior = tw_prior_self(x, known, CANDIDATES, 7);

    g_assert_nonnull(prior);
    check_fill(noise, 5);
    for (int i = 0; i < 3 * SIZE; i++)
        if (!known[i % SIZE])
            x->data[i] += (float) sigma * noise->data[i];
    check_ok(tw_denoise(prior, x, sigma, x0, NULL, run), run);
    for (int i = 0; i < 3 * SIZE; i++) {
        const int y = i % SIZE / SIDE, col = i % SIDE;

        if (known[i % SIZE])
            g_assert_true(x0->data[i] == x->data[i]);
        else /* float values and distances */
            check_near("mean", (double) x0->data[i],
                       brute_force(x, known, sigma, y, col, i / SIZE), 1e-4);
    }
    g_assert_cmpuint(tw_run_peak(run), <=, tw_prior_bytes(prior, x->shape));
    tw_prior_free(prior);
    tw_run_free(run);
    check_free(noise);
    check_free(x0);
    check_free(x);
    g_free(known);
}

/* What it cannot do it says. */
static void
refuses(void)
{
    unsigned char *known = hole(SIDE, 4), *nothing = hole(SIDE, 16);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, SIDE, SIDE));
    tw_tensor *other = check_tensor(tw_shape4(1, 3, SIDE, SIDE + 1));
    tw_run *run = check_run(1, 1);
    tw_prior *prior = tw_prior_self(x, known, 1, 0);

    g_assert_null(tw_prior_self(x, nothing, 1, 0));
    g_assert_cmpint(tw_denoise(prior, other, 1, other, NULL, run), ==,
                    TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_denoise(prior, x, 1, x, tw_tape_new(run), run), ==,
                    TW_ERR_UNSUPPORTED);
    tw_prior_free(prior);
    tw_run_free(run);
    check_free(other);
    check_free(x);
    g_free(nothing);
    g_free(known);
}

/* --- filling --- */

enum { WIDTH = 128, HOLE = 48 };

/* A cloth of a period of 8 by 16 pixels. */
static void
cloth(tw_tensor *x)
{
    for (int i = 0; i < 3 * WIDTH * WIDTH; i++) {
        const int y = i / WIDTH % WIDTH % 16, col = i % WIDTH % 8;
        const int c = i / (WIDTH * WIDTH);

        x->data[i] = (float) sin(y * 1.3 + c) * 0.4F +
                     (float) ((y * 5 + col * 3) % 7) * 0.08F;
    }
}

/* Fills the hole in @x; what its status is. */
static tw_status
fill(tw_tensor *x, const unsigned char *known, bool varied, bool *done,
     tw_run *run)
{
    const int width = (int) x->shape.dim[3];
    const int64_t plane = x->size / 3;
    tw_area area = { width, width, 0, 0 };
    tw_completion how = { .varied = varied };

    for (int i = 0; i < plane; i++)
        if (!known[i]) {
            area.top = MIN(area.top, i / width);
            area.left = MIN(area.left, i % width);
            area.bottom = MAX(area.bottom, i / width + 1);
            area.right = MAX(area.right, i % width + 1);
            for (int c = 0; c < 3; c++)
                x->data[c * plane + i] = 0;
        }
    how.area = area;
    tw_run_enter(run);
    check_ok(tw_hole_depth(known, x->shape.dim[2], width, &how.depth, run),
             run);
    check_ok(tw_fill_holes(x, known, run), run);
    const tw_status status = tw_complete(&how, x, known, done, run);

    tw_run_leave(run);
    if (status == TW_OK)
        g_assert_cmpuint(tw_run_peak(run), <=,
                         tw_complete_bytes(x->shape.dim[2], width, area));
    return status;
}

/* A pattern that goes on in one way only comes back. */
static void
continues(void)
{
    unsigned char *known = hole(WIDTH, HOLE);
    tw_tensor *truth = check_tensor(tw_shape4(1, 3, WIDTH, WIDTH));
    tw_tensor *x = check_tensor(truth->shape);

    cloth(truth);
    for (int varied = 0; varied < 2; varied++) {
        tw_run *run = check_run(1, 0);
        bool done;

        tw_copy(x, truth);
        check_ok(fill(x, known, varied, &done, run), run);
        g_assert_true(done);
        check_close("cloth", x->data, truth->data, x->size, 1e-5);
        tw_run_free(run);
    }
    check_free(x);
    check_free(truth);
    g_free(known);
}

/* A slope of brightness stays one: no steps, within a level of 8 bits. */
static void
slopes(void)
{
    unsigned char *known = hole(WIDTH, HOLE);
    tw_tensor *truth = check_tensor(tw_shape4(1, 3, WIDTH, WIDTH));
    tw_tensor *x = check_tensor(truth->shape);
    tw_run *run = check_run(1, 0);
    bool done;

    for (int i = 0; i < 3 * WIDTH * WIDTH; i++)
        truth->data[i] = (float) (i / WIDTH % WIDTH) / WIDTH - 0.5F;
    tw_copy(x, truth);
    check_ok(fill(x, known, false, &done, run), run);
    for (int64_t i = 0; i < x->size; i++)
        check_near("slope", (double) x->data[i], (double) truth->data[i],
                   2 / 255.0);
    tw_run_free(run);
    check_free(x);
    check_free(truth);
    g_free(known);
}

/* The same bytes for any number of threads; others for another seed. */
static void
threads(void)
{
    static const int counts[] = { 1, 2, 3, 8, 1 };
    enum { LAST = G_N_ELEMENTS(counts) - 1 };
    unsigned char *known = hole(32, 9);
    tw_tensor *truth = check_noise(1, 3, 32, 32, 9);
    tw_tensor *x = check_tensor(truth->shape), *first = check_tensor(x->shape);
    const size_t bytes = (size_t) x->size * sizeof *x->data;

    tw_clamp(truth, -1, 1);
    for (int i = 0; i <= LAST; i++) {
        tw_run *run = check_run(i == LAST ? 2 : 1, counts[i]);
        bool done;

        tw_copy(x, truth);
        check_ok(fill(x, known, true, &done, run), run);
        g_assert_true(done);
        if (i == 0)
            tw_copy(first, x);
        g_assert_cmpint(memcmp(x->data, first->data, bytes) == 0, ==, i < LAST);
        for (int k = 0; k < x->size; k++)
            if (known[k % (32 * 32)])
                g_assert_true(x->data[k] == truth->data[k]);
        tw_run_free(run);
    }
    check_free(first);
    check_free(x);
    check_free(truth);
    g_free(known);
}

/* Nothing to take from: nothing is done. */
static void
too_little(void)
{
    unsigned char *known = hole(SIDE, 16);
    tw_tensor *x = check_noise(1, 3, SIDE, SIDE, 1);
    tw_run *run = check_run(1, 1);
    bool done = true;

    check_ok(fill(x, known, false, &done, run), run);
    g_assert_false(done);
    check_free(x);
    tw_run_free(run);
    g_free(known);
}

typedef struct watch {
    tw_run *run;
    int reports, last; /* so many until it cancels or stops */
    bool stops;
} watch;

static bool
look(const tw_progress *progress, void *data)
{
    watch *w = data;

    (void) progress;
    w->reports++;
    if (w->stops && w->reports == w->last)
        tw_run_stop(w->run);
    return w->stops || w->reports < w->last;
}

/* Cancelled and stopped at any step. */
static void
ends_early(void)
{
    unsigned char *known = hole(48, 20);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 48, 48));

    for (int i = 0; i < 6; i++) {
        watch w = { .last = 1 + i / 2 * 8, .stops = i % 2 };
        const tw_run_config config = { .report = look, .user_data = &w };
        bool done;

        w.run = tw_run_new(&config);
        check_fill(x, 4);
        const tw_status status = fill(x, known, false, &done, w.run);

        g_assert_cmpint(status, ==, w.stops ? TW_OK : TW_CANCELLED);
        g_assert_cmpint(w.reports, ==, w.last);
        if (w.stops)
            g_assert_true(done && tw_all_finite(x));
        tw_run_free(w.run);
    }
    check_free(x);
    g_free(known);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/self/posterior-mean", posterior_mean);
    g_test_add_func("/self/refuses", refuses);
    g_test_add_func("/self/continues", continues);
    g_test_add_func("/self/slopes", slopes);
    g_test_add_func("/self/threads", threads);
    g_test_add_func("/self/too-little", too_little);
    g_test_add_func("/self/ends-early", ends_early);
    return g_test_run();
}

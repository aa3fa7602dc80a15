/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prior made of a picture's own patches. */

#include <math.h>

#include "check.h"
#include "priors/self.h"

enum { SIDE = 22, SIZE = SIDE * SIDE, CANDIDATES = 16 };

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
    unsigned char *known = check_hole(SIDE, 4);
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
    g_assert_cmpuint(tw_run_peak(run), <=,
                     check_sized_denoise(prior, x->shape, 1));
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
    unsigned char *known = check_hole(SIDE, 4), *nothing = check_hole(SIDE, 16);
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

/* A picture in waves, with @hole in its top left corner. */
typedef struct problem {
    tw_tensor *x;
    unsigned char *known;
} problem;

static problem
new_problem(int height, int width, int hole)
{
    const problem p = { check_tensor(tw_shape4(1, 3, height, width)),
                        g_malloc((size_t) (height * width)) };

    waves(p.x);
    for (int i = 0; i < height * width; i++)
        p.known[i] = i / width >= hole || i % width >= hole;
    return p;
}

static void
problem_clear(problem *p)
{
    check_free(p->x);
    g_free(p->known);
}

/* Makes the prior and asks it once; TW_ERR_MEMORY: it was not made. */
static tw_status
denoise_once(void *data)
{
    const problem *p = data;
    tw_run *run = tw_run_new(&(tw_run_config) { .seed = 1, .threads = 1 });
    tw_prior *prior = tw_prior_self(p->x, p->known, 2, 3);
    tw_status status = TW_ERR_MEMORY;

    if (run && prior)
        status = tw_denoise(prior, p->x, 0.1, p->x, NULL, run);
    tw_prior_free(prior);
    tw_run_free(run);
    return status;
}

static void
allocations(void)
{
    problem p = new_problem(9, 11, 2);

    check_every_allocation("self", denoise_once, &p);
    problem_clear(&p);
}

/* From one known patch on, with holes at the border and with none. */
static void
small_pictures(void)
{
    static const struct {
        int height, width, hole;
        tw_status status;
    } cases[] = {
        { 7, 7, 0, TW_OK },         { 8, 8, 1, TW_OK },
        { 9, 7, 2, TW_OK },         { 7, 40, 7, TW_OK },
        { 17, 8, 8, TW_OK },        { 1, 1, 0, TW_ERR_MEMORY },
        { 2, 9, 0, TW_ERR_MEMORY }, { 6, 40, 1, TW_ERR_MEMORY },
        { 7, 7, 1, TW_ERR_MEMORY }, { 8, 13, 8, TW_ERR_MEMORY },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        problem p = new_problem(cases[i].height, cases[i].width, cases[i].hole);

        g_test_message("%d x %d, %d", cases[i].height, cases[i].width,
                       cases[i].hole);
        g_assert_cmpint(denoise_once(&p), ==, cases[i].status);
        g_assert_true(tw_all_finite(p.x));
        problem_clear(&p);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/self/posterior-mean", posterior_mean);
    g_test_add_func("/self/refuses", refuses);
    g_test_add_func("/self/allocations", allocations);
    g_test_add_func("/self/small-pictures", small_pictures);
    return g_test_run();
}

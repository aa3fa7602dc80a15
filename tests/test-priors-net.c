/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Priors over a network (the default model), and wrappers. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "priors/guided.h"
#include "priors/store.h"
#include "priors/tiled.h"
#include "priors/tiles.h"

static const char *const folders[] = { TW_TEST_MODELS, NULL };

typedef struct fixture {
    tw_store *store;
    const tw_card *card;
    tw_prior *prior;
    tw_run *run;
} fixture;

static void
set_up(fixture *f, gconstpointer data)
{
    (void) data;
    f->store = tw_store_new(folders);
    f->run = check_run(1, 0);
    check_ok(tw_store_find(f->store, NULL, &f->card, tw_run_error(f->run)),
             f->run);
    check_ok(tw_store_prior(f->store, f->card, NULL, &f->prior,
                            tw_run_error(f->run)),
             f->run);
}

static void
tear_down(fixture *f, gconstpointer data)
{
    (void) data;
    tw_prior_free(f->prior);
    tw_store_free(f->store);
    tw_run_free(f->run);
}

/* A smooth picture with noise of @sigma. */
static tw_tensor *
picture(int64_t h, int64_t w, double sigma)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 3, h, w));

    check_fill(x, 5);
    for (int64_t i = 0; i < x->size; i++) {
        const double r = (double) (i / w % h), c = (double) (i % w);

        x->data[i] =
            (float) (0.5 * sin(r / 9 + c / 14) + sigma * (double) x->data[i]);
    }
    return x;
}

/* The derivative along a direction, by differences and by the pull. Relative
 * 2e-2: float32 through a network, differences of 1e-2 of the picture. */
static void
check_pull(const char *what, const tw_prior *prior, const tw_tensor *x,
           double sigma, tw_run *run)
{
    tw_tensor *d = check_tensor(x->shape), *v = check_tensor(x->shape);
    tw_tensor *a = check_tensor(x->shape), *b = check_tensor(x->shape);
    tw_tensor *g = check_tensor(x->shape);
    tw_tape *tape = tw_tape_new(run);
    const double step = 1e-2;

    check_fill(d, 11);
    check_fill(v, 12);
    check_ok(tw_denoise(prior, x, sigma, a, tape, run), run);
    check_ok(tw_pull(tape, v, g, run), run);
    tw_lin2(a, 1, x, step, d);
    check_ok(tw_denoise(prior, a, sigma, a, NULL, run), run);
    tw_lin2(b, 1, x, -step, d);
    check_ok(tw_denoise(prior, b, sigma, b, NULL, run), run);
    tw_lin2(a, 1 / (2 * step), a, -1 / (2 * step), b);
    check_near(what, tw_dot(a, v), tw_dot(g, d), 2e-2 * tw_norm(a) * 8);
    check_free(d);
    check_free(v);
    check_free(a);
    check_free(b);
    check_free(g);
}

static void
pull_of_padded(fixture *f, gconstpointer data)
{
    tw_tensor *x = picture(21, 37, 0.3);

    (void) data;
    f->prior->clips = false;
    check_pull("21 x 37", f->prior, x, 0.3, f->run);
    check_free(x);
}

/* Padding is reflection, so a picture that is already a multiple of 16 and its
 * own reflection agree where the network cannot see the difference: here, one
 * that is constant. Any size works, and takes the bytes that sizing tells. */
static void
any_size(fixture *f, gconstpointer data)
{
    static const int sizes[][2] = {
        { 1, 1 }, { 1, 40 }, { 33, 1 }, { 15, 17 }, { 16, 16 }
    };

    (void) data;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        tw_run *run = check_run(1, 0);
        tw_tensor *x = picture(sizes[i][0], sizes[i][1], 0);
        tw_tensor *y = check_tensor(x->shape);

        tw_fill(x, 0.25);
        check_ok(tw_denoise(f->prior, x, 0.02, y, NULL, run), run);
        for (int64_t k = 0; k < y->size; k++)
            check_near("a constant", (double) y->data[k], 0.25, 0.02);
        g_assert_cmpuint(
            tw_run_peak(run), ==,
            check_sized_denoise(f->prior, x->shape, tw_run_threads(run)));
        check_free(x);
        check_free(y);
        tw_run_free(run);
    }
}

/* --- tiles --- */

static tw_status
copy_denoise(const tw_prior *prior, const tw_tensor *x, double sigma,
             tw_tensor *x0, tw_tape *tape, tw_run *run)
{
    (void) prior, (void) sigma, (void) tape, (void) run;
    if (x != x0)
        tw_copy(x0, x);
    return TW_OK;
}

static double
no_work(const tw_prior *prior, tw_shape x)
{
    (void) prior, (void) x;
    return 0;
}

/* With a prior that returns its input, tiles must too: the weights sum to 1
 * (float32: a few roundings of 6e-8). */
static void
weights_sum_to_one(void)
{
    static const tw_prior_class copies = { .name = "copy",
                                           .denoise = copy_denoise,
                                           .work = no_work };
    static const int sizes[][2] = {
        { 97, 353 }, { 96, 97 }, { 400, 20 }, { 321, 112 }
    };
    const tw_prior copy = {
        .klass = &copies, .sigma_min = 0.01, .sigma_max = 10, .sigma_data = 0.5
    };
    tw_prior *tiled = tw_prior_tiled(&copy, 96, 32);

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (double sigma = 0.01; sigma < 3; sigma *= 1.7) {
            tw_run *run = check_run(1, 0);
            tw_tensor *x = picture(sizes[i][0], sizes[i][1], 1);
            tw_tensor *y = check_tensor(x->shape);

            check_ok(tw_denoise(tiled, x, sigma, y, NULL, run), run);
            check_close("copy", y->data, x->data, x->size, 5e-7);
            check_ok(tw_denoise(tiled, x, sigma, x, NULL, run), run);
            g_assert_cmpmem(x->data, (size_t) x->size * sizeof *x->data,
                            y->data, (size_t) y->size * sizeof *y->data);
            g_assert_cmpuint(tw_run_peak(run), <=,
                             check_sized_denoise(tiled, x->shape, 1));
            check_free(x);
            check_free(y);
            tw_run_free(run);
        }
    tw_prior_free(tiled);
}

static void
grid_moves(void)
{
    const tw_grid a = tw_grid_at(2000, 2000, 512, 64, 0.4);
    const tw_grid b = tw_grid_at(2000, 2000, 512, 64, 0.3);

    g_assert_true(a.y.first != b.y.first || a.x.first != b.x.first);
    for (int i = 0; i < tw_grid_count(&a); i++) {
        tw_span y, x;

        tw_grid_tile(&a, i, &y, &x);
        g_assert_cmpint(y.from % 16, ==, 0);
        g_assert_cmpint(x.from % 16, ==, 0);
        g_assert_cmpint(y.size, <=, 512);
        g_assert_cmpint(x.size, <=, 512);
    }
}

/* Tiles with an overlap of 64 differ from the whole by less than a tenth of a
 * grey level of 255 (2/255 in [-1, 1]) rms at the levels of restoration. */
static void
tiles_agree(fixture *f, gconstpointer data)
{
    tw_prior *tiled = tw_prior_tiled(f->prior, 192, 64);
    tw_tensor *x = picture(208, 304, 0.2);
    tw_tensor *a = check_tensor(x->shape), *b = check_tensor(x->shape);

    (void) data;
    check_ok(tw_denoise(f->prior, x, 0.2, a, NULL, f->run), f->run);
    check_ok(tw_denoise(tiled, x, 0.2, b, NULL, f->run), f->run);
    tw_lin2(a, 1, a, -1, b);
    g_assert_cmpfloat(tw_norm(a) / sqrt((double) a->size), <, 0.1 * 2 / 255);
    tiled->clips = false;
    check_pull("tiled", tiled, x, 0.2, f->run);
    check_free(x);
    check_free(a);
    check_free(b);
    tw_prior_free(tiled);
}

/* --- prompts --- */

static void
guidance(fixture *f, gconstpointer data)
{
    float *tags = g_new0(float, f->card->tag_count);
    tw_prior *plain, *worded, *one;
    tw_tensor *x = picture(32, 48, 1);
    tw_tensor *d0 = check_tensor(x->shape), *d1 = check_tensor(x->shape);
    tw_tensor *d = check_tensor(x->shape);
    tw_error *err = tw_run_error(f->run);

    (void) data;
    tags[3] = 1;
    check_ok(tw_store_prior(f->store, f->card, tags, &one, err), f->run);
    check_ok(tw_store_prior(f->store, f->card, tags, &worded, err), f->run);
    check_ok(tw_store_prior(f->store, f->card, NULL, &plain, err), f->run);
    tw_prior *guided = tw_prior_guided(plain, worded, 3);

    /* Both use the same weights, and one arena. */
    const size_t apart = check_sized_denoise(one, x->shape, 1);
    const size_t state = (size_t) x->size * sizeof *x->data + 256;

    g_assert_cmpuint(check_sized_denoise(guided, x->shape, 1), <=,
                     apart + state);

    f->prior->clips = one->clips = guided->clips = false;
    check_ok(tw_denoise(f->prior, x, 1, d0, NULL, f->run), f->run);
    check_ok(tw_denoise(one, x, 1, d1, NULL, f->run), f->run);
    g_assert_cmpfloat(tw_norm(d0), !=, tw_norm(d1));
    check_ok(tw_denoise(guided, x, 1, d, NULL, f->run), f->run);
    tw_lin2(d0, -2, d0, 3, d1);
    /* The same three numbers added in one order: float rounding. */
    check_close("D0 + 3 (D1 - D0)", d->data, d0->data, d->size, 1e-6);
    check_pull("guided", guided, x, 1, f->run);
    tw_prior_free(guided);
    tw_prior_free(one);
    check_free(x);
    check_free(d0);
    check_free(d1);
    check_free(d);
    g_free(tags);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define CASE(path, function)                                                   \
    g_test_add(path, fixture, NULL, set_up, function, tear_down)
    CASE("/pixel/pull", pull_of_padded);
    CASE("/pixel/any-size", any_size);
    g_test_add_func("/tiled/weights", weights_sum_to_one);
    g_test_add_func("/tiled/grid", grid_moves);
    CASE("/tiled/agrees", tiles_agree);
    CASE("/guided/formula", guidance);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches of a picture, and the search for those that are alike. */

#include <math.h>
#include <string.h>

#include "check.h"
#include "priors/patchmatch.h"

enum { H = 40, W = 50, SIZE = H * W };

static const uint32_t key[2] = { 1, 2 };

/* A hole of 10 x 12 at (15, 20). */
static bool
is_known(int y, int x)
{
    return y < 15 || y >= 25 || x < 20 || x >= 32;
}

/* Noise, where no two patches are alike. */
static tw_patches
noise(int channels, tw_run *run)
{
    tw_tensor *values = check_noise(1, channels, H, W, 3);
    tw_patches p;

    check_ok(tw_patches_make(&p, H, W, channels, run), run);
    memcpy(p.value, values->data, (size_t) values->size * sizeof *p.value);
    for (int i = 0; i < SIZE; i++)
        p.known[i] = is_known(i / W, i % W);
    check_ok(tw_patches_find(&p, (tw_area) { 0, 0, H, W }, run), run);
    check_free(values);
    return p;
}

/* Targets and sources are what their definitions say. */
static void
places(void)
{
    tw_run *run = check_run(1, 1);
    const tw_patches p = noise(2, run);
    int targets = 0, sources = 0;

    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            const int32_t place = p.place[y * W + x];
            bool whole = true;

            if (y > H - TW_PATCH || x > W - TW_PATCH) {
                g_assert_cmpint(place, ==, TW_PATCH_NONE);
                continue;
            }
            for (int i = 0; i < TW_PATCH * TW_PATCH; i++)
                whole = whole && is_known(y + i / TW_PATCH, x + i % TW_PATCH);
            if (whole) {
                g_assert_cmpint(place, ==, TW_PATCH_SOURCE);
                sources++;
            } else {
                g_assert_cmpint(place, ==, targets);
                g_assert_cmpint(p.target[targets], ==, y * W + x);
                targets++;
            }
        }
    g_assert_cmpint(p.targets, ==, targets);
    g_assert_cmpint(p.sources, ==, sources);
    g_assert_cmpuint(tw_run_peak(run), <=,
                     tw_patches_bytes(H, W, 2, p.targets));
    tw_run_free(run);
}

/* Only targets with a pixel in the area are wanted. */
static void
area(void)
{
    tw_run *run = check_run(1, 1);
    tw_patches p = noise(1, run);

    check_ok(tw_patches_find(&p, (tw_area) { 24, 31, 25, 32 }, run), run);
    g_assert_cmpint(p.targets, ==, TW_PATCH * TW_PATCH);
    g_assert_cmpint(p.target[0], ==, 18 * W + 25);
    tw_run_free(run);
}

static double
plain_distance(const tw_patches *p, int32_t a, int32_t b)
{
    double sum = 0;

    for (int r = 0; r < TW_PATCH; r++)
        for (int i = 0; i < TW_PATCH * p->channels; i++) {
            const int64_t at = (int64_t) r * W * p->channels + i;
            const double d = (double) p->value[a * p->channels + at] -
                             (double) p->value[b * p->channels + at];

            sum += d * d;
        }
    return sum;
}

static void
distances(void)
{
    for (int channels = 1; channels <= TW_PATCH_CHANNELS; channels++) {
        tw_run *run = check_run(1, 1);
        const tw_patches p = noise(channels, run);
        const double d = plain_distance(&p, 0, 1234);

        check_near("distance",
                   (double) tw_patches_distance(&p, 0, 1234, HUGE_VALF), d,
                   1e-5 * d); /* float, see patches.h */
        g_assert_cmpfloat(
            (double) tw_patches_distance(&p, 0, 1234, (float) (d / 2)), >,
            d / 2);
        tw_run_free(run);
    }
}

/* Candidates are sources, all different, in order, with their distances; the
 * search finds the nearest of all for nearly every target. */
static void
search(void)
{
    enum { COUNT = 3 };
    tw_run *run = check_run(1, 0);
    const tw_patches p = noise(3, run);
    tw_field f;
    int found = 0;

    check_ok(tw_field_make(&f, &p, COUNT, key, run), run);
    check_ok(tw_field_search(&f, &p, 16, run), run);
    for (int32_t i = 0; i < p.targets; i++) {
        const int32_t *source = f.source + COUNT * i;
        const float *distance = f.distance + COUNT * i;
        double nearest = HUGE_VAL;

        for (int k = 0; k < COUNT; k++) {
            const double d = plain_distance(&p, p.target[i], source[k]);

            g_assert_cmpint(p.place[source[k]], ==, TW_PATCH_SOURCE);
            check_near("distance", (double) distance[k], d, 1e-5 * d);
            for (int j = 0; j < k; j++) {
                g_assert_cmpint(source[j], !=, source[k]);
                g_assert_cmpfloat((double) distance[j], <=,
                                  (double) distance[k]);
            }
        }
        for (int32_t s = 0; s < SIZE; s++)
            if (p.place[s] == TW_PATCH_SOURCE)
                nearest = MIN(nearest, plain_distance(&p, p.target[i], s));
        found += (double) distance[0] <= nearest * (1 + 1e-5);
    }
    /* In noise there is nothing for neighbors to agree on: this is chance alone,
     * 64 passes of 30 draws among 1,300 sources. */
    g_assert_cmpint(found, >=, p.targets * 7 / 10);
    tw_run_free(run);
}

/* A picture that repeats itself: neighbors hand the match on, and few passes find
 * an exact one for all targets whose known pixels tell where they are. */
static void
hands_on(void)
{
    tw_run *run = check_run(1, 0);
    tw_patches p;
    tw_field f;

    check_ok(tw_patches_make(&p, H, W, 1, run), run);
    for (int i = 0; i < SIZE; i++) {
        const int y = i / W, x = i % W;

        p.known[i] = is_known(y, x);
        p.value[i] = (float) sin(1 + x % 8 * 3 + y * y * 0.7);
    }
    check_ok(tw_patches_find(&p, (tw_area) { 0, 0, H, W }, run), run);
    check_ok(tw_field_make(&f, &p, 1, key, run), run);
    check_ok(tw_field_search(&f, &p, 8, run), run);
    for (int32_t i = 0; i < p.targets; i++) {
        g_assert_cmpfloat((double) f.distance[i], <=, 1e-9);
        g_assert_cmpint(abs(f.source[i] - p.target[i]) % 8, ==, 0);
    }
    tw_run_free(run);
}

/* The same field for any number of threads. */
static void
threads(void)
{
    static const int counts[] = { 1, 2, 3, 8 };
    int32_t *first = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        tw_run *run = check_run(1, counts[i]);

        tw_run_enter(run);
        const tw_patches p = noise(3, run);
        const size_t bytes = (size_t) p.targets * 2 * sizeof *first;
        tw_field f;

        check_ok(tw_field_make(&f, &p, 2, key, run), run);
        check_ok(tw_field_search(&f, &p, 2, run), run);
        if (!first)
            first = g_memdup2(f.source, bytes);
        g_assert_cmpmem(f.source, bytes, first, bytes);
        tw_run_leave(run);
        tw_run_free(run);
    }
    g_free(first);
}

/* At twice the size every candidate lies where it lay. */
static void
enlarge(void)
{
    tw_run *run = check_run(1, 1);
    const tw_patches small = noise(1, run);
    tw_patches large;
    tw_field coarse, fine;

    check_ok(tw_patches_make(&large, 2 * H + 1, 2 * W + 1, 1, run), run);
    for (int y = 0; y < large.height; y++)
        for (int x = 0; x < large.width; x++)
            large.known[y * large.width + x] = is_known(y / 2, x / 2);
    check_ok(tw_patches_find(
                 &large, (tw_area) { 0, 0, large.height, large.width }, run),
             run);
    check_ok(tw_field_make(&coarse, &small, 1, key, run), run);
    check_ok(tw_field_search(&coarse, &small, 1, run), run);
    check_ok(tw_field_make(&fine, &large, 1, key, run), run);
    tw_field_enlarge(&coarse, &small, &fine, &large);
    for (int32_t i = 0; i < large.targets; i++) {
        const int y = large.target[i] / large.width;
        const int x = large.target[i] % large.width;
        const int32_t from = coarse.source[small.place[y / 2 * W + x / 2]];
        const int32_t source =
            (2 * (from / W) + y % 2) * large.width + 2 * (from % W) + x % 2;

        g_assert_cmpint(large.place[source], ==, TW_PATCH_SOURCE);
        g_assert_cmpint(fine.source[i], ==, source);
    }
    tw_run_free(run);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/patchmatch/places", places);
    g_test_add_func("/patchmatch/area", area);
    g_test_add_func("/patchmatch/distances", distances);
    g_test_add_func("/patchmatch/search", search);
    g_test_add_func("/patchmatch/hands-on", hands_on);
    g_test_add_func("/patchmatch/threads", threads);
    g_test_add_func("/patchmatch/enlarge", enlarge);
    return g_test_run();
}

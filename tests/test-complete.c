/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large holes filled with what the picture shows elsewhere. */

#include <math.h>
#include <string.h>

#include "check.h"
#include "holes/complete.h"
#include "holes/fill.h"

/* Deep enough for two sizes. */
enum { WIDTH = 70, HOLE = 18, STEPS = 10 };

/* One of @side in the top left corner. */
static unsigned char *
corner(int width, int side)
{
    unsigned char *known = g_malloc((size_t) (width * width));

    for (int i = 0; i < width * width; i++)
        known[i] = i / width >= side || i % width >= side;
    return known;
}

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
    tw_completion how = { .varied = varied, .steps = STEPS };

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

/* A pattern that goes on in one way only comes back, also at the border. */
static void
continues(void)
{
    unsigned char *known = corner(WIDTH, HOLE - 2);
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
    unsigned char *known = check_hole(WIDTH, HOLE);
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

/* The same bytes for any number of threads; others for another seed. The picture
 * is large enough that all loops are shared. */
static void
threads(void)
{
    enum { SIDE = 76 };
    static const int counts[] = { 1, 2, 3, 8, 1 };
    enum { LAST = G_N_ELEMENTS(counts) - 1 };
    unsigned char *known = corner(SIDE, 16);
    tw_tensor *truth = check_noise(1, 3, SIDE, SIDE, 9);
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
            if (known[k % (SIDE * SIDE)])
                g_assert_true(x->data[k] == truth->data[k]);
        tw_run_free(run);
    }
    check_free(first);
    check_free(x);
    check_free(truth);
    g_free(known);
}

static void
nothing_is_done(int width, int side)
{
    unsigned char *known = check_hole(width, side);
    tw_tensor *x = check_noise(1, 3, width, width, 1);
    tw_run *run = check_run(1, 0);
    bool done = true;

    check_ok(fill(x, known, false, &done, run), run);
    g_assert_false(done);
    check_free(x);
    tw_run_free(run);
    g_free(known);
}

/* Nothing to take from. */
static void
too_little(void)
{
    nothing_is_done(22, 16);
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

/* Cancelled and stopped at any step: 8 first guesses and 6 steps at full size,
 * and the report before them. */
static void
ends_early(void)
{
    enum { SIDE = 48, REPORTS = 1 + 8 + 6 };
    unsigned char *known = corner(SIDE, 10);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, SIDE, SIDE));

    for (int i = 0; i < 2 * REPORTS; i++) {
        watch w = { .last = 1 + i / 2, .stops = i % 2 };
        const tw_run_config config = { .report = look, .user_data = &w };
        bool done;

        w.run = tw_run_new(&config);
        check_fill(x, 4);
        const tw_status status = fill(x, known, true, &done, w.run);

        g_assert_cmpint(status, ==, w.stops ? TW_OK : TW_CANCELLED);
        g_assert_cmpint(w.reports, ==, w.last);
        if (w.stops)
            g_assert_true(done && tw_all_finite(x));
        tw_run_free(w.run);
    }
    check_free(x);
    g_free(known);
}

/* A frame is known that patches fit into, but beside the hole it is nothing: the
 * search would take long. */
static void
thin_frame(void)
{
    nothing_is_done(300, 300 - 16);
}

/* Pictures of sides down to one pixel, with a hole in the corner: filled from 32
 * patches on. */
static void
small_pictures(void)
{
    static const struct {
        int height, width, hole;
        bool done;
    } cases[] = {
        { 1, 1, 0, false }, { 1, 1, 1, false },    { 2, 9, 1, false },
        { 8, 8, 1, false }, { 7, 38, 0, true },    { 7, 38, 1, false },
        { 7, 39, 1, true }, { 17, 5, 2, false },   { 17, 9, 2, false },
        { 17, 9, 1, true }, { 12, 12, 12, false }, { 40, 24, 12, true },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int h = cases[i].height, w = cases[i].width;
        tw_tensor *x = check_noise(1, 3, h, w, 1);
        unsigned char *known = g_malloc((size_t) (h * w));
        tw_run *run = check_run(1, 0);
        bool done = true;

        g_test_message("%d x %d, %d", h, w, cases[i].hole);
        tw_clamp(x, -1, 1);
        for (int k = 0; k < h * w; k++)
            known[k] = k / w >= cases[i].hole || k % w >= cases[i].hole;
        check_ok(fill(x, known, true, &done, run), run);
        g_assert_cmpint(done, ==, cases[i].done);
        g_assert_true(tw_all_finite(x));
        tw_run_free(run);
        g_free(known);
        check_free(x);
    }
}

typedef struct problem {
    const tw_tensor *picture;
    tw_tensor *x;
    const unsigned char *known;
} problem;

static tw_status
fill_once(void *data)
{
    const tw_completion how = { { 0, 0, 1, 1 }, 9, true, STEPS };
    const problem *p = data;
    tw_run *run = tw_run_new(&(tw_run_config) { .threads = 1 });
    bool done;

    if (!run)
        return TW_ERR_MEMORY;
    tw_copy(p->x, p->picture);
    tw_run_enter(run);
    const tw_status status = tw_complete(&how, p->x, p->known, &done, run);

    tw_run_leave(run);
    g_assert_cmpuint(tw_run_mark(run), ==, 0);
    tw_run_free(run);
    return status;
}

/* One pixel is wanted, said to be deep, so that there are two sizes; what is not
 * known elsewhere makes the search short. */
static void
allocations(void)
{
    unsigned char *known = corner(42, 1);
    tw_tensor *picture = check_noise(1, 3, 42, 42, 1);
    problem p = { picture, check_tensor(picture->shape), known };

    tw_clamp(picture, -1, 1);
    memset(known + 18 * 42, 0, 24 * 42);
    check_every_allocation("complete", fill_once, &p);
    check_free(p.x);
    check_free(picture);
    g_free(known);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/complete/continues", continues);
    g_test_add_func("/complete/slopes", slopes);
    g_test_add_func("/complete/threads", threads);
    g_test_add_func("/complete/too-little", too_little);
    g_test_add_func("/complete/thin-frame", thin_frame);
    g_test_add_func("/complete/small-pictures", small_pictures);
    g_test_add_func("/complete/ends-early", ends_early);
    g_test_add_func("/complete/allocations", allocations);
    return g_test_run();
}

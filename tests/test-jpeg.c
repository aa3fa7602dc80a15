/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG as a measurement: its transform, its cells, and its files. */

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "check-jpeg.h"
#include "check-operators.h"
#include "jpeg/cells.h"
#include "jpeg/estimate.h"
#include "jpeg/read.h"
#include "jpeg/unit.h"
#include "operators/operators.h"

static const tw_jpeg_sampling quarter = { 3, { 1, 2, 2 }, { 1, 2, 2 } };

/* --- the transform --- */

/* A wave of luma in one block: cos((2 r + 1) u pi / 16) times the same across has
 * one coefficient, 4 / (c_u c_v), with c_0 = sqrt(1/2) (T.81, A.3.3). */
static void
test_waves(void)
{
    static const tw_jpeg_sampling full = { 3, { 1, 1, 1 }, { 1, 1, 1 } };
    tw_jpeg *jpeg = tw_jpeg_new(8, 8, 0, 0, &full, false);
    const tw_unit u = tw_unit_at(jpeg, 0);
    float pixels[TW_UNIT_PIXELS], values[TW_UNIT_VALUES];

    for (int f = 0; f < TW_JPEG_BLOCK; f++) {
        const double norm = (f / 8 ? 1 : sqrt(0.5)) * (f % 8 ? 1 : sqrt(0.5));

        for (int i = 0; i < 3 * TW_JPEG_BLOCK; i++)
            pixels[i] =
                (float) (cos((2 * (i / 8 % 8) + 1) * (f / 8) * G_PI / 16) *
                         cos((2 * (i % 8) + 1) * (f % 8) * G_PI / 16));
        tw_unit_forward(&u, pixels, values);
        for (int i = 0; i < u.values; i++)
            check_near("coefficient", (double) values[i], i == f ? 4 / norm : 0,
                       2e-6);
    }
    tw_jpeg_free(jpeg);
}

/* Forward and adjoint of a small picture, as one matrix each; the grid begins before
 * it and ends after it. */
static void
test_matrix(void)
{
    const tw_shape xs = tw_shape4(1, 3, 11, 21);
    tw_jpeg *jpeg = tw_jpeg_new(11, 21, 5, 7, &quarter, false);
    tw_operator *op = tw_operator_jpeg(jpeg, 0, NULL);
    const tw_shape ys = tw_y_shape(op, xs);
    tw_tensor *x = check_tensor(xs), *y = check_tensor(ys);
    tw_tensor *row = check_tensor(xs);
    tw_run *run = check_run(1, 1);
    const int64_t m = tw_shape_size(ys), n = tw_shape_size(xs);
    float *matrix = g_new(float, m *n), *rows = g_new(float, m *n);

    /* 2 x 4 blocks of luma, 1 x 2 of each color */
    g_assert_cmpint(m, ==, (8 + 2 + 2) * 64);
    for (int64_t i = 0; i < n; i++) {
        tw_fill(x, 0);
        x->data[i] = 1;
        check_ok(tw_forward(op, x, y, run), run);
        for (int64_t k = 0; k < m; k++)
            matrix[k * n + i] = y->data[k];
    }
    for (int64_t k = 0; k < m; k++) {
        tw_fill(y, 0);
        y->data[k] = 1;
        check_ok(tw_adjoint(op, NULL, y, row, run), run);
        memcpy(rows + k * n, row->data, (size_t) n * sizeof *rows);
    }
    check_close("adjoint", rows, matrix, m * n, 1e-6);
    g_free(rows);
    g_free(matrix);
    check_free(x);
    check_free(y);
    check_free(row);
    tw_run_free(run);
    tw_operator_free(op);
}

/* Without subsampling and within the picture, W A A^T W is diagonal but for the
 * colors: each coefficient's three values are a system of their own. */
static void
test_prox_closed(void)
{
    static const tw_jpeg_sampling full = { 3, { 1, 1, 1 }, { 1, 1, 1 } };
    const double rho = 30, step[3] = { 16, 24, 40 };
    tw_jpeg *jpeg = tw_jpeg_new(8, 8, 0, 0, &full, false);
    tw_run *run = check_run(1, 1);
    double m[3][3] = { 0 }, w[3];

    for (int c = 0; c < 3; c++) {
        for (int i = 0; i < TW_JPEG_BLOCK; i++) {
            jpeg->plane[c].step[i] = (float) step[c];
            jpeg->plane[c].level[i] = 1;
        }
        w[c] = sqrt(12) * 127.5 / step[c];
    }
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            for (int i = 0; i < 3; i++)
                m[a][b] += w[a] * w[b] * (double) tw_jpeg_color(a)[i] *
                           (double) tw_jpeg_color(b)[i];
    tw_operator *op = tw_operator_jpeg(jpeg, 0, NULL);
    const tw_shape xs = tw_shape4(1, 3, 8, 8);
    tw_tensor *z = check_tensor(xs), *x = check_tensor(xs);
    tw_tensor *y = check_tensor(tw_y_shape(op, xs));
    tw_tensor *at_z = check_tensor(y->shape), *at_x = check_tensor(y->shape);

    check_fill(z, 3);
    check_fill(y, 4);
    check_ok(tw_prox(op, y, z, rho, x, run), run);
    check_ok(tw_forward(op, z, at_z, run), run);
    check_ok(tw_forward(op, x, at_x, run), run);
    /* W A x = W A z + M t with (M + rho) t = y - W A z */
    for (int i = 0; i < TW_JPEG_BLOCK; i++)
        for (int a = 0; a < 3; a++) {
            double left = 0;

            for (int b = 0; b < 3; b++) {
                const int at = b * TW_JPEG_BLOCK + i;

                /* rho t = y - W A x */
                left += m[a][b] *
                        ((double) y->data[at] - (double) at_x->data[at]) / rho;
            }
            const int at = a * TW_JPEG_BLOCK + i;

            check_near("prox", (double) at_x->data[at] - left,
                       (double) at_z->data[at], 0.02);
        }
    check_free(z);
    check_free(x);
    check_free(y);
    check_free(at_z);
    check_free(at_x);
    tw_run_free(run);
    tw_operator_free(op);
}

/* --- files --- */

static const check_jpeg kinds[] = {
    { .quality = 90, .across = 1, .down = 1 },
    { .quality = 100, .across = 2, .down = 2 },
    { .quality = 60, .across = 2, .down = 1 },
    { .quality = 80, .across = 1, .down = 2 },
    { .quality = 75, .across = 4, .down = 1 },
    { .quality = 50, .across = 1, .down = 1, .gray = true },
    { .quality = 80, .across = 2, .down = 2, .progressive = true },
};

/* The coefficients of a file by libjpeg's encoder, whose sums are of whole numbers:
 * each sample is off by at most 1 for the colors and 1/2 for the mean; the transform
 * rounds too. Of an orthonormal transform's coefficients 4 deviations (one in 15,000)
 * of 0.5 are 2; 3 is taken. */
static void
test_encoder(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        tw_image picture = check_photo("jaguar", 0, 0, 83, 61);
        char *path = check_jpeg_write(&picture, &kinds[i]);
        tw_image decoded = check_jpeg_decode(path);
        tw_jpeg *jpeg;
        tw_error err = { 0 };

        g_assert_cmpint(tw_jpeg_read(path, &decoded, &jpeg, &err), ==, TW_OK);
        g_assert_nonnull(jpeg);
        g_assert_cmpint(jpeg->planes, ==, kinds[i].gray ? 1 : 3);
        tw_tensor *x = check_tensor(tw_shape4(1, 3, 61, 83));
        double worst = 0;

        if (kinds[i].gray) /* libjpeg was given the red values */
            for (int64_t k = 0; k < 61 * 83; k++)
                picture.data[4 * k + 1] = picture.data[4 * k + 2] =
                    picture.data[4 * k];
        tw_image_to_tensor(&picture, x);
        for (int64_t k = 0; k < tw_unit_count(jpeg); k++) {
            const tw_unit u = tw_unit_at(jpeg, k);
            float pixels[TW_UNIT_PIXELS], values[TW_UNIT_VALUES];
            int n = 0;

            tw_unit_get(&u, x->data, pixels);
            tw_unit_forward(&u, pixels, values);
            for (int c = 0; c < jpeg->planes; c++) {
                const tw_jpeg_plane *p = &jpeg->plane[c];
                const tw_unit_part *part = &u.part[c];

                for (int b = 0; b < part->rows * part->columns * 64; b++, n++) {
                    const int64_t block =
                        (part->top + b / 64 / part->columns) * p->columns +
                        part->left + b / 64 % part->columns;
                    const double middle = tw_jpeg_middle(
                        jpeg, c, b % 64, p->level[block * 64 + b % 64]);

                    worst =
                        fmax(worst, fabs((double) values[n] - middle) * 127.5 -
                                        (double) p->step[b % 64] / 2);
                }
            }
        }
        check_near("beyond the cell", worst, 0, 3);
        check_free(x);
        tw_jpeg_free(jpeg);
        unlink(path);
        g_free(path);
        check_picture_free(&picture);
        check_picture_free(&decoded);
    }
}

static tw_jpeg *
read_kind(const check_jpeg *how, tw_image *picture, tw_tensor **x)
{
    char *path = check_jpeg_write(picture, how);
    tw_image decoded = check_jpeg_decode(path);
    tw_jpeg *jpeg = NULL;

    g_assert_cmpint(tw_jpeg_read(path, &decoded, &jpeg, NULL), ==, TW_OK);
    g_assert_nonnull(jpeg);
    *x = check_tensor(tw_shape4(1, 3, picture->height, picture->width));
    tw_image_to_tensor(&decoded, *x);
    unlink(path);
    g_free(path);
    check_picture_free(&decoded);
    return jpeg;
}

/* Any picture ends in the cells, and one that is there stays. */
static void
test_cells(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        tw_image picture = check_photo("quail", 0, 0, 96, 80);
        tw_tensor *x, *before;
        tw_jpeg *jpeg = read_kind(&kinds[i], &picture, &x);

        check_fill(x, i);
        tw_jpeg_project(jpeg, x->data);
        check_near("share", tw_jpeg_share(jpeg, x->data), 1, 0);
        before = check_tensor(x->shape);
        tw_copy(before, x);
        tw_jpeg_project(jpeg, x->data);
        /* float rounding at the ends of cells */
        check_near("twice", check_distance(x, before), 0, 1e-3);
        check_free(x);
        check_free(before);
        tw_jpeg_free(jpeg);
        check_picture_free(&picture);
    }
}

/* The noise is what the file is off by; without subsampling, which takes more. */
static void
test_noise(void)
{
    static const int qualities[] = { 10, 25, 50, 75, 90, 95 };
    /* dragonfly was a JPEG of quality 90 itself, which nobody can know. */
    static const char *const names[] = { "jaguar", "lighthouse", "quail" };

    for (size_t i = 0; i < 3 * G_N_ELEMENTS(qualities); i++) {
        const check_jpeg how = { .quality = qualities[i / 3],
                                 .across = 1,
                                 .down = 1 };
        tw_image picture = check_photo(names[i % 3], 0, 0, 96, 96);
        tw_tensor *x, *truth = check_tensor(tw_shape4(1, 3, 96, 96));
        tw_jpeg *jpeg = read_kind(&how, &picture, &x);

        tw_image_to_tensor(&picture, truth);
        const double found = check_distance(x, truth) / sqrt((double) x->size);

        check_near("log of the noise", log(tw_jpeg_noise(jpeg) / found), 0,
                   log(1.3));
        check_free(x);
        check_free(truth);
        tw_jpeg_free(jpeg);
        check_picture_free(&picture);
    }
}

/* --- found in pixels --- */

/* Quality, place and sampling of a picture that was cut from a JPEG's, and levels that
 * are those of the file: all of luma but five in a thousand, because 8 bits round: cells
 * of quality 90 are 2 to 3 wide, half of them 3 to 5 deviations. */
static void
test_guess(void)
{
    static const check_jpeg cut[] = {
        { .quality = 10, .across = 2, .down = 2 },
        { .quality = 30, .across = 1, .down = 1 },
        { .quality = 50, .across = 2, .down = 2 },
        { .quality = 75, .across = 1, .down = 1 },
        { .quality = 75, .across = 2, .down = 2 },
        { .quality = 90, .across = 1, .down = 1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cut); i++) {
        tw_image picture = check_photo("lighthouse", 0, 0, 96, 96);
        tw_tensor *whole, *x = check_tensor(tw_shape4(1, 3, 85, 93));
        tw_jpeg *jpeg = read_kind(&cut[i], &picture, &whole), *found;

        for (int64_t k = 0; k < x->size; k++)
            x->data[k] =
                whole->data[(k / (85 * 93) * 96 + k / 93 % 85 + 5) * 96 +
                            k % 93 + 3];
        const tw_jpeg_guess g = tw_jpeg_guess_of(x->data, 85, 93, 0);

        g_test_message("quality %d: %d at %d, %d", cut[i].quality, g.quality,
                       (int) g.top, (int) g.left);
        g_assert_cmpint(g.quality, ==, cut[i].quality);
        g_assert_cmpint(g.top, ==, 5);
        g_assert_cmpint(g.left, ==, 3);
        g_assert_cmpint(g.sampling.across[1], ==, cut[i].across);
        found = tw_jpeg_from_pixels(&g, x->data, 85, 93);
        int wrong = 0;

        for (int64_t k = 0; k < 9 * 9 * 64; k++) { /* whole blocks */
            const int64_t block = (k / 64 / 9 + 1) * 12 + k / 64 % 9 + 1;

            wrong += found->plane[0].level[block * 64 + k % 64] !=
                     jpeg->plane[0].level[block * 64 + k % 64];
        }
        g_assert_cmpint(wrong, <=, 5 * 9 * 9 * 64 / 1000);
        tw_jpeg_free(jpeg);
        tw_jpeg_free(found);
        check_free(whole);
        check_free(x);
        check_picture_free(&picture);
    }
}

/* Pictures that are no JPEG: noise, a slope, flat shapes, a photograph made smaller. */
static void
test_no_guess(void)
{
    const tw_shape shape = tw_shape4(1, 3, 96, 96);
    tw_tensor *x = check_tensor(shape);
    tw_image picture = check_photo("jaguar", 0, 0, 96, 96);

    for (int kind = 0; kind < 4; kind++) {
        if (kind == 0)
            check_fill(x, 1);
        for (int64_t i = 0; i < x->size; i++) {
            const int64_t r = i / 96 % 96, c = i % 96;
            const double v =
                kind == 0   ? 0.3 * (double) x->data[i]
                : kind == 1 ? (double) (r + 2 * c) / 300 - 0.5
                : kind == 2
                    ? ((r / 13 + c / 17) % 2 ? 0.6 : -0.4)
                    : (double) picture.data[4 * (r / 2 * 2 * 96 + c / 2 * 2) +
                                            i / (96 * 96)] -
                          0.5;

            x->data[i] = (float) (round(127.5 * CLAMP(v, -1, 1)) / 127.5);
        }
        g_test_message("kind %d", kind);
        g_assert_cmpint(tw_jpeg_guess_of(x->data, 96, 96, 0).quality, ==, 0);
    }
    check_picture_free(&picture);
    check_free(x);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/jpeg/waves", test_waves);
    g_test_add_func("/jpeg/matrix", test_matrix);
    g_test_add_func("/jpeg/prox", test_prox_closed);
    g_test_add_func("/jpeg/encoder", test_encoder);
    g_test_add_func("/jpeg/cells", test_cells);
    g_test_add_func("/jpeg/noise", test_noise);
    g_test_add_func("/jpeg/guess", test_guess);
    g_test_add_func("/jpeg/no-guess", test_no_guess);
    return g_test_run();
}

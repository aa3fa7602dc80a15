/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blur kernels, and blurs against their definition. */

#include <math.h>

#include "check.h"
#include "operators/operators.h"

static double
moment(const tw_psf *psf, int px, int py)
{
    double sum = 0;

    for (int y = 0; y < psf->height; y++)
        for (int x = 0; x < psf->width; x++)
            sum += (double) psf->data[y * psf->width + x] *
                   pow(x - psf->width / 2, px) * pow(psf->height / 2 - y, py);
    return sum;
}

static double
at(const tw_psf *psf, int y, int x)
{
    return (double)
        psf->data[(psf->height / 2 + y) * psf->width + psf->width / 2 + x];
}

static void
test_gaussian(void)
{
    tw_psf psf;

    g_assert_cmpint(tw_psf_gaussian(2, &psf, NULL), ==, TW_OK);
    g_assert_cmpint(psf.width, ==, 17);
    check_near("sum", moment(&psf, 0, 0), 1, 1e-6);
    /* the cut at 4 sigma takes a thousandth of the variance */
    check_near("variance", moment(&psf, 2, 0), 4, 0.01);
    check_near("ratio", at(&psf, 0, 2) / at(&psf, 0, 0), exp(-0.5), 1e-6);
    tw_psf_clear(&psf);
    g_assert_cmpint(tw_psf_gaussian(0.01, &psf, NULL), ==, TW_OK);
    check_near("narrow", at(&psf, 0, 0), 1, 0);
    tw_psf_clear(&psf);
}

/* The part of a pixel that lies in a disc, by counting points. */
static double
count_disc(double r, int y, int x)
{
    enum { SIDE = 100 };
    int inside = 0;

    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            inside += hypot(x - 0.5 + (i + 0.5) / SIDE,
                            y - 0.5 + (j + 0.5) / SIDE) < r;
    return (double) inside / (SIDE * SIDE);
}

static void
test_disc(void)
{
    static const double radii[] = { 0.8, 1, 2.5, 3.3 };
    tw_psf psf;

    for (size_t i = 0; i < G_N_ELEMENTS(radii); i++) {
        const double r = radii[i];

        g_assert_cmpint(tw_psf_disc(r, &psf, NULL), ==, TW_OK);
        const int reach = psf.width / 2;

        g_assert_cmpint(reach, ==, (int) ceil(r - 0.5));
        for (int y = -reach; y <= reach; y++)
            for (int x = -reach; x <= reach; x++)
                /* 10,000 points along a border of some 100 */
                check_near("coverage", at(&psf, y, x) * G_PI * r * r,
                           count_disc(r, y, x), 2e-3);
        tw_psf_clear(&psf);
    }
    g_assert_cmpint(tw_psf_disc(0.4, &psf, NULL), ==, TW_OK);
    g_assert_cmpint(psf.width * psf.height, ==, 1);
    tw_psf_clear(&psf);
}

/* The same motion in 20,000 positions, each shared among four pixels. */
static void
check_motion(double length, double angle)
{
    enum { COUNT = 20000 };
    tw_psf psf;

    g_assert_cmpint(tw_psf_motion(length, angle, &psf, NULL), ==, TW_OK);
    float *sum = g_new0(float, psf.width *psf.height);

    for (int i = 0; i < COUNT; i++) {
        const double t = (length - 1) * ((i + 0.5) / COUNT - 0.5);
        const double px = psf.width / 2 + t * cos(angle * G_PI / 180);
        const double py = psf.height / 2 - t * sin(angle * G_PI / 180);

        for (int y = 0; y < psf.height; y++)
            for (int x = 0; x < psf.width; x++)
                sum[y * psf.width + x] +=
                    (float) (fmax(1 - fabs(x - px), 0) *
                             fmax(1 - fabs(y - py), 0) / COUNT);
    }
    check_close("motion", psf.data, sum, psf.width * psf.height, 1e-4);
    g_free(sum);
    tw_psf_clear(&psf);
}

static void
test_motion(void)
{
    tw_psf psf;

    g_assert_cmpint(tw_psf_motion(1, 77, &psf, NULL), ==, TW_OK);
    g_assert_cmpint(psf.width * psf.height, ==, 1);
    tw_psf_clear(&psf);

    /* half a pixel at both ends */
    g_assert_cmpint(tw_psf_motion(5, 0, &psf, NULL), ==, TW_OK);
    g_assert_cmpint(psf.width, ==, 5);
    g_assert_cmpint(psf.height, ==, 1);
    check_near("end", at(&psf, 0, -2), 0.125, 1e-6);
    check_near("inside", at(&psf, 0, -1), 0.25, 1e-6);
    tw_psf_clear(&psf);

    /* up to the right: y points up */
    check_motion(15, 30);
    check_motion(3.7, -100);
    check_motion(9, 450);
    g_assert_cmpint(tw_psf_motion(15, 30, &psf, NULL), ==, TW_OK);
    g_assert_cmpfloat(at(&psf, -2, 3), >, 10 * at(&psf, 2, 3));
    tw_psf_clear(&psf);
}

static void
test_image(void)
{
    /* 1 and 1 (a red 3), then 0 and 2; alpha and what lies beyond the width do not
     * count */
    float pixels[2 * 12] = { 1, 1, 1, 0, 3, 0, 0, 0, 9, 9, 9, 9,
                             0, 0, 0, 5, 2, 2, 2, 0, 9, 9, 9, 9 };
    const tw_image image = { 2, 2, 12, pixels };
    tw_psf psf;
    tw_error err;

    g_assert_cmpint(tw_psf_image(&image, &psf, &err), ==, TW_OK);
    g_assert_cmpint(psf.width, ==, 3); /* padded at right and bottom */
    g_assert_cmpint(psf.height, ==, 3);
    check_near("first", at(&psf, -1, -1), 0.25, 1e-7);
    check_near("red", at(&psf, -1, 0), 0.25, 1e-7);
    check_near("last", at(&psf, 0, 0), 0.5, 1e-7);
    check_near("padding", at(&psf, 1, 1), 0, 0);
    check_near("sum", moment(&psf, 0, 0), 1, 1e-6);
    tw_psf_clear(&psf);
    for (int i = 0; i < 24; i++)
        pixels[i] = -pixels[i];
    g_assert_cmpint(tw_psf_image(&image, &psf, &err), ==, TW_ERR_ARGUMENT);
    pixels[0] = (float) NAN;
    g_assert_cmpint(tw_psf_image(&image, &psf, &err), ==, TW_ERR_ARGUMENT);
    const tw_image large = { TW_PSF_MAX + 1, 1, 4 * (TW_PSF_MAX + 1), NULL };

    g_assert_cmpint(tw_psf_image(&large, &psf, &err), ==, TW_ERR_ARGUMENT);
}

static void
test_ranges(void)
{
    tw_psf psf;
    tw_error err;

    g_assert_cmpint(tw_psf_gaussian(0, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_gaussian(-1, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_gaussian(NAN, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_gaussian(129, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_disc(INFINITY, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_motion(0.5, 0, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_motion(9, NAN, &psf, &err), ==, TW_ERR_ARGUMENT);
    g_assert_cmpint(tw_psf_motion(1024, 45, &psf, &err), ==, TW_OK);
    tw_psf_clear(&psf);
    g_assert_cmpint(tw_psf_gaussian(128, &psf, &err), ==, TW_OK);
    g_assert_cmpint(psf.width, ==, TW_PSF_MAX);
    tw_psf_clear(&psf);
}

/* A pixel of the scene; how it goes on outside depends on the border. */
static double
scene(const tw_tensor *x, tw_border border, int64_t row, int64_t column)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const bool mirror = border == TW_BORDER_MIRROR;
    const int64_t ph = mirror ? 2 * h : h, pw = mirror ? 2 * w : w;

    row = (row % ph + ph) % ph;
    column = (column % pw + pw) % pw;
    row = row < h ? row : 2 * h - 1 - row;
    column = column < w ? column : 2 * w - 1 - column;
    return (double) x->data[row * w + column];
}

/* y[r, c] = sum over a, b of k[a, b] x[r - a, c - b], by its definition. */
static void
check_blur(const tw_psf *psf, tw_border border, int64_t height, int64_t width)
{
    tw_operator *op = tw_operator_blur(psf, border, height, width);
    tw_run *run = check_run(1, 1);
    tw_shape shape = tw_shape4(1, 1, height, width);
    int64_t top = 0, left = 0;

    if (border == TW_BORDER_REAL)
        tw_blur_canvas(psf, height, width, &shape, &top, &left);
    shape.dim[1] = 1;
    tw_tensor *x = check_tensor(shape);
    tw_tensor *y = check_tensor(tw_shape4(1, 1, height, width));
    tw_tensor *expected = check_tensor(y->shape);

    check_fill(x, 9);
    check_ok(tw_forward(op, x, y, run), run);
    for (int64_t i = 0; i < y->size; i++) {
        double sum = 0;

        for (int a = 0; a < psf->height; a++)
            for (int b = 0; b < psf->width; b++)
                sum += (double) psf->data[a * psf->width + b] *
                       scene(x, border, i / width + top - (a - psf->height / 2),
                             i % width + left - (b - psf->width / 2));
        expected->data[i] = (float) sum;
    }
    check_close(op->klass->name, y->data, expected->data, y->size, 5e-6);
    check_free(x);
    check_free(y);
    check_free(expected);
    tw_run_free(run);
    tw_operator_free(op);
}

static void
test_definition(void)
{
    static const int64_t sizes[][2] = {
        { 17, 24 }, { 16, 15 }, { 5, 2 }, { 1, 9 }, { 1, 1 }
    };
    tw_psf psf[3];

    g_assert_cmpint(tw_psf_motion(8, 20, &psf[0], NULL), ==, TW_OK);
    g_assert_cmpint(tw_psf_disc(3, &psf[1], NULL), ==, TW_OK);
    g_assert_cmpint(tw_psf_gaussian(1, &psf[2], NULL), ==, TW_OK);
    psf[2].data[0] += 0.2f; /* neither even nor odd */
    for (int k = 0; k < 3; k++) {
        for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
            for (int border = 0; border < 3; border++)
                check_blur(&psf[k], (tw_border) border, sizes[i][0],
                           sizes[i][1]);
        tw_psf_clear(&psf[k]);
    }
}

static void
test_canvas(void)
{
    tw_psf psf;
    tw_shape canvas;
    int64_t top, left;

    g_assert_cmpint(tw_psf_motion(31, 0, &psf, NULL), ==, TW_OK);
    tw_blur_canvas(&psf, 100, 200, &canvas, &top, &left);
    g_assert_cmpint(canvas.dim[2] % 16, ==, 0);
    g_assert_cmpint(canvas.dim[3] % 16, ==, 0);
    g_assert_cmpint(left, >=, 15);
    g_assert_cmpint(canvas.dim[3] - left - 200, >=, 15);
    g_assert_cmpint(canvas.dim[2] - top - 100, >=, 0);
    tw_psf_clear(&psf);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/psf/gaussian", test_gaussian);
    g_test_add_func("/psf/disc", test_disc);
    g_test_add_func("/psf/motion", test_motion);
    g_test_add_func("/psf/image", test_image);
    g_test_add_func("/psf/ranges", test_ranges);
    g_test_add_func("/blur/definition", test_definition);
    g_test_add_func("/blur/canvas", test_canvas);
    return g_test_run();
}

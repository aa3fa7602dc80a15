/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Downsampling against other programs, and whether it can be undone. */

#include <math.h>

#include "check.h"
#include "operators/operators.h"

static void
fill(tw_tensor *x)
{
    for (int64_t i = 0; i < x->size; i++)
        x->data[i] = (float) (i * 7919 % 101) / 50 - 1;
}

static tw_tensor *
shrink(tw_filter filter, double sigma, const tw_tensor *x, int64_t height,
       int64_t width)
{
    tw_operator *op = tw_operator_downsample(filter, sigma, x->shape.dim[2],
                                             x->shape.dim[3], height, width);
    tw_run *run = check_run(1, 1);
    tw_tensor *y = check_tensor(tw_y_shape(op, x->shape));

    g_assert_cmpint(y->shape.dim[2], ==, height);
    g_assert_cmpint(y->shape.dim[3], ==, width);
    check_ok(tw_forward(op, x, y, run), run);
    tw_run_free(run);
    tw_operator_free(op);
    return y;
}

/* Python: Image.fromarray(x, mode='F').resize((w, h), Image.BICUBIC) of PIL
 * 11.1.0, and so on; x[i] = i * 7919 % 101 / 50 - 1. */
static const struct {
    tw_filter filter;
    int64_t from[2], to[2];
    float values[20];
} pil[] = {
    { TW_FILTER_BICUBIC,
      { 9, 13 },
      { 4, 5 },
      {
          -0.1230889f,  -0.009971465f, -0.009309707f, 0.03860356f,  -0.1074336f,
          0.1319294f,   -0.07653858f,  0.1685994f,    -0.02078768f, 0.01853551f,
          -0.03377462f, -0.08616904f,  -0.001282907f, -0.05777511f, 0.04230538f,
          -0.06012014f, 0.02811599f,   0.02694789f,   -0.05761553f, -0.1611409f,
      } },
    { TW_FILTER_BICUBIC,
      { 16, 24 },
      { 2, 3 },
      { -0.01192237f, 0.008899723f, -0.002987272f, 0.0058001f, -0.02120655f,
        0.007340331f } },
    { TW_FILTER_TRIANGLE,
      { 9, 13 },
      { 4, 5 },
      {
          -0.09226667f, -0.02867532f, 0.01915102f,  0.0241039f,   -0.08544762f,
          0.08663415f,  -0.05821138f, 0.1196516f,   -0.00598669f, 0.005333331f,
          -0.02539837f, -0.08066519f, 0.004334493f, -0.06277902f, 0.02304065f,
          -0.05121906f, 0.02723809f,  0.009355093f, -0.04240693f, -0.134819f,
      } },
    { TW_FILTER_LANCZOS,
      { 9, 13 },
      { 4, 5 },
      {
          -0.1260225f,  0.001671247f, -0.010078f,     0.03947822f,  -0.1326101f,
          0.1389776f,   -0.07519039f, 0.18109f,       -0.02504071f, 0.03079446f,
          -0.02054376f, -0.09733757f, -0.0002445626f, -0.05784911f, 0.04756123f,
          -0.07993203f, 0.03070574f,  0.05025193f,    -0.07948477f, -0.1755731f,
      } },
};

static void
test_pil(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pil); i++) {
        tw_tensor *x =
            check_tensor(tw_shape4(1, 1, pil[i].from[0], pil[i].from[1]));

        fill(x);
        tw_tensor *y = shrink(pil[i].filter, 0, x, pil[i].to[0], pil[i].to[1]);

        g_test_message("row %zu", i);
        check_close("PIL", y->data, pil[i].values, (int) y->size, 1e-5);
        check_free(x);
        check_free(y);
    }
}

/* What a row of 32 made to 8 has at its fourth pixel, whose middle is 14, of one
 * bright pixel. */
static double
response(tw_filter filter, int bright)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 32));

    tw_fill(x, 0);
    x->data[bright] = 1;
    tw_tensor *y = shrink(filter, 0, x, 1, 8);
    const double value = (double) y->data[3];

    check_free(x);
    check_free(y);
    return value;
}

/* The cubics that PIL does not have, by hand. The plain one has a = -3/4, and two
 * neighbors at half a pixel and two at 1.5: (a + 2)/8 - (a + 3)/4 + 1 = 19/32, and
 * -3/32. Mitchell and Netravali's is 8/9 - 2 t^2 + 7/6 t^3 near the middle; pixel
 * 13 is an eighth of an output pixel away, and four pixels have the weight 1. */
static void
test_cubics(void)
{
    check_near("near", response(TW_FILTER_BICUBIC_PLAIN, 13), 19 / 32.0, 1e-6);
    check_near("lobe", response(TW_FILTER_BICUBIC_PLAIN, 12), -3 / 32.0, 1e-6);
    check_near("far", response(TW_FILTER_BICUBIC_PLAIN, 11), 0, 1e-6);
    check_near("Mitchell", response(TW_FILTER_MITCHELL, 13),
               (8 / 9.0 - 2 / 64.0 + 7 / 6.0 / 512) / 4, 1e-6);
}

/* Shares of pixels, written out by hand: 3 to 2 takes 2/3 and 1/3. */
static void
test_area(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 1, 3));

    x->data[0] = 1;
    x->data[1] = 4;
    x->data[2] = -2;
    tw_tensor *y = shrink(TW_FILTER_BOX, 0, x, 1, 2);

    check_near("left", (double) y->data[0], 2, 1e-6);
    check_near("right", (double) y->data[1], 0, 1e-6);
    check_free(x);
    check_free(y);
}

/* A constant stays one, whatever the filter; also at the border, and with a
 * Gaussian so narrow that it falls between samples. */
static void
test_constant(void)
{
    static const double sigmas[] = { 1e-6, 0.5, 3 };
    tw_tensor *x = check_tensor(tw_shape4(1, 1, 30, 21));

    tw_fill(x, 0.7);
    for (int filter = 0; filter < TW_FILTERS; filter++)
        for (int i = 0; i < 3; i++) {
            tw_tensor *y = shrink((tw_filter) filter, sigmas[i], x, 10, 4);

            for (int64_t k = 0; k < y->size; k++)
                check_near("constant", (double) y->data[k], 0.7, 1e-6);
            check_free(y);
        }
    check_free(x);
}

/* After a fit with a vanishing weight on the picture A x is y to a tenth of an
 * 8-bit level, though y is noise, the hardest case. */
static void
test_fit(void)
{
    static const struct {
        tw_filter filter;
        double sigma;
        int64_t height, width;
    } cases[] = {
        { TW_FILTER_BOX, 0, 53, 37 },
        { TW_FILTER_BICUBIC, 0, 64, 48 },
        { TW_FILTER_BICUBIC, 0, 20, 24 },
        { TW_FILTER_BICUBIC, 0, 97, 140 },
        { TW_FILTER_BICUBIC_PLAIN, 0, 40, 48 },
        { TW_FILTER_TRIANGLE, 0, 40, 48 },
        { TW_FILTER_MITCHELL, 0, 40, 48 },
        { TW_FILTER_LANCZOS, 0, 97, 48 },
        { TW_FILTER_GAUSSIAN, 0.5, 64, 48 },
        { TW_FILTER_GAUSSIAN, 0.5, 20, 24 },
        { TW_FILTER_GAUSSIAN, 0.6, 40, 48 },
    };
    const tw_shape xs = tw_shape4(1, 3, 160, 192);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        tw_operator *op =
            tw_operator_downsample(cases[i].filter, cases[i].sigma, xs.dim[2],
                                   xs.dim[3], cases[i].height, cases[i].width);
        tw_run *run = check_run(1, 0);
        tw_tensor *x = check_tensor(xs), *z = check_tensor(xs);
        tw_tensor *y = check_tensor(tw_y_shape(op, xs));
        tw_tensor *e = check_tensor(y->shape);

        check_fill(y, 3);
        check_fill(z, 4);
        check_ok(tw_prox(op, y, z, 1e-7, x, run), run);
        check_ok(tw_forward(op, x, e, run), run);
        tw_lin2(e, 1, y, -1, e);
        const double rmse = tw_norm(e) / sqrt((double) e->size) / 2;

        g_test_message("case %zu: %.3g levels", i, 255 * rmse);
        check_near("misfit of prox", rmse, 0, 0.1 / 255);
        tw_run_free(run);
        check_free(x);
        check_free(z);
        check_free(y);
        check_free(e);
        tw_operator_free(op);
    }
}

/* Ratios just above 1 nearly lose the finest checks, which white noise in y would
 * need: a smooth picture must come back all the same, within a hundredth of a
 * level of 255 (of a range of 2). */
static void
test_barely_smaller(void)
{
    static const tw_filter filters[] = { TW_FILTER_BOX, TW_FILTER_BICUBIC,
                                         TW_FILTER_GAUSSIAN };

    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
        tw_operator *op =
            tw_operator_downsample(filters[i], 0.5, 120, 133, 119, 132);
        tw_run *run = check_run(1, 0);
        tw_tensor *y = check_tensor(tw_shape4(1, 3, 119, 132));
        tw_tensor *x = check_tensor(tw_shape4(1, 3, 120, 133));
        tw_tensor *back = check_tensor(y->shape);

        for (int64_t k = 0; k < y->size; k++)
            y->data[k] = (float) (0.8 * sin((double) (k % 132) / 7) *
                                  cos((double) (k / 132) / 5));
        check_ok(tw_pinv(op, y, x, run), run);
        check_ok(tw_forward(op, x, back, run), run);
        tw_lin2(back, 1, back, -1, y);
        check_near("misfit", tw_norm(back) / sqrt((double) y->size) / 2, 0,
                   0.01 / 255);
        tw_run_free(run);
        check_free(x);
        check_free(y);
        check_free(back);
        tw_operator_free(op);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/downsample/pil", test_pil);
    g_test_add_func("/downsample/cubics", test_cubics);
    g_test_add_func("/downsample/area", test_area);
    g_test_add_func("/downsample/constant", test_constant);
    g_test_add_func("/downsample/fit", test_fit);
    g_test_add_func("/downsample/barely-smaller", test_barely_smaller);
    return g_test_run();
}

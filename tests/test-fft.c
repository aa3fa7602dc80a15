/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fourier and cosine transforms against their definitions. */
#include "check.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "core/fft.h"

/* Odd, even, prime, one, narrower and wider than a band of columns. */
static const int sizes[][2] = { { 1, 1 },  { 1, 6 },   { 5, 1 },
                                { 8, 8 },  { 7, 12 },  { 12, 7 },
                                { 3, 50 }, { 17, 33 }, { 20, 32 } };

/* Relative error of a transform in float32: grows like log n. */
static const double tolerance = 1e-6;

typedef void (*plane_func)(int height, int width);

static void
for_all_sizes(plane_func test)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        test(sizes[i][0], sizes[i][1]);
}

static void
direct_dft(const float *x, int height, int width, float complex *out)
{
    for (int v = 0; v < height; v++)
        for (int u = 0; u <= width / 2; u++) {
            double complex sum = 0;

            for (int r = 0; r < height; r++)
                for (int c = 0; c < width; c++)
                    sum += (double) x[r * width + c] *
                           cexp(CMPLX(0, -2 * M_PI *
                                             ((double) (v * r) / height +
                                              (double) (u * c) / width)));
            out[v * (width / 2 + 1) + u] = (float complex) sum;
        }
}

static void
transform_size(int height, int width)
{
    tw_fft *fft = tw_fft_new(height, width);
    tw_tensor *x = check_tensor(tw_shape4(1, 1, height, width));
    tw_tensor *back = check_tensor(x->shape);
    const int64_t size = tw_fft_size(fft);
    float complex *z = g_new(float complex, size);
    float complex *direct = g_new(float complex, size);

    g_assert_cmpint(size, ==, height * (width / 2 + 1));
    check_fill(x, 1);
    tw_copy(back, x);
    tw_fft_forward(fft, x->data, z);
    g_assert_cmpmem(x->data, (size_t) x->size * 4, back->data,
                    (size_t) x->size * 4);
    direct_dft(x->data, height, width, direct);
    check_close("dft", (float *) z, (float *) direct, 2 * size, tolerance);

    tw_fft_inverse(fft, z, back->data);
    check_close("inverse", back->data, x->data, x->size, tolerance);
    g_free(z);
    g_free(direct);
    check_free(x);
    check_free(back);
    tw_fft_free(fft);
}

static void
test_transform(void)
{
    for_all_sizes(transform_size);
}

static double
dct_weight(int k, int n)
{
    return k == 0 ? sqrt(1.0 / n) : sqrt(2.0 / n);
}

static void
direct_dct(const float *x, int height, int width, float *out)
{
    for (int v = 0; v < height; v++)
        for (int u = 0; u < width; u++) {
            double sum = 0;

            for (int r = 0; r < height; r++)
                for (int c = 0; c < width; c++)
                    sum += (double) x[r * width + c] *
                           cos(M_PI * v * (r + 0.5) / height) *
                           cos(M_PI * u * (c + 0.5) / width);
            out[v * width + u] =
                (float) (dct_weight(v, height) * dct_weight(u, width) * sum);
        }
}

/* Being the definition and orthonormal, the transform has as its adjoint its
 * inverse: <C x, y> = <x, C^-1 y>. */
static void
cosine_size(int height, int width)
{
    tw_fft *fft = tw_fft_new(height, width);
    tw_tensor *x = check_tensor(tw_shape4(1, 1, height, width));
    tw_tensor *cx = check_tensor(x->shape), *direct = check_tensor(x->shape);
    tw_tensor *y = check_tensor(x->shape), *cy = check_tensor(x->shape);

    check_fill(x, 1);
    check_fill(y, 2);
    tw_copy(cx, x);
    tw_copy(cy, y);
    tw_dct_forward(fft, cx->data);
    direct_dct(x->data, height, width, direct->data);
    check_close("dct", cx->data, direct->data, x->size, tolerance);

    tw_dct_inverse(fft, cy->data);
    check_near("adjoint", tw_dot(cx, y), tw_dot(x, cy),
               tolerance * tw_norm(x) * tw_norm(y));
    tw_dct_forward(fft, cy->data);
    check_close("back", cy->data, y->data, y->size, tolerance);
    check_free(x);
    check_free(cx);
    check_free(direct);
    check_free(y);
    check_free(cy);
    tw_fft_free(fft);
}

static void
test_cosine(void)
{
    for_all_sizes(cosine_size);
}

/* <F x, z> with the half that is not stored counted, = <x, F^H z>, and F^H is
 * the inverse without its division. */
static void
adjoint_size(int height, int width)
{
    tw_fft *fft = tw_fft_new(height, width);
    const int half = width / 2 + 1;
    tw_tensor *x = check_tensor(tw_shape4(1, 1, height, width));
    tw_tensor *y = check_tensor(x->shape);
    float complex *fx = g_new(float complex, tw_fft_size(fft));
    float complex *fy = g_new(float complex, tw_fft_size(fft));
    double sum = 0;

    check_fill(x, 3);
    check_fill(y, 4);
    tw_fft_forward(fft, x->data, fx);
    tw_fft_forward(fft, y->data, fy);
    for (int v = 0; v < height; v++)
        for (int u = 0; u < half; u++) {
            const bool twice = u > 0 && 2 * u != width;
            const float complex a = fx[v * half + u], b = fy[v * half + u];

            sum += (twice ? 2 : 1) * (double) crealf(a * conjf(b));
        }
    tw_fft_inverse(fft, fy, y->data);
    check_near("adjoint", sum / (height * width), tw_dot(x, y),
               tolerance * tw_norm(x) * tw_norm(y));
    g_free(fx);
    g_free(fy);
    check_free(x);
    check_free(y);
    tw_fft_free(fft);
}

static void
test_adjoint(void)
{
    for_all_sizes(adjoint_size);
}

/* All transforms, one after the other, for a number of threads. */
static void
all_transforms(const tw_fft *fft, const tw_tensor *x, int threads,
               tw_tensor *out)
{
    float complex *z = g_new(float complex, tw_fft_size(fft));

    omp_set_num_threads(threads);
    tw_fft_forward(fft, x->data, z);
    for (int64_t i = 0; i < tw_fft_size(fft); i++)
        z[i] *= 1.25f + 0.5f * I;
    tw_fft_inverse(fft, z, out->data);
    tw_dct_forward(fft, out->data);
    for (int64_t i = 0; i < out->size; i += 3)
        out->data[i] *= 0.75f;
    tw_dct_inverse(fft, out->data);
    omp_set_num_threads(omp_get_num_procs());
    g_free(z);
}

static void
test_threads(void)
{
    static const int threads[] = { 2, 3, 8 };
    const int64_t height = 205, width = 333;
    tw_fft *fft = tw_fft_new(height, width), *second;
    tw_tensor *x = check_tensor(tw_shape4(1, 1, height, width));
    tw_tensor *one = check_tensor(x->shape), *out = check_tensor(x->shape);
    const size_t bytes = (size_t) x->size * sizeof(float);

    check_fill(x, 5);
    all_transforms(fft, x, 1, one);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        all_transforms(fft, x, threads[i], out);
        g_assert_cmpmem(one->data, bytes, out->data, bytes);
    }

    /* Nor does it matter which plan of the size, or where the plane lies. */
    second = tw_fft_new(height, width);
    float *moved = g_new(float, x->size + 1);

    memcpy(moved + 1, x->data, bytes);
    const tw_tensor there = { x->shape, x->size, moved + 1 };

    all_transforms(second, &there, 2, out);
    g_assert_cmpmem(one->data, bytes, out->data, bytes);
    g_free(moved);
    tw_fft_free(second);
    tw_fft_free(fft);
    check_free(x);
    check_free(one);
    check_free(out);
}

static void
test_good_size(void)
{
    static const int64_t cases[][3] = {
        { 1, 1, 1 },     { 11, 1, 12 },   { 13, 2, 14 },     { 97, 1, 98 },
        { 97, 16, 112 }, { 121, 1, 125 }, { 1023, 1, 1024 }, { 23, 11, 33 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(tw_fft_good_size(cases[i][0], cases[i][1]), ==,
                        cases[i][2]);
}

static tw_status
plan(void *data)
{
    tw_fft *fft = tw_fft_new(12, 34);

    (void) data;
    tw_fft_free(fft);
    return fft ? TW_OK : TW_ERR_MEMORY;
}

static void
test_no_memory(void)
{
    check_every_allocation("fft", plan, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fft/definition", test_transform);
    g_test_add_func("/fft/adjoint", test_adjoint);
    g_test_add_func("/fft/cosine", test_cosine);
    g_test_add_func("/fft/threads", test_threads);
    g_test_add_func("/fft/good-size", test_good_size);
    g_test_add_func("/fft/no-memory", test_no_memory);
    return g_test_run();
}

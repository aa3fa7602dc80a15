/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast the photo network is on this machine, as ratios of things measured
 * in turns, because other programs may be running.
 *
 *     bench WEIGHTS          tables for people
 *     bench WEIGHTS serve    reads a size per line, answers with the wall and
 *                            processor milliseconds of one evaluation and of
 *                            one pull (models/photo/bench.py)
 *
 * TWEEDIE_LEVEL and OMP_NUM_THREADS work as usual.
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels/kernels.h"
#include "nets/photo-unet.h"

typedef struct seconds {
    double wall, cpu; /* of all threads */
} seconds;

typedef struct bench {
    const tw_photo_unet *net;
    tw_run *run;
} bench;

static double
clock_seconds(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static seconds
now(void)
{
    return (seconds) { clock_seconds(CLOCK_MONOTONIC),
                       clock_seconds(CLOCK_PROCESS_CPUTIME_ID) };
}

static seconds
since(seconds start)
{
    const seconds end = now();

    return (seconds) { end.wall - start.wall, end.cpu - start.cpu };
}

static void
check(tw_status status, const char *text)
{
    if (status != TW_OK) {
        fprintf(stderr, "bench: %s\n", text);
        exit(1);
    }
}

static int
by_value(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static double
median(double *values, int count)
{
    qsort(values, (size_t) count, sizeof *values, by_value);
    return count % 2 ? values[count / 2]
                     : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* --- the network --- */

/* One evaluation of @x, or with a tape one evaluation and one pull; how long
 * the forward pass and the pull took. */
static void
evaluate(const bench *b, const tw_tensor *x, tw_tensor *out, tw_tape *tape,
         seconds *forward, seconds *pull)
{
    seconds start = now();

    check(
        tw_photo_unet_eval(b->net, x, 1, -2, NULL, 0.5, 0.5, out, tape, b->run),
        tw_run_error(b->run)->text);
    *forward = since(start);
    if (tape) {
        start = now();
        check(tw_pull(tape, x, out, b->run), tw_run_error(b->run)->text);
        *pull = since(start);
        tw_tape_rewind(tape);
    }
}

static tw_tensor *
picture(const bench *b, int size)
{
    tw_tensor *x = tw_scratch_shape(b->run, tw_shape4(1, 3, size, size));

    check(tw_run_check(b->run), tw_run_error(b->run)->text);
    tw_randn(b->run, x);
    return x;
}

static void
bench_size(const bench *b, int size, int rounds)
{
    enum { MOST = 15 };
    const size_t mark = tw_run_mark(b->run);
    tw_tensor *x = picture(b, size), *out = picture(b, size);
    tw_tape *tape = tw_tape_new(b->run);
    double plain[MOST], taped[MOST], pulled[MOST], cpu[MOST];

    check(tw_run_check(b->run), tw_run_error(b->run)->text);
    for (int i = -1; i < rounds; i++) { /* the first warms up */
        seconds first, second, pull;

        evaluate(b, x, out, NULL, &first, &pull);
        evaluate(b, x, out, tape, &second, &pull);
        if (i >= 0) {
            plain[i] = first.wall;
            cpu[i] = first.cpu;
            taped[i] = second.wall + pull.wall;
            pulled[i] = pull.wall;
        }
    }
    const double forward = median(plain, rounds);

    printf("%5d^2 %9.1f ms %9.1f ms cpu %7.1f GF/s   pull %.2f, with its "
           "forward %.2f   at most %.0f MB\n",
           size, 1e3 * forward, 1e3 * median(cpu, rounds),
           2e-9 * tw_photo_unet_work(b->net, size, size) / forward,
           median(pulled, rounds) / forward, median(taped, rounds) / forward,
           1e-6 * (double) tw_run_peak(b->run));
    tw_run_release(b->run, mark);
}

static void
serve(const bench *b)
{
    char line[64];

    while (fgets(line, sizeof line, stdin)) {
        const int align = tw_photo_unet_align(b->net);
        const int size = atoi(line) / align * align;
        const size_t mark = tw_run_mark(b->run);
        tw_tensor *x, *out;
        tw_tape *tape = tw_tape_new(b->run);
        seconds forward, again, pull;

        if (size < align)
            break;
        x = picture(b, size);
        out = picture(b, size);
        check(tw_run_check(b->run), tw_run_error(b->run)->text);
        evaluate(b, x, out, NULL, &forward, &pull);
        evaluate(b, x, out, tape, &again, &pull);
        printf("%.3f %.3f %.3f %.3f\n", 1e3 * forward.wall, 1e3 * forward.cpu,
               1e3 * pull.wall, 1e3 * pull.cpu);
        fflush(stdout);
        tw_run_release(b->run, mark);
    }
}

/* --- kernels, one thread --- */

/* 64-byte aligned and filled with something harmless. */
static float *
floats(size_t count)
{
    float *data = aligned_alloc(64, (count * sizeof *data + 63) / 64 * 64);

    if (!data) {
        fprintf(stderr, "bench: not enough memory\n");
        exit(1);
    }
    for (size_t i = 0; i < count; i++)
        data[i] = (float) (i * 7919 % 1000) / 500 - 1;
    return data;
}

/* Operations per second of the level's matrix product on a panel that stays in
 * the second-level cache: near the processor's peak. */
static double
product_rate(const tw_level *level)
{
    enum { N = 384, TIMES = 8 };
    static float *a, *b, *c;
    const int columns = level->panel;

    if (!a) {
        a = floats(N * N);
        b = floats(N * (size_t) columns);
        c = floats(N * (size_t) columns);
    }
    const tw_gemm product = { .rows = N,
                              .depth = N,
                              .runs = 1,
                              .columns = columns,
                              .a = a,
                              .a_stride = N,
                              .b = b,
                              .c = c,
                              .c_stride = columns };
    const seconds start = now();

    for (int i = 0; i < TIMES; i++)
        level->gemm(&product);
    return 2.0 * TIMES * N * N * columns / since(start).cpu;
}

static void
bench_convolution(int channels, int size)
{
    enum { ROUNDS = 15 };
    const tw_level *level = tw_level_best();
    const size_t floats_of_x =
        (size_t) size * (size_t) size * (size_t) channels;
    float *weights = floats(9 * (size_t) channels * (size_t) channels);
    float *packed = floats(tw_conv3x3_packed_bytes(channels, channels) / 4);
    float *x = floats(floats_of_x), *y = floats(floats_of_x);
    const tw_conv3x3 conv = { .images = 1,
                              .height = size,
                              .width = size,
                              .inputs = channels,
                              .outputs = channels,
                              .x = x,
                              .weights = packed,
                              .silu = true,
                              .add = y,
                              .y = y };
    float *scratch = floats(tw_conv3x3_scratch(level, &conv, 1) / 4);
    const double work = 18.0 * channels * channels * size * size;
    double rate[ROUNDS], product[ROUNDS];

    tw_conv3x3_pack(level, weights, channels, channels, false, packed);
    for (int i = 0; i < ROUNDS; i++) {
        product[i] = product_rate(level);
        memset(y, 0, floats_of_x * sizeof *y);
        const seconds start = now();
        tw_conv3x3_run(level, &conv, scratch, 1);
        rate[i] = work / since(start).cpu;
    }
    printf("3x3, %3d channels, %3d^2 %7.0f GF/s, product %4.0f, ratio %.2f\n",
           channels, size, 1e-9 * median(rate, ROUNDS),
           1e-9 * median(product, ROUNDS),
           median(rate, ROUNDS) / median(product, ROUNDS));
    free(weights);
    free(packed);
    free(x);
    free(y);
    free(scratch);
}

int
main(int argc, char **argv)
{
    tw_safetensors *file;
    tw_weights *weights;
    tw_photo_unet *net;
    tw_error error = { TW_OK, "" };
    const bool serving = argc == 3 && strcmp(argv[2], "serve") == 0;

    if (argc != 2 && !serving) {
        fprintf(stderr, "usage: bench WEIGHTS [serve]\n");
        return 2;
    }
    check(tw_safetensors_open(argv[1], &file, &error), error.text);
    check(tw_weights_new(file, &weights, &error), error.text);
    check(tw_photo_unet_new(weights, &net, &error), error.text);

    const bench b = { net, tw_run_new(&(tw_run_config) {
                               .threads = omp_get_max_threads() }) };

    check(b.run ? TW_OK : TW_ERR_MEMORY, "not enough memory");
    if (serving) {
        serve(&b);
    } else {
        printf("level %s, %d threads\n", tw_level_best()->name,
               tw_run_threads(b.run));
        bench_size(&b, 256, 15);
        bench_size(&b, 512, 7);
        bench_size(&b, 1024, 3);
        bench_convolution(64, 128);
        bench_convolution(128, 64);
        bench_convolution(192, 32);
        bench_convolution(256, 16);
    }
    tw_run_free(b.run);
    tw_photo_unet_free(net);
    tw_weights_free(weights);
    tw_safetensors_free(file);
    return 0;
}

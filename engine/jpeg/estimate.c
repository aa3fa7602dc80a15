/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg/estimate.h"

#include <math.h>
#include <string.h>

#include "core/parallel.h"
#include "jpeg/unit.h"

enum {
    QUALITIES = 100,
    PLACES = 64,
    MOST_BLOCKS = 400, /* to look at, spread over the picture */
    LEAST_BLOCKS = 9,
    CANDIDATES = 3 /* places of the grid that are tried with all qualities */
};

/* T.81, tables K.1 and K.2. */
static const unsigned char luma_steps[TW_JPEG_BLOCK] = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};
static const unsigned char color_steps[TW_JPEG_BLOCK] = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
};

/* Standard deviation of a coefficient whose pixels were rounded to 8 bits, with a
 * margin for decoders; and the share of those that are off by more. */
static const double deviation = 0.3, outliers = 0.05;

/* Evidence, in units of log likelihood, that a JPEG needs: in all, and for each
 * coefficient that is not 0. Those of pictures that are none have less than 0. */
static const double least_evidence = 150, least_each = 0.3;

static int
step_of(int quality, int plane, int at)
{
    const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    const int base = (plane ? color_steps : luma_steps)[at];
    const int step = (base * scale + 50) / 100;

    return step < 1 ? 1 : step > 255 ? 255 : step;
}

void
tw_jpeg_set_quality(tw_jpeg *jpeg, int quality)
{
    for (int c = 0; c < jpeg->planes; c++)
        for (int i = 0; i < TW_JPEG_BLOCK; i++)
            jpeg->plane[c].step[i] = (float) step_of(quality, c, i);
}

/* A picture, as this file sees it. */
typedef struct view {
    const float *x;
    int64_t height, width;
} view;

/* Plane @c of Y'CbCr at a pixel, the nearest one if it is beyond; levels of 8 bits
 * from the middle. */
static double
color_at(const view *v, int c, int64_t y, int64_t x)
{
    const float *row = tw_jpeg_color(c);
    const int64_t plane = v->height * v->width;
    double sum = 0;

    y = y < 0 ? 0 : y < v->height ? y : v->height - 1;
    x = x < 0 ? 0 : x < v->width ? x : v->width - 1;
    for (int i = 0; i < 3; i++)
        sum += (double) row[i] * (double) v->x[i * plane + y * v->width + x];
    return 127.5 * sum - (c == 0 ? 0.5 : 0);
}

/* Decoders interpolate the colors of 4:2:0 by weights of 3/4 and 1/4, of which the
 * mean of two pixels is 1/8, 3/4, 1/8 of the samples. This undoes it: r^|n| / sqrt(1/2)
 * with r = 2 sqrt(2) - 3. */
static const double sharpen[] = { 1.41421356, -0.24264069, 0.04163056,
                                  -0.00714267 };
enum { REACH = 3, WINDOW = 8 + 2 * REACH };

/* The samples of plane @c in a block whose first pixel is (@top, @left). */
static void
samples(const view *v, int c, int size, int64_t top, int64_t left,
        float s[8][8])
{
    double w[WINDOW][WINDOW], t[WINDOW][8];

    if (size == 1) {
        for (int i = 0; i < TW_JPEG_BLOCK; i++)
            s[i / 8][i % 8] = (float) color_at(v, c, top + i / 8, left + i % 8);
        return;
    }
    for (int r = 0; r < WINDOW; r++)
        for (int i = 0; i < WINDOW; i++) {
            const int64_t y = top + 2 * (r - REACH);
            const int64_t x = left + 2 * (i - REACH);

            w[r][i] =
                (color_at(v, c, y, x) + color_at(v, c, y, x + 1) +
                 color_at(v, c, y + 1, x) + color_at(v, c, y + 1, x + 1)) /
                4;
        }
    for (int r = 0; r < WINDOW; r++)
        for (int i = 0; i < 8; i++) {
            t[r][i] = 0;
            for (int k = -REACH; k <= REACH; k++)
                t[r][i] += sharpen[k < 0 ? -k : k] * w[r][i + REACH + k];
        }
    for (int r = 0; r < 8; r++)
        for (int i = 0; i < 8; i++) {
            double sum = 0;

            for (int k = -REACH; k <= REACH; k++)
                sum += sharpen[k < 0 ? -k : k] * t[r + REACH + k][i];
            s[r][i] = (float) sum;
        }
}

/* Coefficients of blocks spread over the picture. */
typedef struct sample_set {
    int count;
    float block[MOST_BLOCKS][TW_JPEG_BLOCK];
} sample_set;

/* Is a pixel of the block black or white? Then it is not what it was. */
static bool
is_clipped(const view *v, int64_t top, int64_t left, int64_t side)
{
    const float end = 1 - 1 / 255.0f;

    for (int64_t i = 0; i < 3 * side * side; i++) {
        const int64_t r = top + i / side % side, c = left + i % side;
        const float p =
            v->x[(i / (side * side) * v->height + r) * v->width + c];

        if (p > end || p < -end)
            return true;
    }
    return false;
}

/* @size: pixels per sample; the grid begins at (@top, @left) before the picture. */
static void
take_blocks(const view *v, int c, int size, int64_t top, int64_t left,
            sample_set *set)
{
    const int64_t side = 8 * (int64_t) size;
    const int64_t first_y = (side - top) % side, first_x = (side - left) % side;
    const int64_t rows = (v->height - first_y) / side;
    const int64_t columns = (v->width - first_x) / side;
    const int64_t all = rows > 0 && columns > 0 ? rows * columns : 0;
    const int64_t count = all < MOST_BLOCKS ? all : MOST_BLOCKS;

    set->count = 0;
    for (int64_t n = 0; n < count; n++) {
        const int64_t i = n * all / count;
        const int64_t y = first_y + i / columns * side;
        const int64_t x = first_x + i % columns * side;
        float s[8][8];

        if (is_clipped(v, y, x, side))
            continue;
        samples(v, c, size, y, x, s);
        tw_jpeg_transform((const float(*)[8]) s, set->block[set->count++]);
    }
}

/* How many coefficients are 0 as far as can be told: most at the right place. */
static int
zeros(const sample_set *set)
{
    int count = 0;

    for (int n = 0; n < set->count; n++)
        for (int i = 1; i < TW_JPEG_BLOCK; i++)
            count += fabsf(set->block[n][i]) < 0.6f;
    return count;
}

/* Of one value of a frequency so many count at most: what is drawn (a slope, a
 * pattern) has the same one everywhere, which says nothing about steps. */
enum { MOST_OF_ONE = 8, VALUES = 64 };

/* Log likelihood of the coefficients that are not 0, quantised with these steps,
 * over that without quantiser; *@each: of one of them. */
static double
evidence(const sample_set *set, int quality, int plane, double *each)
{
    double sum = 0;
    int count = 0;

    for (int i = 1; i < TW_JPEG_BLOCK; i++) {
        const double q = step_of(quality, plane, i);
        const double top =
            (1 - outliers) * q / (deviation * sqrt(2 * 3.14159265358979));
        unsigned char seen[VALUES] = { 0 };

        for (int n = 0; n < set->count; n++) {
            const double v = (double) set->block[n][i];
            const int level = (int) lround(v / q);
            const double r = (v - q * round(v / q)) / deviation;

            if (level == 0 || q < 2 ||
                seen[(unsigned) level % VALUES] >= MOST_OF_ONE)
                continue;
            seen[(unsigned) level % VALUES]++;
            sum += log(top * exp(-r * r / 2) + outliers);
            count++;
        }
    }
    *each = count ? sum / count : 0;
    return sum;
}

/* The places of the grid with most zeros, best first. */
static void
best_places(const view *v, int place[CANDIDATES])
{
    int found[PLACES];

#pragma omp parallel for
    for (int i = 0; i < PLACES; i++) {
        sample_set set;

        take_blocks(v, 0, 1, i / 8, i % 8, &set);
        /* Not all places have as many blocks. */
        found[i] = set.count
                       ? (int) (1000000.0 * zeros(&set) / (63.0 * set.count))
                       : 0;
    }
    for (int k = 0; k < CANDIDATES; k++) {
        place[k] = 0;
        for (int i = 1; i < PLACES; i++)
            if (found[i] > found[place[k]])
                place[k] = i;
        found[place[k]] = -1;
    }
}

/* Are the colors sampled as the luma is, or 2 x 2, and where? */
static void
guess_sampling(const view *v, tw_jpeg_guess *g)
{
    double each, best = 0;
    int64_t top = g->top, left = g->left;
    sample_set set;

    g->sampling = (tw_jpeg_sampling) { 3, { 1, 1, 1 }, { 1, 1, 1 } };
    for (int c = 1; c < 3; c++) {
        take_blocks(v, c, 1, g->top, g->left, &set);
        best += evidence(&set, g->quality, c, &each);
    }
    if (best > 0)
        return;
    g->sampling = (tw_jpeg_sampling) { 3, { 1, 2, 2 }, { 1, 2, 2 } };
    for (int i = 0; i < 4; i++) {
        const int64_t y = g->top + 8 * (i / 2), x = g->left + 8 * (i % 2);
        double sum = 0;

        for (int c = 1; c < 3; c++) {
            take_blocks(v, c, 2, y, x, &set);
            sum += evidence(&set, g->quality, c, &each);
        }
        if (i == 0 || sum > best) {
            best = sum;
            top = y;
            left = x;
        }
    }
    g->top = top;
    g->left = left;
}

tw_jpeg_guess
tw_jpeg_guess_of(const float *x, int64_t height, int64_t width, int given)
{
    const view v = { x, height, width };
    tw_jpeg_guess g = { 0 };
    double best = given ? -(double) INFINITY : least_evidence;
    int place[CANDIDATES];

    best_places(&v, place);
    for (int k = 0; k < CANDIDATES; k++) {
        sample_set set;

        take_blocks(&v, 0, 1, place[k] / 8, place[k] % 8, &set);
        for (int q = 1; q <= QUALITIES; q++) {
            double each;
            const double sum = evidence(&set, q, 0, &each);

            if ((given && q != given) || sum <= best ||
                (!given && (each < least_each || set.count < LEAST_BLOCKS)))
                continue;
            best = sum;
            g = (tw_jpeg_guess) { q, place[k] / 8, place[k] % 8, { 0 } };
        }
    }
    if (g.quality)
        guess_sampling(&v, &g);
    return g;
}

static void
fill_block(const view *v, tw_jpeg *jpeg, int c, int64_t i)
{
    tw_jpeg_plane *p = &jpeg->plane[c];
    float s[8][8], f[TW_JPEG_BLOCK];

    samples(v, c, p->across, 8 * p->across * (i / p->columns) - jpeg->top,
            8 * p->across * (i % p->columns) - jpeg->left, s);
    tw_jpeg_transform((const float(*)[8]) s, f);
    for (int k = 0; k < TW_JPEG_BLOCK; k++)
        p->level[i * TW_JPEG_BLOCK + k] = (int16_t) lrintf(f[k] / p->step[k]);
}

tw_jpeg *
tw_jpeg_from_pixels(const tw_jpeg_guess *guess, const float *x, int64_t height,
                    int64_t width)
{
    const view v = { x, height, width };
    tw_jpeg *jpeg = tw_jpeg_new(height, width, guess->top, guess->left,
                                &guess->sampling, false);

    if (!jpeg)
        return NULL;
    jpeg->guessed = true;
    tw_jpeg_set_quality(jpeg, guess->quality);
    for (int c = 0; c < jpeg->planes; c++) {
        const int64_t blocks = jpeg->plane[c].rows * jpeg->plane[c].columns;

#pragma omp parallel for if (height * width > TW_SERIAL)
        for (int64_t i = 0; i < blocks; i++)
            fill_block(&v, jpeg, c, i);
    }
    return jpeg;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holes/scale.h"

#include <math.h>

#include "core/parallel.h"
#include "priors/self.h"

enum {
    COLORS = 3,
    ACROSS = COLORS, /* channels of slopes */
    DOWN,
    REACH = 3 /* pixels: slopes are means over as many to each side */
};

/* The weight of slopes beside colors: they are several times smaller. Newson et
 * al. have the root of 50; 4 was better than 2.5 and 1.5 on photographs. */
static const double busy = 4;

/* A pixel while its mean is taken. */
typedef struct mean {
    double sum[TW_SCALE_CHANNELS];
    int64_t across, down; /* slopes seen */
    bool known;           /* all of it */
} mean;

/* Of two neighbors, in brightness. */
static double
slope(const float *a, const float *b, int64_t plane)
{
    double sum = 0;

    for (int64_t c = 0; c < COLORS; c++)
        sum += (double) a[c * plane] - (double) b[c * plane];
    return fabs(sum) / COLORS;
}

static void
add_pixel(const tw_tensor *x, const unsigned char *known, int64_t y, int64_t i,
          mean *m)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3], plane = h * w;
    const int64_t at = y * w + i;
    const float *v = x->data + at;

    m->known = m->known && known[at];
    for (int64_t c = 0; c < COLORS; c++)
        m->sum[c] += (double) v[c * plane];
    if (known[at] && i + 1 < w && known[at + 1]) {
        m->sum[ACROSS] += slope(v, v + 1, plane);
        m->across++;
    }
    if (known[at] && y + 1 < h && known[at + w]) {
        m->sum[DOWN] += slope(v, v + w, plane);
        m->down++;
    }
}

/* Pixel (@r, @c) of the smaller size. */
static bool
shrink(const tw_tensor *x, const unsigned char *known, int shift, int64_t r,
       int64_t c, float *out)
{
    const int64_t side = (int64_t) 1 << shift;
    mean m = { .known = true };

    for (int64_t y = r * side; y < (r + 1) * side; y++)
        for (int64_t i = c * side; i < (c + 1) * side; i++)
            add_pixel(x, known, y, i, &m);
    for (int k = 0; k < COLORS; k++)
        out[k] = (float) (m.sum[k] / (double) (side * side));
    out[ACROSS] =
        m.across ? (float) (busy * m.sum[ACROSS] / (double) m.across) : 0;
    out[DOWN] = m.down ? (float) (busy * m.sum[DOWN] / (double) m.down) : 0;
    return m.known;
}

/* The means of the slopes around pixel (@y, @x), over what is known. */
static void
mean_slopes(const tw_patches *p, int y, int x, float out[2])
{
    double sum[2] = { 0 };
    int count = 0;

    for (int r = y - REACH; r <= y + REACH; r++)
        for (int c = x - REACH; c <= x + REACH; c++) {
            const int64_t at = (int64_t) r * p->width + c;

            if (r < 0 || c < 0 || r >= p->height || c >= p->width ||
                !p->known[at])
                continue;
            for (int k = 0; k < 2; k++)
                sum[k] += (double) p->value[at * p->channels + ACROSS + k];
            count++;
        }
    for (int k = 0; k < 2; k++)
        out[k] = count ? (float) (sum[k] / count) : 0;
}

static tw_status
smooth_slopes(tw_patches *p, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    const int64_t size = (int64_t) p->height * p->width;
    float *slopes = tw_scratch_bytes(run, (size_t) size * 2 * sizeof *slopes);

    TW_TRY(tw_run_check(run));
#pragma omp parallel for if (size > TW_SERIAL / 64)
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            mean_slopes(p, y, x, slopes + 2 * ((int64_t) y * p->width + x));
    for (int64_t i = 0; i < 2 * size; i++)
        p->value[i / 2 * p->channels + ACROSS + i % 2] = slopes[i];
    tw_run_release(run, mark);
    return tw_run_poll(run);
}

static tw_area
smaller(tw_area a, int shift)
{
    const int round = (1 << shift) - 1;

    return (tw_area) { a.top >> shift, a.left >> shift,
                       (a.bottom + round) >> shift,
                       (a.right + round) >> shift };
}

tw_status
tw_scale_make(tw_patches *p, const tw_tensor *x, const unsigned char *known,
              int shift, tw_area area, tw_run *run)
{
    const int height = (int) (x->shape.dim[2] >> shift);
    const int width = (int) (x->shape.dim[3] >> shift);

    TW_TRY(tw_patches_make(p, height, width, TW_SCALE_CHANNELS, run));
#pragma omp parallel for if (x->size > TW_SERIAL)
    for (int r = 0; r < height; r++)
        for (int c = 0; c < width; c++) {
            const int64_t at = (int64_t) r * width + c;

            p->known[at] = shrink(x, known, shift, r, c,
                                  p->value + at * TW_SCALE_CHANNELS);
        }
    TW_TRY(smooth_slopes(p, run));
    return tw_patches_find(p, smaller(area, shift), run);
}

size_t
tw_scale_kept(int64_t height, int64_t width, int64_t targets)
{
    return tw_patches_bytes(height, width, TW_SCALE_CHANNELS, targets);
}

size_t
tw_scale_bytes(int64_t height, int64_t width, int64_t targets)
{
    return tw_scale_kept(height, width, targets) +
           (size_t) (height * width) * 2 * sizeof(float) + 256;
}

/* The pixels at full size that pixel (@r, @c) stands for take those from around
 * @from on. */
static void
take_from(const tw_patches *p, int shift, int r, int c, int32_t from,
          const unsigned char *known, tw_tensor *x)
{
    const int64_t w = x->shape.dim[3], plane = x->size / COLORS;
    const int side = 1 << shift;
    const int64_t ahead =
        (((int64_t) from / p->width - r) * w + (int64_t) from % p->width - c) *
        side;

    for (int64_t y = (int64_t) r * side; y < (int64_t) (r + 1) * side; y++)
        for (int64_t i = (int64_t) c * side; i < (int64_t) (c + 1) * side;
             i++) {
            const int64_t at = y * w + i;

            for (int64_t k = 0; !known[at] && k < COLORS; k++)
                x->data[k * plane + at] = x->data[k * plane + at + ahead];
        }
}

void
tw_scale_show(const tw_patches *p, const tw_field *f, int shift,
              const unsigned char *known, tw_tensor *x)
{
    const int64_t plane = x->size / COLORS;

#pragma omp parallel for schedule(dynamic, 8) if (x->size > TW_SERIAL)
    for (int r = 0; r < p->height; r++)
        for (int c = 0; c < p->width; c++) {
            const int64_t at = (int64_t) r * p->width + c;
            const int32_t from =
                p->known[at] || !shift ? -1 : tw_self_nearest(p, f, r, c);

            if (from >= 0)
                take_from(p, shift, r, c, from, known, x);
            for (int k = 0; !shift && !p->known[at] && k < COLORS; k++)
                x->data[k * plane + at] = p->value[at * p->channels + k];
        }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "priors/self.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "core/sizing.h"

enum {
    COLORS = 3,
    ROUNDS = 8, /* of the search: from there on the mean changes no more */
    ROWS = 32   /* of pixels between two looks at the cancel flag */
};

/* --- the mean --- */

/* A candidate for one pixel: where its value is, and the distance of the patch
 * that it belongs to, which then becomes its weight. */
typedef struct vote {
    int32_t at;
    float distance;
    double weight;
} vote;

enum { VOTES = TW_PATCH * TW_PATCH * TW_CANDIDATES };

/* Of the patches that hold both (@y, @x) and the pixel (@dy, @dx) from there. */
static int
collect(const tw_patches *p, const tw_field *f, int y, int x, int dy, int dx,
        vote *votes)
{
    int n = 0;

    for (int r = 0; r < TW_PATCH - dy && r <= y; r++)
        for (int c = 0; c < TW_PATCH - dx && c <= x; c++) {
            const int64_t number =
                p->place[(int64_t) (y - r) * p->width + x - c];

            for (int i = 0; number >= 0 && i < f->count; i++) {
                const int64_t k = number * f->count + i;

                if (f->source[k] >= 0)
                    votes[n++] = (vote) { .at = f->source[k] + r * p->width + c,
                                          .distance = f->distance[k] };
            }
        }
    return n;
}

/* Weights of @n votes; their sum is 1. */
static void
weigh(vote *votes, int n, double sigma)
{
    float least = HUGE_VALF;
    double sum = 0;

    for (int i = 0; i < n; i++)
        least = fminf(least, votes[i].distance);
    for (int i = 0; i < n; i++) {
        const double more = (double) votes[i].distance - (double) least;

        votes[i].weight = exp(-more / (2 * sigma * sigma));
        sum += votes[i].weight;
    }
    for (int i = 0; i < n; i++)
        votes[i].weight /= sum;
}

bool
tw_self_pixel(const tw_patches *p, const tw_field *f, double sigma, int y,
              int x, float *mean)
{
    vote votes[VOTES];
    double sum[TW_PATCH_CHANNELS] = { 0 };
    const int n = collect(p, f, y, x, 0, 0, votes);

    weigh(votes, n, sigma);
    for (int i = 0; i < n; i++) {
        const float *value = p->value + (int64_t) votes[i].at * p->channels;

        for (int c = 0; c < p->channels; c++)
            sum[c] += votes[i].weight * (double) value[c];
    }
    for (int c = 0; n > 0 && c < p->channels; c++)
        mean[c] = (float) sum[c];
    return n > 0;
}

bool
tw_self_slope(const tw_patches *p, const tw_field *f, double sigma, int y,
              int x, int dy, int dx, float *slope)
{
    vote votes[VOTES];
    double sum[TW_PATCH_CHANNELS] = { 0 };
    const int n = collect(p, f, y, x, dy, dx, votes);
    const int64_t step = ((int64_t) dy * p->width + dx) * p->channels;

    weigh(votes, n, sigma);
    for (int i = 0; i < n; i++) {
        const float *value = p->value + (int64_t) votes[i].at * p->channels;

        for (int c = 0; c < p->channels; c++)
            sum[c] += votes[i].weight *
                      ((double) value[step + c] - (double) value[c]);
    }
    for (int c = 0; n > 0 && c < p->channels; c++)
        slope[c] = (float) sum[c];
    return n > 0;
}

int32_t
tw_self_nearest(const tw_patches *p, const tw_field *f, int y, int x)
{
    vote votes[VOTES];
    const int n = collect(p, f, y, x, 0, 0, votes);
    float least = HUGE_VALF;
    int32_t at = -1;

    for (int i = 0; i < n; i++)
        if (votes[i].distance < least) {
            least = votes[i].distance;
            at = votes[i].at;
        }
    return at;
}

/* Sources hold known pixels only, so pixels may be changed at once. */
static void
set_row(tw_patches *p, const tw_field *f, double sigma, int y)
{
    for (int x = 0; x < p->width; x++) {
        const int64_t at = (int64_t) y * p->width + x;

        if (!p->known[at])
            tw_self_pixel(p, f, sigma, y, x, p->value + at * p->channels);
    }
}

tw_status
tw_self_mean(tw_patches *p, const tw_field *f, double sigma, tw_run *run)
{
    for (int from = 0; from < p->height; from += ROWS) {
        const int to = from + ROWS < p->height ? from + ROWS : p->height;

#pragma omp parallel for schedule(dynamic, 1)
        for (int y = from; y < to; y++)
            set_row(p, f, sigma, y);
        TW_TRY(tw_run_poll(run));
    }
    return TW_OK;
}

/* --- the prior --- */

typedef struct self {
    tw_prior base;
    int height, width, candidates;
    uint32_t key[2];
    float *picture; /* [3][height][width] */
    unsigned char known[];
} self;

/* @x where it is not known. */
static void
take_pixels(const self *s, const tw_tensor *x, tw_patches *p)
{
    const int64_t size = (int64_t) s->height * s->width;

    memcpy(p->known, s->known, (size_t) size);
    for (int64_t i = 0; i < size; i++)
        for (int64_t c = 0; c < COLORS; c++)
            p->value[i * COLORS + c] =
                s->known[i] ? s->picture[c * size + i] : x->data[c * size + i];
}

/* All patches are targets, at most. */
static size_t
most_bytes(const self *s)
{
    const int64_t size = (int64_t) s->height * s->width;

    return tw_patches_bytes(s->height, s->width, COLORS, size) +
           tw_field_bytes(size, s->candidates);
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const self *s = (const self *) prior;
    const int64_t size = (int64_t) s->height * s->width;
    tw_patches p;
    tw_field f;

    if (tape)
        return tw_fail(tw_run_error(run), TW_ERR_UNSUPPORTED,
                       _("The picture's own patches have no derivatives: "
                         "choose another solver, such as 'hqs'"));
    if (tw_shape_size(x->shape) != COLORS * size || x->shape.dim[3] != s->width)
        return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                       _("The picture has another size than the one whose "
                         "patches are used"));
    if (tw_run_is_sizing(run)) {
        (void) tw_scratch_bytes(run, most_bytes(s));
        return tw_run_check(run);
    }
    TW_TRY(tw_patches_make(&p, s->height, s->width, COLORS, run));
    take_pixels(s, x, &p);
    TW_TRY(tw_patches_find(&p, (tw_area) { 0, 0, s->height, s->width }, run));
    TW_TRY(tw_field_make(&f, &p, s->candidates, s->key, run));
    TW_TRY(tw_field_search(&f, &p, ROUNDS, run));
    TW_TRY(tw_self_mean(&p, &f, sigma, run));
    for (int64_t i = 0; i < size; i++)
        for (int64_t c = 0; c < COLORS; c++)
            x0->data[c * size + i] = p.value[i * COLORS + c];
    return TW_OK;
}

/* Comparisons with neighbors' candidates and with some twenty random ones. */
static double
work(const tw_prior *prior, tw_shape x)
{
    const int tried = 4 * ((const self *) prior)->candidates + 20;

    return 4.0 * ROUNDS * tried * TW_PATCH * TW_PATCH *
           (double) tw_shape_size(x);
}

static void
destroy(tw_prior *prior)
{
    free(((self *) prior)->picture);
    free(prior);
}

static const tw_prior_class klass = {
    .name = "self",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

static bool
has_source(const self *s)
{
    for (int y = 0; y <= s->height - TW_PATCH; y++)
        for (int x = 0; x <= s->width - TW_PATCH; x++) {
            bool whole = true;

            for (int r = 0; whole && r < TW_PATCH; r++)
                whole = !memchr(s->known + (int64_t) (y + r) * s->width + x, 0,
                                TW_PATCH);
            if (whole)
                return true;
        }
    return false;
}

/* Of what is known. */
static double
deviation(const self *s)
{
    const int64_t size = (int64_t) s->height * s->width;
    double sum = 0, squares = 0;
    int64_t count = 0;

    for (int64_t i = 0; i < COLORS * size; i++)
        if (s->known[i % size]) {
            sum += (double) s->picture[i];
            squares += (double) s->picture[i] * (double) s->picture[i];
            count++;
        }
    const double mean = sum / (double) count;

    return sqrt(fmax(squares / (double) count - mean * mean, 0));
}

tw_prior *
tw_prior_self(const tw_tensor *picture, const unsigned char *known,
              int candidates, uint64_t seed)
{
    const size_t colors = (size_t) picture->size * sizeof *picture->data;
    const size_t pixels = (size_t) picture->size / COLORS;
    self *s = calloc(1, sizeof *s + pixels);

    if (s)
        s->picture = malloc(colors);
    if (!s || !s->picture) {
        free(s);
        return NULL;
    }
    s->height = (int) picture->shape.dim[2];
    s->width = (int) picture->shape.dim[3];
    s->candidates = candidates;
    s->key[0] = (uint32_t) seed;
    s->key[1] = (uint32_t) (seed >> 32);
    memcpy(s->picture, picture->data, colors);
    memcpy(s->known, known, pixels);
    if (!has_source(s)) {
        destroy(&s->base);
        return NULL;
    }
    s->base = (tw_prior) { .klass = &klass,
                           .sigma_min = 1e-4,
                           .sigma_max = HUGE_VAL,
                           .sigma_data = deviation(s) };
    return &s->base;
}

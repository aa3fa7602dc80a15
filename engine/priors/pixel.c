/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/parallel.h"
#include "nets/photo-unet.h"
#include "priors/pixel.h"

typedef struct pixel {
    tw_prior base;
    tw_photo_unet *net;
    float *tags; /* NULL: none */
} pixel;

/* The way between a state and its padded form, for the pulls. */
typedef struct frame {
    tw_shape state, padded;
} frame;

/* Mirrored about the outermost pixels, as often as needed. */
static int64_t
reflect(int64_t i, int64_t n)
{
    if (n == 1)
        return 0;
    const int64_t period = 2 * (n - 1), j = i % period;

    return j < n ? j : period - j;
}

static int64_t
round_up(int64_t n, int64_t multiple)
{
    return (n + multiple - 1) / multiple * multiple;
}

static frame
frame_of(const pixel *p, tw_shape x)
{
    const int64_t align = tw_photo_unet_align(p->net);

    return (frame) { x, tw_shape4(x.dim[0], x.dim[1], round_up(x.dim[2], align),
                                  round_up(x.dim[3], align)) };
}

/* All planes of @x into the larger ones of @out, reflected at right and
 * bottom. */
static void
pad(const tw_tensor *x, tw_tensor *out)
{
    const int64_t h = x->shape.dim[2], w = x->shape.dim[3];
    const int64_t H = out->shape.dim[2], W = out->shape.dim[3];
    const int64_t rows = out->size / W;

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t r = 0; r < rows; r++) {
        const float *from = x->data + (r / H * h + reflect(r % H, h)) * w;
        float *to = out->data + r * W;

        memcpy(to, from, (size_t) w * sizeof *to);
        for (int64_t c = w; c < W; c++)
            to[c] = from[reflect(c, w)];
    }
}

static void
crop(const tw_tensor *x, tw_tensor *out)
{
    const int64_t h = out->shape.dim[2], w = out->shape.dim[3];
    const int64_t H = x->shape.dim[2], W = x->shape.dim[3];
    const int64_t rows = out->size / w;

#pragma omp parallel for if (out->size > TW_SERIAL)
    for (int64_t r = 0; r < rows; r++)
        memcpy(out->data + r * w, x->data + (r / h * H + r % h) * W,
               (size_t) w * sizeof *x->data);
}

/* The adjoint of pad(): what was copied is added back. */
static tw_status
pad_pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const frame *f = saved;
    const int64_t h = f->state.dim[2], w = f->state.dim[3];
    const int64_t H = f->padded.dim[2], W = f->padded.dim[3];
    const int64_t planes = g->size / (h * w);

    (void) run;
    tw_fill(g, 0);
#pragma omp parallel for if (v->size > TW_SERIAL)
    for (int64_t p = 0; p < planes; p++)
        for (int64_t r = 0; r < H; r++) {
            const float *from = v->data + (p * H + r) * W;
            float *to = g->data + (p * h + reflect(r, h)) * w;

            for (int64_t c = 0; c < W; c++)
                to[reflect(c, w)] += from[c];
        }
    return TW_OK;
}

/* The adjoint of crop(): zeros around. */
static tw_status
crop_pull(const void *saved, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const frame *f = saved;
    const int64_t h = f->state.dim[2], w = f->state.dim[3];
    const int64_t H = f->padded.dim[2], W = f->padded.dim[3];

    (void) run;
    tw_fill(g, 0);
#pragma omp parallel for if (v->size > TW_SERIAL)
    for (int64_t r = 0; r < v->size / w; r++)
        memcpy(g->data + (r / h * H + r % h) * W, v->data + r * w,
               (size_t) w * sizeof *v->data);
    return TW_OK;
}

static tw_status
evaluate(const pixel *p, const tw_tensor *x, double sigma, tw_tensor *x0,
         tw_tape *tape, tw_run *run)
{
    const double sd = p->base.sigma_data;
    const double r = 1 / sqrt(sigma * sigma + sd * sd);

    return tw_photo_unet_eval(p->net, x, r, log(sigma), p->tags,
                              sd * sd * r * r, sd * sigma * r, x0, tape, run);
}

static tw_status
denoise(const tw_prior *prior, const tw_tensor *x, double sigma, tw_tensor *x0,
        tw_tape *tape, tw_run *run)
{
    const pixel *p = (const pixel *) prior;
    const frame f = frame_of(p, x->shape);

    if (tw_shape_equal(f.state, f.padded))
        return evaluate(p, x, sigma, x0, tape, run);

    tw_tensor *padded = tw_scratch_shape(run, f.padded);
    frame *saved = tape ? tw_tape_bytes(tape, sizeof *saved) : NULL;

    TW_TRY(tw_run_check(run));
    pad(x, padded);
    if (saved) {
        *saved = f;
        TW_TRY(tw_tape_record(tape, pad_pull, saved, f.state, f.padded));
    }
    TW_TRY(evaluate(p, padded, sigma, padded, tape, run));
    if (saved)
        TW_TRY(tw_tape_record(tape, crop_pull, saved, f.padded, f.state));
    crop(padded, x0);
    return TW_OK;
}

static double
work(const tw_prior *prior, tw_shape x)
{
    const pixel *p = (const pixel *) prior;
    const frame f = frame_of(p, x);

    return (double) x.dim[0] *
           tw_photo_unet_work(p->net, f.padded.dim[2], f.padded.dim[3]);
}

static void
destroy(tw_prior *prior)
{
    pixel *p = (pixel *) prior;

    tw_photo_unet_free(p->net);
    free(p->tags);
    free(p);
}

static const tw_prior_class klass = {
    .name = "pixel",
    .denoise = denoise,
    .work = work,
    .free = destroy,
};

static tw_status
copy_tags(pixel *p, const tw_card *card, const float *tags, tw_error *err)
{
    const int width = tw_photo_unet_text(p->net);

    if (!tags)
        return TW_OK;
    if (card->tag_count > width)
        return tw_fail(err, TW_ERR_MODEL,
                       _("The card of model '%s' lists %d words, its network "
                         "takes %d: install the model again"),
                       card->id, card->tag_count, width);
    p->tags = calloc((size_t) width, sizeof *p->tags);
    if (!p->tags)
        return tw_fail(err, TW_ERR_MEMORY, _("Out of memory"));
    memcpy(p->tags, tags, (size_t) card->tag_count * sizeof *tags);
    return TW_OK;
}

tw_status
tw_prior_pixel(const tw_card *card, const tw_weights *weights,
               const float *tags, tw_prior **out, tw_error *err)
{
    pixel *p = calloc(1, sizeof *p);

    if (!p)
        return tw_fail(err, TW_ERR_MEMORY, _("Out of memory"));
    p->base = (tw_prior) { .klass = &klass,
                           .sigma_min = card->sigma_min,
                           .sigma_max = card->sigma_max,
                           .sigma_data = card->sigma_data,
                           .clips = true };
    tw_status status = tw_photo_unet_new(weights, &p->net, err);

    if (status == TW_OK)
        status = copy_tags(p, card, tags, err);
    if (status != TW_OK) {
        destroy(&p->base);
        return status;
    }
    *out = &p->base;
    return TW_OK;
}

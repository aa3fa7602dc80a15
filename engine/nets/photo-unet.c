/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nets/photo-unet.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "ops/eval.h"

/* Limits on what weights and callers may ask for, and constants of the
 * network. */
enum {
    MOST_LEVELS = 8,
    MOST_BLOCKS = 16,
    MOST_SIDE = 1 << 22, /* pixels */
    WAVES = 128,
    COLORS = 3
};
static const double HIGHEST_FREQUENCY = 200;

struct tw_photo_unet {
    const tw_weights *weights;
    int levels, blocks, text;
};

/* One evaluation. */
typedef struct request {
    const tw_photo_unet *net;
    const tw_tensor *x;
    double scale, ln_sigma;
    const float *tags;
    double a, b;
    tw_tensor *out;
} request;

static tw_node *
embed(tw_eval *e, const request *r)
{
    tw_node *v = tw_waves(e, r->ln_sigma / 4, HIGHEST_FREQUENCY, WAVES);

    v = tw_linear(e, "emb1", v, true);
    if (r->tags)
        v = tw_vector_add(e, v,
                          tw_linear(e, "text",
                                    tw_vector_in(e, r->tags, r->net->text),
                                    false));
    v = tw_linear(e, "emb2", tw_vector_silu(e, v), true);
    return tw_vector_silu(e, v);
}

/* x + conv2(silu(film(conv1(silu(x))))) for each block */
static tw_node *
blocks(tw_eval *e, const request *r, const char *side, int level, tw_node *x,
       tw_node *embedding)
{
    for (int block = 0; block < r->net->blocks; block++) {
        tw_enter(e, "%s.%d.%d", side, level, block);
        tw_node *film = tw_film(e, "film", tw_ref(embedding));
        tw_node *h = tw_convolve(e, "conv1", tw_ref(x),
                                 (tw_with) { .silu = true, .film = film });

        x = tw_convolve(e, "conv2", h, (tw_with) { .silu = true, .add = x });
        tw_leave(e);
    }
    return x;
}

static void
forward(tw_eval *e, const void *user_data)
{
    const request *r = user_data;
    const int last = r->net->levels - 1;
    tw_node *embedding = embed(e, r), *skip[MOST_LEVELS];
    tw_node *x = tw_picture_in(e, r->x, r->scale);

    x = tw_convolve(e, "stem", x, (tw_with) { .bias = true });
    for (int level = 0; level <= last; level++) {
        x = blocks(e, r, "enc", level, x, embedding);
        if (level < last) {
            skip[level] = tw_ref(x);
            tw_enter(e, "down.%d", level);
            x = tw_down2(e, NULL, x);
            tw_leave(e);
        }
    }
    for (int level = last - 1; level >= 0; level--) {
        tw_enter(e, "up.%d", level);
        x = tw_up2(e, NULL, x, skip[level]);
        tw_leave(e);
        x = blocks(e, r, "dec", level, x, embedding);
    }
    tw_unref(e, embedding);
    x = tw_convolve(e, "head", x, (tw_with) { .silu = true, .bias = true });
    tw_picture_out(e, x, r->a, r->x, r->b, r->out);
}

/* Is there anything of this block? Not just one of its weights, so that a file
 * that lacks it is not taken for a smaller network. */
static bool
has_block(const tw_weights *weights, int level, int block)
{
    static const char *const parts[] = { "conv1", "conv2", "film" };
    char name[64];

    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "enc.%d.%d.%s.weight", level, block,
                 parts[i]);
        if (tw_weights_find(weights, name))
            return true;
    }
    return false;
}

static tw_status
too_large(tw_error *err)
{
    return tw_fail(err, TW_ERR_MEMORY, _("The picture is too large"));
}

/* Plans an evaluation, which also checks every weight. Sides are limited so
 * that no product of sizes overflows. */
static tw_status
plan(const tw_photo_unet *net, int64_t height, int64_t width, double *work,
     tw_error *err)
{
    static const float no_words;
    const tw_tensor x = { .shape = tw_shape4(1, COLORS, height, width) };
    const request r = { .net = net, .x = &x, .tags = &no_words };

    if (height > MOST_SIDE || width > MOST_SIDE)
        return too_large(err);
    return tw_plan_evaluation(net->weights, forward, &r, work, err);
}

tw_status
tw_photo_unet_new(const tw_weights *weights, tw_photo_unet **out, tw_error *err)
{
    const tw_tensor *text = tw_weights_find(weights, "text.weight");
    tw_photo_unet *net = calloc(1, sizeof *net);
    tw_status status;
    double work;

    *out = NULL;
    if (!net)
        return tw_fail(err, TW_ERR_MEMORY, _("Not enough memory"));
    net->weights = weights;
    net->levels = net->blocks = 1; /* the plan names what is missing */
    while (net->levels < MOST_LEVELS && has_block(weights, net->levels, 0))
        net->levels++;
    while (net->blocks < MOST_BLOCKS && has_block(weights, 0, net->blocks))
        net->blocks++;
    if (text && text->shape.dim[1] <= UINT16_MAX)
        net->text = (int) text->shape.dim[1];
    else
        net->text = 1;
    status = plan(net, tw_photo_unet_align(net), tw_photo_unet_align(net),
                  &work, err);
    if (status != TW_OK)
        free(net);
    else
        *out = net;
    return status;
}

void
tw_photo_unet_free(tw_photo_unet *net)
{
    free(net);
}

int
tw_photo_unet_align(const tw_photo_unet *net)
{
    return 1 << net->levels; /* the stem halves once more than the levels */
}

int
tw_photo_unet_text(const tw_photo_unet *net)
{
    return net->text;
}

tw_status
tw_photo_unet_eval(const tw_photo_unet *net, const tw_tensor *x, double scale,
                   double ln_sigma, const float *tags, double a, double b,
                   tw_tensor *out, tw_tape *tape, tw_run *run)
{
    const request r = { net, x, scale, ln_sigma, tags, a, b, out };
    const int64_t *dim = x->shape.dim;
    const int align = tw_photo_unet_align(net);

    if (dim[1] != COLORS || dim[2] < 1 || dim[2] % align != 0 || dim[3] < 1 ||
        dim[3] % align != 0 || !tw_shape_equal(x->shape, out->shape))
        return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                       _("The network cannot work on a picture of this size"));
    if (dim[2] > MOST_SIDE || dim[3] > MOST_SIDE)
        return too_large(tw_run_error(run));
    return tw_evaluate(net->weights, forward, &r, tape, run);
}

double
tw_photo_unet_work(const tw_photo_unet *net, int64_t height, int64_t width)
{
    double work;

    return plan(net, height, width, &work, NULL) == TW_OK ? work : HUGE_VAL;
}

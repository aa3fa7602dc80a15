/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-picture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "check-weights.h"
#include "core/random.h"

static size_t
floats_of(const tw_image *picture)
{
    return (size_t) picture->height * (size_t) picture->stride;
}

tw_image
check_picture(int width, int height)
{
    tw_image p = { width, height, 4 * (ptrdiff_t) width, NULL };

    p.data = g_new(float, floats_of(&p));
    for (size_t i = 0; i < floats_of(&p); i++)
        p.data[i] = i % 4 == 3 ? 1 : 0.5F;
    return p;
}

tw_image
check_photo(const char *name, int left, int top, int width, int height)
{
    tw_safetensors *file = check_golden("crops.safetensors");
    tw_tensor *crop = check_stored(file, name);
    tw_image p = check_picture(width, height);
    const int side = (int) crop->shape.dim[2];

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                p.data[y * p.stride + 4 * x + c] =
                    crop->data[(c * side + (top + y) % side) * side +
                               (left + x) % side] /
                    255;
    check_free(crop);
    tw_safetensors_free(file);
    return p;
}

tw_image
check_picture_copy(const tw_image *picture)
{
    tw_image p = *picture;

    p.data = g_memdup2(p.data, floats_of(&p) * sizeof *p.data);
    return p;
}

void
check_picture_free(tw_image *picture)
{
    g_clear_pointer(&picture->data, g_free);
}

tw_image
check_degraded(const tw_operator *op, const tw_image *in, int width, int height)
{
    tw_image out = check_picture(width, height);
    tw_tensor *x = check_tensor(tw_shape4(1, 3, in->height, in->width));
    tw_tensor *y = check_tensor(tw_shape4(1, 3, height, width));
    tw_run *run = check_run(0, 0);

    tw_image_to_tensor(in, x);
    check_ok(tw_forward(op, x, y, run), run);
    tw_image_from_tensor(&out, y);
    tw_run_free(run);
    check_free(x);
    check_free(y);
    return out;
}

void
check_picture_noise(tw_image *picture, double deviation, uint64_t seed)
{
    const size_t size = floats_of(picture);
    float *noise = g_new(float, size);

    tw_random_normal(seed, 0, 0, noise, (int64_t) size);
    for (size_t i = 0; i < size; i++)
        if (i % 4 != 3)
            picture->data[i] += (float) deviation * noise[i];
    g_free(noise);
}

void
check_picture_soften(tw_image *picture)
{
    for (ptrdiff_t i = 0; i < picture->height * picture->stride; i++)
        if (i % 4 != 3)
            picture->data[i] = 0.05F + 0.9F * picture->data[i];
}

gboolean
check_picture_equal(const tw_image *a, const tw_image *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->data, b->data, floats_of(a) * sizeof *a->data) == 0;
}

double
check_picture_distance(const tw_image *a, const tw_image *b)
{
    const size_t size = floats_of(a);
    double sum = 0;

    g_assert_cmpuint(size, ==, floats_of(b));
    for (size_t i = 0; i < size; i++) {
        const double d = (double) a->data[i] - (double) b->data[i];

        sum += i % 4 == 3 ? 0 : d * d;
    }
    return sqrt(sum / (0.75 * (double) size));
}

void
check_set(tw_request *request, const char *key, const char *text)
{
    tw_error err = { 0 };

    if (tw_request_set(request, key, text, &err) != TW_OK)
        g_error("%s=%s: %s", key, text, err.text);
}

tw_request *
check_request(const char *words)
{
    char **list = g_strsplit(words, " ", -1);
    tw_request *request = tw_request_new(tw_task_find(list[0]));

    for (char **word = list + 1; *word; word++) {
        char **pair = g_strsplit(*word, "=", 2);

        check_set(request, pair[0], pair[1]);
        g_strfreev(pair);
    }
    g_strfreev(list);
    return request;
}

tw_store *
check_store(void)
{
    static const char *const folders[] = { TW_TEST_MODELS, NULL };
    static tw_store *store;

    if (!store)
        store = tw_store_new(folders);
    g_assert_nonnull(store);
    return store;
}

static const char small_card[] =
    "{\"contract\":1,\"id\":\"small\",\"title\":\"Made up\","
    "\"license\":\"CC0-1.0\",\"source\":\"check-picture.c\","
    "\"network\":\"photo-unet\",\"weights\":\"small.safetensors\","
    "\"sigma_min\":0.01,\"sigma_max\":80,\"sigma_data\":0.5,"
    "\"prompt\":{\"tags\":[\"cat\",\"bird\",\"sky\",\"tree\",\"sea\"]}}";

/* The files are only needed until the weights are loaded. */
tw_store *
check_small_store(void)
{
    check_weight list[CHECK_SMALL_NETWORK];
    GByteArray *file = check_weights_file(list, check_small_network(list), 1);
    char *dir = g_dir_make_tmp("tweedie-XXXXXX", NULL);
    char *model = g_build_filename(dir, "small", NULL);
    char *card = g_build_filename(model, "card.json", NULL);
    char *weights = g_build_filename(model, "small.safetensors", NULL);
    const char *const folders[] = { dir, NULL };
    tw_store *store;
    tw_prior *prior;
    tw_error err;

    g_mkdir(model, 0700);
    g_assert_true(g_file_set_contents(card, small_card, -1, NULL));
    g_assert_true(g_file_set_contents(weights, (const char *) file->data,
                                      file->len, NULL));
    store = tw_store_new(folders);
    g_assert_cmpint(
        tw_store_prior(store, tw_store_card(store, 0), NULL, &prior, &err), ==,
        TW_OK);
    tw_prior_free(prior);
    g_remove(weights);
    g_remove(card);
    g_rmdir(model);
    g_rmdir(dir);
    g_free(weights);
    g_free(card);
    g_free(model);
    g_free(dir);
    g_byte_array_unref(file);
    return store;
}

tw_status
check_restore(const tw_request *request, const tw_image *in, tw_image *out,
              tw_report *report, tw_error *err)
{
    const double threads = tw_request_real(request, "threads");
    tw_plan plan;
    tw_status status = tw_plan_request(request, check_store(), in->width,
                                       in->height, 0, &plan, err);

    if (status != TW_OK)
        return status;
    const tw_run_config config = {
        .seed = (uint64_t) tw_request_real(request, "seed"),
        .threads = isnan(threads) ? 0 : (int) threads,
        .memory_limit = plan.bytes,
    };
    tw_run *run = tw_run_new(&config);

    for (int i = 0; i < plan.results; i++)
        out[i] = check_picture(plan.width, plan.height);
    status = tw_restore(request, check_store(), in, out, report, run);
    for (int i = 0; status != TW_OK && i < plan.results; i++)
        check_picture_free(&out[i]);
    *err = *tw_run_error(run);
    g_assert_cmpuint(tw_run_peak(run), <=, plan.bytes);
    tw_run_free(run);
    return status;
}

tw_image
check_restored(const char *words, const tw_image *in, const tw_image *mask,
               tw_report *report)
{
    tw_request *request = check_request(words);
    tw_image out[16];
    tw_error err = { 0 };

    tw_request_mask(request, mask);
    if (check_restore(request, in, out, report, &err) != TW_OK)
        g_error("%s: %s", words, err.text);
    tw_request_free(request);
    return out[0];
}

tw_status
check_job_run(void *job)
{
    check_job *j = job;
    tw_run *run = tw_run_new(&(tw_run_config) { .threads = 1 });
    tw_status status = TW_ERR_MEMORY;

    if (run)
        status = tw_restore(j->request, j->store, &j->in, &j->out, NULL, run);
    tw_run_free(run);
    return status;
}

void
check_job_clear(check_job *job)
{
    tw_store_free(job->store);
    tw_request_free(job->request);
    check_picture_free(&job->in);
    check_picture_free(&job->out);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/request.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "tasks/keys.h"
#include "tasks/mask.h"
#include "tasks/task-private.h"
#include "tasks/value.h"

typedef struct setting {
    const tw_param *param;
    char *text;
    double value;
} setting;

/* What was seen of a mask. */
typedef struct seen {
    bool valid;
    tw_box box;
} seen;

struct tw_request {
    const tw_task *task;
    const tw_solver *solver; /* NULL: auto */
    setting settings[TW_KEYS_MAX];
    int count;
    const tw_image *kernel, *mask;
    seen *seen;
    const char *file;
};

tw_request *
tw_request_new(const tw_task *task)
{
    tw_request *request = calloc(1, sizeof *request);

    if (!request)
        return NULL;
    request->task = task;
    request->seen = calloc(1, sizeof *request->seen);
    if (request->seen)
        return request;
    free(request);
    return NULL;
}

void
tw_request_free(tw_request *request)
{
    if (!request)
        return;
    for (int i = 0; i < request->count; i++)
        free(request->settings[i].text);
    free(request->seen);
    free(request);
}

tw_request *
tw_request_copy(const tw_request *request)
{
    tw_request *copy = tw_request_new(request->task);

    if (!copy)
        return NULL;
    seen *own = copy->seen;

    *own = *request->seen;
    *copy = *request;
    copy->seen = own;
    copy->count = 0;
    for (int i = 0; i < request->count; i++) {
        char *text = strdup(request->settings[i].text);

        if (!text) {
            tw_request_free(copy);
            return NULL;
        }
        copy->settings[copy->count++].text = text;
    }
    return copy;
}

const tw_task *
tw_request_task(const tw_request *request)
{
    return request->task;
}

const tw_param *
tw_request_param(const tw_request *request, const char *key)
{
    return tw_keys_find(request->task, request->solver, key);
}

/* The index of a setting; -1: not set. */
static int
find(const tw_request *request, const char *key)
{
    for (int i = 0; i < request->count; i++)
        if (strcmp(request->settings[i].param->name, key) == 0)
            return i;
    return -1;
}

/* Another solver: settings that only the one before knew go. */
static void
choose_solver(tw_request *request, const char *name)
{
    int kept = 0;

    request->solver = tw_solver_find(name);
    for (int i = 0; i < request->count; i++) {
        const setting s = request->settings[i];

        if (tw_request_param(request, s.param->name) == s.param)
            request->settings[kept++] = s;
        else
            free(s.text);
    }
    request->count = kept;
}

tw_status
tw_request_set(tw_request *request, const char *key, const char *text,
               tw_error *err)
{
    const tw_param *param = tw_request_param(request, key);
    int i = find(request, key);
    double value;

    if (!param)
        return tw_keys_unknown(request->task, request->solver, key, err);
    TW_TRY(tw_value_parse(param, text, &value, err));
    char *copy = strdup(text);

    if (!copy)
        return tw_fail(err, TW_ERR_MEMORY, _("The system has no memory left"));
    assert(i >= 0 || request->count < TW_KEYS_MAX);
    if (i < 0)
        i = request->count++;
    else
        free(request->settings[i].text);
    request->settings[i] = (setting) { param, copy, value };
    if (strcmp(key, "solver") == 0)
        choose_solver(request, text);
    return TW_OK;
}

bool
tw_request_has(const tw_request *request, const char *key)
{
    return find(request, key) >= 0;
}

double
tw_request_real(const tw_request *request, const char *key)
{
    const int i = find(request, key);
    const tw_param *param = i < 0 ? tw_request_param(request, key) : NULL;

    assert(i >= 0 || param);
    return param ? param->initial : request->settings[i].value;
}

const char *
tw_request_text(const tw_request *request, const char *key)
{
    const int i = find(request, key);

    return i < 0 ? "" : request->settings[i].text;
}

double
tw_request_detail(const tw_request *request)
{
    const double style = tw_request_real(request, "style");
    const double detail = tw_request_real(request, "detail");

    if (style > 0)
        return style - 1;
    return isnan(detail) ? tw_task_detail(request) : detail / 100;
}

const tw_solver *
tw_request_solver(const tw_request *request)
{
    return request->solver ? request->solver : tw_task_solver(request);
}

void
tw_request_kernel(tw_request *request, const tw_image *kernel)
{
    request->kernel = kernel;
}

void
tw_request_mask(tw_request *request, const tw_image *mask)
{
    request->mask = mask;
    request->seen->valid = false;
}

void
tw_request_file(tw_request *request, const char *path)
{
    request->file = path;
}

const char *
tw_request_get_file(const tw_request *request)
{
    return request->file;
}

const tw_image *
tw_request_get_kernel(const tw_request *request)
{
    return request->kernel;
}

const tw_image *
tw_request_get_mask(const tw_request *request)
{
    return request->mask;
}

tw_status
tw_request_mask_box(const tw_request *request, tw_box *box, tw_error *err)
{
    seen *s = request->seen;

    if (!s->valid) {
        TW_TRY(tw_image_check(request->mask, TW_IMAGE_MASK, err));
        s->box = tw_mask_box(request->mask);
        s->valid = true;
    }
    *box = s->box;
    return TW_OK;
}

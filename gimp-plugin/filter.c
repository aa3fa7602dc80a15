/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "checks.h"
#include "core/i18n.h"
#include "drawable.h"
#include "errors.h"
#include "settings/tw-property.h"
#include "source.h"
#include "tasks/words.h"

gboolean
tw_filter_has(const TwFilter *filter, const char *key)
{
    for (const tw_param *p = filter->task->params; p->name; p++)
        if (strcmp(p->name, key) == 0)
            return TRUE;
    return FALSE;
}

gboolean
tw_filter_is_closed(const TwFilter *filter)
{
    return !gimp_image_is_valid(filter->image);
}

TwOutput
tw_filter_output(const TwFilter *filter)
{
    static const char *const names[] = {
        [TW_OUTPUT_NEW_LAYER] = "new-layer",
        [TW_OUTPUT_REPLACE] = "replace",
        [TW_OUTPUT_NEW_IMAGE] = "new-image",
        [TW_OUTPUT_IN_PLACE] = "in-place",
    };
    TwOutput output = TW_OUTPUT_NEW_LAYER;
    char *name = NULL;

    if (tw_filter_is_closed(filter))
        return TW_OUTPUT_NEW_IMAGE;
    g_object_get(filter->config, "output", &name, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_strcmp0(name, names[i]) == 0)
            output = (TwOutput) i;
    g_free(name);
    return output;
}

/* The settings of last time may not fit this layer: a dialog opens all the same,
 * says so, and lets the user choose others. */
static gboolean
is_forgiven(const TwFilter *filter, GError **error)
{
    if (filter->run_mode != GIMP_RUN_INTERACTIVE)
        return FALSE;
    g_clear_error(error);
    return TRUE;
}

/* Refuses before the pixels are copied what does not fit into memory. The mask is
 * not there yet: of a task that has one it is the least that is needed, for a mask
 * that is black. A dialog opens all the same: another setting may fit. */
static gboolean
check_memory(TwFilter *filter, GError **error)
{
    const cairo_rectangle_int_t *area = &filter->area;
    tw_image black = { .width = area->width, .height = area->height };
    tw_request *request = tw_filter_request(filter, error);
    tw_status status = TW_ERR_MEMORY;
    tw_error why = { 0 };
    tw_plan plan;

    if (!request)
        return FALSE;
    if (tw_filter_has(filter, "mask")) { /* all rows are the same one */
        black.data = g_try_malloc0_n((gsize) area->width, 4 * sizeof(float));
        tw_request_mask(request, &black);
    }
    if (black.data || !tw_filter_has(filter, "mask"))
        status = tw_plan_request(request, filter->store, area->width,
                                 area->height, 0, &plan, &why);
    if (status == TW_ERR_MEMORY)
        tw_set_error(error, status, &why);
    g_free(black.data);
    tw_request_free(request);
    return status != TW_ERR_MEMORY;
}

gboolean
tw_filter_open(TwFilter *filter, GError **error)
{
    cairo_rectangle_int_t *layer = &filter->layer;

    filter->consistency = (double) NAN;
    if (!tw_check_readable(filter->drawable, error))
        return FALSE;
    tw_origin_read(&filter->origin, filter->image, filter->drawable);
    (void) gimp_drawable_get_offsets(filter->drawable, &layer->x, &layer->y);
    layer->width = gimp_drawable_get_width(filter->drawable);
    layer->height = gimp_drawable_get_height(filter->drawable);
    if (!tw_check_writable(filter, error) && !is_forgiven(filter, error))
        return FALSE;
    if (!tw_source_find_area(filter, error))
        return FALSE;
    if (!tw_filter_load_kernel(filter, error) && !is_forgiven(filter, error))
        return FALSE;
    if (filter->run_mode != GIMP_RUN_INTERACTIVE &&
        !check_memory(filter, error))
        return FALSE;
    filter->picture = tw_drawable_read(filter->drawable, &filter->area, error);
    if (!filter->picture)
        return FALSE;
    return !tw_filter_has(filter, "mask") || tw_filter_load_mask(filter, error);
}

void
tw_filter_clear(TwFilter *filter)
{
    g_clear_pointer(&filter->picture, tw_picture_unref);
    g_clear_pointer(&filter->kernel, tw_picture_unref);
    g_clear_pointer(&filter->coverage, tw_plane_free);
    g_clear_object(&filter->paint);
    tw_origin_clear(&filter->origin);
}

static gboolean
set(tw_request *request, const char *key, const char *text, GError **error)
{
    tw_error why = { 0 };
    const tw_status status = tw_request_set(request, key, text, &why);

    if (status != TW_OK)
        tw_set_error(error, status, &why);
    return status == TW_OK;
}

/* Half of the machine's memory, and the processors that GIMP may use. */
static gboolean
set_limits(tw_request *request, GError **error)
{
    const double threads = tw_request_real(request, "threads");
    char text[32];

    if (isnan(tw_request_real(request, "memory"))) {
        (void) g_snprintf(text, sizeof text, "%.0f",
                          (double) sysconf(_SC_PHYS_PAGES) *
                              (double) sysconf(_SC_PAGESIZE) / 2);
        if (!set(request, "memory", text, error))
            return FALSE;
    }
    if (isnan(threads) || threads < 1) {
        (void) g_snprintf(text, sizeof text, "%d", gimp_get_num_processors());
        return set(request, "threads", text, error);
    }
    return TRUE;
}

/* A recipe names the file, not that there was one. */
static gboolean
set_kernel(TwFilter *filter, tw_request *request, GError **error)
{
    char *path = NULL;
    gboolean ok = TRUE;

    if (!filter->kernel)
        return TRUE;
    tw_request_kernel(request, &filter->kernel->image);
    if (strcmp(tw_request_text(request, "kernel"), "file") == 0) {
        g_object_get(filter->config, "kernel-file", &path, NULL);
        ok = set(request, "kernel", path, error);
    }
    g_free(path);
    return ok;
}

/* GIMP stores the settings in files, and a prompt must not get there. */
static gboolean
check_settings(const TwFilter *filter, GError **error)
{
    char **words = NULL;
    char *settings = NULL;
    gboolean ok = TRUE;

    g_object_get(filter->config, "settings", &settings, NULL);
    if (settings && tw_words_split(settings, &words, NULL) == TW_OK)
        for (char **word = words; *word; word++)
            ok = ok && !g_str_has_prefix(*word, "prompt=");
    tw_words_free(words);
    g_free(settings);
    return ok ||
           tw_refuse(error, _("Give the prompt in the argument of that name: "
                              "these settings are stored in files"));
}

tw_request *
tw_filter_request(TwFilter *filter, GError **error)
{
    tw_request *request = tw_request_new(filter->task);

    if (!request) {
        tw_set_error(error, TW_ERR_MEMORY, NULL);
        return NULL;
    }
    if (check_settings(filter, error) &&
        tw_property_apply(G_OBJECT(filter->config), request, error) &&
        set_limits(request, error) && set_kernel(filter, request, error))
        return request;
    tw_request_free(request);
    return NULL;
}

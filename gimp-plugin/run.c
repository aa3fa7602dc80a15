/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <math.h>

#include "checks.h"
#include "compute.h"
#include "core/i18n.h"
#include "errors.h"
#include "procedures.h"
#include "prompt.h"
#include "repeat.h"

/* The results of the procedure; takes @error. */
static GimpValueArray *
answer(GimpProcedure *procedure, const TwFilter *filter, gboolean ok,
       GError *error)
{
    GimpValueArray *values;

    if (!ok)
        return gimp_procedure_new_return_values(
            procedure, error ? GIMP_PDB_EXECUTION_ERROR : GIMP_PDB_CANCEL,
            error);
    values =
        gimp_procedure_new_return_values(procedure, GIMP_PDB_SUCCESS, NULL);
    GIMP_VALUES_SET_IMAGE(values, 1, filter->result);
    GIMP_VALUES_SET_LAYER(values, 2, filter->result_layer);
    GIMP_VALUES_SET_DOUBLE(
        values, 3, isnan(filter->consistency) ? -1 : filter->consistency);
    return values;
}

static gboolean
open_store(TwFilter *filter, GError **error)
{
    filter->store = tw_store_new(NULL);
    if (!filter->store)
        return tw_refuse(error, _("The system has no memory left"));
    return TRUE;
}

/* The store is not freed: a thread that was canceled may still be reading
 * weights, and the process ends now. */
static gboolean
run(TwFilter *filter, GError **error)
{
    gboolean ok = open_store(filter, error) && tw_filter_open(filter, error);

    if (ok && filter->run_mode == GIMP_RUN_INTERACTIVE)
        ok = tw_filter_dialog(filter, error);
    else if (ok)
        ok = tw_filter_compute(filter, error);
    tw_filter_clear(filter);
    return ok;
}

GimpValueArray *
tw_run_filter(GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
              GimpDrawable **drawables, GimpProcedureConfig *config,
              gpointer data)
{
    TwFilter filter = {
        .task = tw_procedure_task(gimp_procedure_get_name(procedure)),
        .procedure = procedure,
        .config = config,
        .image = image,
        .run_mode = run_mode,
    };
    GError *error = NULL;
    gboolean ok;

    (void) data;
    gegl_init(NULL, NULL);
    filter.drawable =
        tw_check_layer(image, drawables, tw_filter_has(&filter, "mask"),
                       &filter.quick_mask, &error);
    if (run_mode != GIMP_RUN_NONINTERACTIVE)
        tw_prompt_recall(&filter);
    ok = filter.drawable && run(&filter, &error);
    if (ok && run_mode != GIMP_RUN_NONINTERACTIVE)
        tw_prompt_remember(&filter);
    return answer(procedure, &filter, ok, error);
}

GimpValueArray *
tw_run_repeat(GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
              GimpDrawable **drawables, GimpProcedureConfig *config,
              gpointer data)
{
    TwFilter filter = { .image = image, .run_mode = GIMP_RUN_WITH_LAST_VALS };
    GError *error = NULL;
    GimpDrawable *layer;
    gboolean ok;

    (void) config, (void) data;
    gegl_init(NULL, NULL);
    if (run_mode == GIMP_RUN_NONINTERACTIVE)
        filter.run_mode = run_mode;
    layer = tw_check_layer(image, drawables, FALSE, &filter.quick_mask, &error);
    ok = layer &&
         tw_repeat_prepare(&filter, gimp_procedure_get_plug_in(procedure),
                           layer, &error) &&
         run(&filter, &error);
    g_clear_object(&filter.config);
    g_clear_object(&filter.procedure);
    return answer(procedure, &filter, ok, error);
}

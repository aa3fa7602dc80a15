/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "filter.h"
#include "settings/tw-property.h"

/* The prompt is never written to a file by GIMP itself: neither into the image,
 * where GIMP keeps the last values, nor into the user's settings. */
static GParamFlags
flags_of(const tw_param *param)
{
    if (strcmp(param->name, "prompt") == 0)
        return G_PARAM_READWRITE | (GParamFlags) GIMP_PARAM_DONT_SERIALIZE;
    return G_PARAM_READWRITE;
}

static void
add_choice(GimpProcedure *procedure, const tw_param *param)
{
    GimpChoice *choice = gimp_choice_new();

    for (int i = 0; param->choices[i]; i++)
        gimp_choice_add(choice, param->choices[i], i, param->choices[i], NULL);
    gimp_procedure_add_choice_argument(
        procedure, param->name, _(param->title), _(param->blurb), choice,
        param->choices[(int) param->initial], flags_of(param));
}

static void
add(GimpProcedure *procedure, const tw_param *param)
{
    const char *name = param->name;
    const char *title = _(param->title);
    const char *blurb = _(param->blurb);
    const GParamFlags flags = flags_of(param);
    char *initial;

    switch (tw_property_kind(param)) {
    case TW_PROPERTY_DOUBLE:
        gimp_procedure_add_double_argument(procedure, name, title, blurb,
                                           param->min, param->max,
                                           param->initial, flags);
        break;
    case TW_PROPERTY_INT:
        gimp_procedure_add_int_argument(procedure, name, title, blurb,
                                        (int) param->min, (int) param->max,
                                        (int) param->initial, flags);
        break;
    case TW_PROPERTY_BOOLEAN:
        gimp_procedure_add_boolean_argument(procedure, name, title, blurb,
                                            param->initial > 0, flags);
        break;
    case TW_PROPERTY_CHOICE:
        add_choice(procedure, param);
        break;
    case TW_PROPERTY_STRING:
        initial = tw_property_initial(param);
        gimp_procedure_add_string_argument(procedure, name, title, blurb,
                                           initial, flags);
        g_free(initial);
        break;
    }
}

static gboolean
has(const tw_param *table, const char *name)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return TRUE;
    return FALSE;
}

static void
add_table(GimpProcedure *procedure, const tw_param *table,
          const tw_param *without)
{
    for (; table->name; table++)
        if (!without || !has(without, table->name))
            add(procedure, table);
}

void
tw_arguments_add(GimpProcedure *procedure, const tw_task *task)
{
    /* GIMP cannot keep a layer among the last values, and would say so. */
    const GParamFlags passing =
        G_PARAM_READWRITE | (GParamFlags) GIMP_PARAM_DONT_SERIALIZE;
    const tw_param *own = tw_filter_params(task);

    add_table(procedure, task->params, own);
    add_table(procedure, own, NULL);
    if (has(own, "mask"))
        gimp_procedure_add_drawable_argument(
            procedure, "mask-drawable", _("Mask la_yer or channel"),
            _("A layer or channel that is white where to restore"), TRUE,
            passing);
    if (has(own, "kernel"))
        gimp_procedure_add_drawable_argument(
            procedure, "kernel-drawable", _("Picture la_yer"),
            _("A layer that shows the blur of a point of light"), TRUE,
            passing);
    add_table(procedure, tw_common_params, own);
}

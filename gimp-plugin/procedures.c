/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "procedures.h"

#include "arguments.h"
#include "core/i18n.h"
#include "run.h"

#define PREFIX "plug-in-tweedie-"
#define REPEAT PREFIX "repeat"

/* The product's name: not translated. */
#define MENU     "<Image>/Filters/Enhance/Tweedie"
#define MENU_END MENU "/[End]"

const tw_task *
tw_procedure_task(const char *name)
{
    return g_str_has_prefix(name, PREFIX) ? tw_task_find(name + strlen(PREFIX))
                                          : NULL;
}

GList *
tw_procedure_names(void)
{
    GList *names = g_list_prepend(NULL, g_strdup(REPEAT));

    for (const tw_task *const *task = tw_tasks; *task; task++)
        names = g_list_prepend(names, g_strconcat(PREFIX, (*task)->name, NULL));
    return g_list_reverse(names);
}

static void
describe(GimpProcedure *procedure, const char *menu, const char *label,
         const char *blurb, const char *help)
{
    gimp_procedure_set_image_types(procedure, "RGB*, GRAY*");
    gimp_procedure_set_sensitivity_mask(procedure,
                                        GIMP_PROCEDURE_SENSITIVE_DRAWABLE);
    gimp_procedure_set_menu_label(procedure, label);
    gimp_procedure_add_menu_path(procedure, menu);
    gimp_procedure_set_documentation(procedure, blurb, help, NULL);
    gimp_procedure_set_attribution(procedure, "Tweedie", "Tweedie", "2026");
}

static void
add_return_values(GimpProcedure *procedure)
{
    gimp_procedure_add_image_return_value(
        procedure, "result-image", _("Result image"),
        _("The image that holds the result"), TRUE, G_PARAM_READWRITE);
    gimp_procedure_add_layer_return_value(
        procedure, "result-layer", _("Result layer"),
        _("The layer that holds the result, or the first one"), TRUE,
        G_PARAM_READWRITE);
    gimp_procedure_add_double_return_value(
        procedure, "consistency", _("Consistency"),
        _("How well the result fits the picture: 1 is what the noise alone "
          "gives; negative: not known"),
        -1, G_MAXDOUBLE, -1, G_PARAM_READWRITE);
}

static GimpProcedure *
new_filter(GimpPlugIn *plug_in, const char *name, const tw_task *task)
{
    GimpProcedure *procedure = gimp_image_procedure_new(
        plug_in, name, GIMP_PDB_PROC_TYPE_PLUGIN, tw_run_filter, NULL, NULL);
    char *label = g_strdup_printf("%s...", _(task->title));

    describe(procedure, MENU, label, _(task->blurb),
             _("Restores the layer with a model of what photographs look "
               "like. Pixels outside the selection or the mask stay as they "
               "are."));
    g_free(label);
    tw_arguments_add(procedure, task);
    add_return_values(procedure);
    return procedure;
}

static GimpProcedure *
new_repeat(GimpPlugIn *plug_in)
{
    GimpProcedure *procedure = gimp_image_procedure_new(
        plug_in, REPEAT, GIMP_PDB_PROC_TYPE_PLUGIN, tw_run_repeat, NULL, NULL);

    describe(procedure, MENU_END, _("_Repeat from Recipe"),
             _("Restores again by the recipe that the layer carries"),
             _("Every layer made by Tweedie carries its recipe. This runs it "
               "again on the layer that it was made from, or on the layer "
               "itself where that one is gone."));
    add_return_values(procedure);
    return procedure;
}

GimpProcedure *
tw_procedure_of(GimpPlugIn *plug_in, const tw_task *task)
{
    char *name = g_strconcat(PREFIX, task->name, NULL);
    GimpProcedure *procedure = new_filter(plug_in, name, task);

    g_free(name);
    return procedure;
}

GimpProcedure *
tw_procedure_new(GimpPlugIn *plug_in, const char *name)
{
    const tw_task *task = tw_procedure_task(name);

    if (task)
        return new_filter(plug_in, name, task);
    if (g_strcmp0(name, REPEAT) == 0)
        return new_repeat(plug_in);
    return NULL;
}

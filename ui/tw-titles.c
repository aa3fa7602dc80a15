/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tw-titles.h"

#include <string.h>

#include "core/i18n.h"

static const struct {
    const char *choice;
    const char *title;
} titles[] = {
    { "auto", N_("Automatic") },
    { "faithful", N_("Faithful (smallest error)") },
    { "textured", N_("Textured (grain and detail)") },
    { "srgb", N_("In the picture's values") },
    { "linear", N_("In linear light, as in a lens") },
    { "gaussian", N_("Gaussian") },
    { "disc", N_("Lens (disc)") },
    { "motion", N_("Motion (line)") },
    { "file", N_("From a file") },
    { "drawable", N_("From a layer or channel") },
    { "box", N_("Mean of areas") },
    { "bicubic", N_("Bicubic") },
    { "real", N_("The scene goes on") },
    { "mirror", N_("Mirrored") },
    { "periodic", N_("Repeated") },
    { "selection", N_("Selection") },
    { "alpha", N_("Transparent pixels") },
    { "last", N_("Last picture") },
    { "network", N_("Model") },
    { "self", N_("The picture's own patches, then the model") },
    { "new-layer", N_("New layer with a mask") },
    { "replace", N_("Replace the layer") },
    { "new-image", N_("New image") },
    { "in-place", N_("Scale the whole image") },
};

char *
tw_choice_title(const tw_param *param, const char *choice)
{
    const tw_solver *solver =
        strcmp(param->name, "solver") == 0 ? tw_solver_find(choice) : NULL;

    if (solver)
        return g_strdup_printf(_("%s: %s"), choice, _(solver->title));
    if (strcmp(param->name, "mask") == 0 && strcmp(choice, "auto") == 0)
        return g_strdup(_("Selection, or else transparent pixels"));
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i].choice, choice) == 0)
            return g_strdup(_(titles[i].title));
    return g_strdup(choice);
}

const char *
tw_model_title(const tw_card *card)
{
    static const char *const shipped[] = { N_("Photographs, general") };

    for (gsize i = 0; i < G_N_ELEMENTS(shipped); i++)
        if (strcmp(shipped[i], card->title) == 0)
            return _(shipped[i]);
    return card->title;
}

char *
tw_plain_title(const tw_param *param)
{
    const char *title = _(param->title), *mark = strchr(title, '_');
    const char *after = mark ? mark + 1 : "";

    if (!mark)
        return g_strdup(title);
    /* "Titel (_T)", as where letters are not those of the keyboard. */
    if (mark > title && mark[-1] == '(' && *after && after[1] == ')')
        return g_strchomp(g_strndup(title, (gsize) (mark - title) - 1));
    return g_strdup_printf("%.*s%s", (int) (mark - title), title, after);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-titles.h"

#include <string.h>

#include "core/i18n.h"

static const struct {
    const char *choice;
    const char *title;
} titles[] = {
    { "auto", N_("Automatic") },
    { "srgb", N_("In the picture's values") },
    { "linear", N_("In linear light, as in a lens") },
    { "gaussian", N_("Soft (Gaussian)") },
    { "disc", N_("Out of focus (disc)") },
    { "motion", N_("Motion (line)") },
    { "file", N_("From a file") },
    { "drawable", N_("From a layer or channel") },
    { "box", N_("Mean of areas") },
    { "triangle", N_("Linear") },
    { "bicubic", N_("Bicubic") },
    { "bicubic-plain", N_("Bicubic, without smoothing") },
    { "mitchell", N_("Mitchell") },
    { "lanczos", N_("Lanczos") },
    { "real", N_("The scene goes on") },
    { "mirror", N_("Mirrored") },
    { "periodic", N_("Repeated") },
    { "selection", N_("Selection") },
    { "alpha", N_("Transparent pixels") },
    { "last", N_("Last picture") },
    { "network", N_("From what the model knows") },
    { "self", N_("From elsewhere in this picture") },
    { "new-layer", N_("New layer") },
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
        return g_strdup(_("Selection or transparency"));
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i].choice, choice) == 0)
            return g_strdup(_(titles[i].title));
    return g_strdup(choice);
}

/* Where a dialog can say more than scripts need, or must not speak of the names
 * of keys and choices, which only scripts know. */
static const struct {
    const char *key;
    const char *choice; /* the first one, where two rows have this key */
    const char *tip;
} tips[] = {
    { "detail", NULL,
      /* xgettext:no-c-format */
      N_("0 %: natural, smooth where nothing is known. 100 %: with texture and "
         "grain, as the subject may have looked") },
    { "solver", NULL,
      N_("How the picture is restored; Automatic suits the task") },
    { "steps", NULL, N_("More steps take longer; Automatic suits the task") },
    { "jpeg", NULL,
      N_("Quality with which the picture was saved as JPEG; Automatic finds it "
         "where blocks and ringing are to be removed") },
    { "time", NULL,
      N_("Works for about so long, so that a result does not repeat exactly") },
    { "samples", NULL,
      /* xgettext:no-c-format */
      N_("So many results to choose from; with a detail of 0 % they are "
         "averaged into one") },
    { "seed", NULL,
      N_("Another number, another texture; the same one repeats the result") },
    { "model", NULL, N_("What the restoration knows of pictures") },
    { "guidance", NULL, N_("How much the prompt counts; above 1 exaggerates") },
    { "noise", NULL,
      N_("How strong the noise is, of the full brightness. Too little leaves "
         "noise, too much takes detail away") },
    { "shot", NULL, N_("Noise that grows with brightness, as in a camera") },
    { "strength", NULL,
      /* xgettext:no-c-format */
      N_("Less than 100 % leaves a part of the picture as it was") },
    { "light", NULL,
      N_("In the picture's values, as most programs compute, or in linear "
         "light, as a lens does") },
    { "memory", NULL,
      N_("Works in smaller pieces if there is less memory than the picture "
         "needs") },
    { "threads", NULL,
      N_("How many processors work; GIMP's preferences say so if it is "
         "automatic") },
    { "kernel", "gaussian", N_("What blurred the picture") },
    { "kernel", "auto",
      N_("How the picture was made smaller, if you know it") },
    { "kernel-file", NULL,
      N_("A file with a picture of the blur: white is where light fell") },
    { "sigma", NULL, N_("How far the blur reaches: its standard deviation") },
    { "radius", NULL, N_("How large a point of light has become") },
    { "length", NULL, N_("How far the camera or the subject moved") },
    { "angle", NULL,
      N_("Which way it moved, counterclockwise from horizontal") },
    { "border", NULL,
      N_("What is outside of the picture: in a photograph the scene goes on") },
    { "fill", NULL, N_("Where the content of large holes comes from") },
    { "mask", "auto", N_("What is to be replaced, before you paint") },
    { "output", NULL,
      N_("Where the result goes. A new layer gets a mask where only a part was "
         "restored") },
    { "settings", NULL,
      N_("For experts: what only the chosen method has, as NAME=VALUE") },
    { "keep-prompt", NULL,
      N_("Files may be read by others: without this the prompt is forgotten "
         "with the image") },
};

const char *
tw_tip(const tw_param *param)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tips); i++)
        if (strcmp(tips[i].key, param->name) == 0 &&
            (!tips[i].choice ||
             (param->choices &&
              strcmp(tips[i].choice, param->choices[0]) == 0)))
            return _(tips[i].tip);
    return _(param->blurb);
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

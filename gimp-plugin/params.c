/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the arguments that only GIMP has. */

#include <string.h>

#include "core/i18n.h"
#include "filter.h"

static const char *const outputs[] = { "new-layer", "replace", "new-image",
                                       NULL };

static const char *const enlarged[] = { "in-place", "new-layer", "new-image",
                                        NULL };

static const char *const masks[] = { "auto", "selection", "drawable", "alpha",
                                     NULL };

static const char *const kernels[] = { "gaussian", "disc",     "motion",
                                       "file",     "drawable", NULL };

#define OUTPUT                                                                 \
    { "output",                                                                \
      N_("_Result"),                                                           \
      N_("new-layer: above this one, with a mask; replace: this layer; "       \
         "new-image: another image"),                                          \
      TW_PARAM_CHOICE,                                                         \
      0,                                                                       \
      2,                                                                       \
      0,                                                                       \
      0,                                                                       \
      outputs,                                                                 \
      NULL }

#define SETTINGS                                                               \
    { "settings",                                                              \
      N_("Method's sett_ings"),                                                \
      N_("Settings of the chosen method, as words KEY=VALUE"),                 \
      TW_PARAM_TEXT,                                                           \
      0,                                                                       \
      0,                                                                       \
      0,                                                                       \
      TW_PARAM_EXPERT,                                                         \
      NULL,                                                                    \
      NULL },                                                                  \
    {                                                                          \
        "keep-prompt", N_("Store the prompt in the _file"),                    \
            N_("Whether the recipe that the new layer carries holds the "      \
               "prompt"),                                                      \
            TW_PARAM_BOOL, 0, 1, 0, TW_PARAM_EXPERT, NULL, NULL                \
    }

static const tw_param usual[] = { OUTPUT, SETTINGS, TW_PARAM_END };

static const tw_param deblur[] = {
    { "kernel", N_("_Blur"),
      N_("Shape of the blur; file, drawable: a picture of it"), TW_PARAM_CHOICE,
      0, 4, 0, 0, kernels, NULL },
    { "kernel-file", N_("Picture _file"),
      N_("Path of a picture of the blur, for kernel=file"), TW_PARAM_TEXT, 0, 0,
      0, 0, NULL, NULL },
    OUTPUT,
    SETTINGS,
    TW_PARAM_END,
};

static const tw_param inpaint[] = {
    { "mask", N_("_Mask"),
      N_("What to restore; auto: the selection, or else what is transparent; "
         "drawable: a channel or a layer; alpha: what is transparent"),
      TW_PARAM_CHOICE, 0, 3, 0, 0, masks, NULL },
    { "grow", N_("Gro_w"), N_("Makes the mask larger; below 0: smaller"),
      TW_PARAM_INT, -TW_PAINT_GROW_MOST, TW_PAINT_GROW_MOST, 0, 0, NULL,
      N_("px") },
    { "feather", N_("_Feather"), N_("Width of the soft edge of the mask"),
      TW_PARAM_REAL, 0, TW_PAINT_FEATHER_MOST, 0, 0, NULL, N_("px") },
    OUTPUT,
    SETTINGS,
    TW_PARAM_END,
};

static const tw_param upscale[] = {
    { "output", N_("_Result"),
      N_("in-place: the whole image grows, as with Scale Image; new-layer: "
         "above this one; new-image: another image"),
      TW_PARAM_CHOICE, 0, 2, 0, 0, enlarged, NULL },
    SETTINGS,
    TW_PARAM_END,
};

const tw_param *
tw_filter_params(const tw_task *task)
{
    static const struct {
        const char *task;
        const tw_param *params;
    } own[] = { { "deblur", deblur },
                { "inpaint", inpaint },
                { "upscale", upscale } };

    for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
        if (strcmp(task->name, own[i].task) == 0)
            return own[i].params;
    return usual;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt.h"

#include <string.h>

#define NAME "tweedie-prompt"

/* A parasite without GIMP_PARASITE_PERSISTENT: it is in no file. */
static const guint32 flags = 0;

void
tw_prompt_recall(TwFilter *filter)
{
    GimpParasite *parasite = gimp_image_get_parasite(filter->image, NAME);
    gconstpointer data = NULL;
    char *prompt = NULL;
    guint32 size = 0;

    g_object_get(filter->config, "prompt", &prompt, NULL);
    if (parasite)
        data = gimp_parasite_get_data(parasite, &size);
    if (data && (!prompt || !*prompt)) {
        g_free(prompt);
        prompt = g_strndup(data, size);
        g_object_set(filter->config, "prompt", prompt, NULL);
    }
    if (parasite)
        gimp_parasite_free(parasite);
    g_free(prompt);
}

void
tw_prompt_remember(TwFilter *filter)
{
    char *prompt = NULL;

    if (tw_filter_is_closed(filter))
        return; /* it is remembered as long as the image is open */
    g_object_get(filter->config, "prompt", &prompt, NULL);
    if (prompt && *prompt) {
        GimpParasite *parasite = gimp_parasite_new(
            NAME, flags, (guint32) strlen(prompt) + 1, prompt);

        (void) gimp_image_attach_parasite(filter->image, parasite);
        gimp_parasite_free(parasite);
    } else {
        (void) gimp_image_detach_parasite(filter->image, NAME);
    }
    g_free(prompt);
}

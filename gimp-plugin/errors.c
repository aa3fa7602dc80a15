/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errors.h"

#include <libgimp/gimp.h>

#include "core/i18n.h"
#include "core/text.h"
#include "settings/tw-property.h"

gboolean
tw_refuse(GError **error, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    tw_text_clean(text);
    g_set_error_literal(error, TW_ERROR, TW_ERR_ARGUMENT, text);
    g_free(text);
    return FALSE;
}

gboolean
tw_refuse_memory(GError **error, int width, int height)
{
    g_set_error(error, TW_ERROR, TW_ERR_MEMORY,
                _("Not enough memory for %dx%d pixels; close other images or "
                  "choose a smaller picture"),
                width, height);
    return FALSE;
}

gboolean
tw_refuse_host(GError **error)
{
    const char *why = gimp_pdb_get_last_error(gimp_get_pdb());

    return tw_refuse(error, _("GIMP could not take the result: %s"),
                     why ? why : "?");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long Apply will take, in words. */

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "dialog-private.h"

/* "" while it is not known. To be freed. */
static char *
forecast(double seconds)
{
    const int minutes = (int) round(seconds / 60);
    const int whole = (int) fmax(round(seconds), 1);

    if (seconds < 0)
        return g_strdup("");
    if (seconds <= 0)
        return g_strdup(_("The result is there: Apply takes no time."));
    if (minutes > 1)
        return g_strdup_printf(
            dngettext(TW_DOMAIN, "Apply will take about %d minute.",
                      "Apply will take about %d minutes.", (gulong) minutes),
            minutes);
    return g_strdup_printf(
        dngettext(TW_DOMAIN, "Apply will take about %d second.",
                  "Apply will take about %d seconds.", (gulong) whole),
        whole);
}

void
tw_dialog_update_forecast(TwDialog *dialog)
{
    const gboolean silent = dialog->problem || dialog->applying;
    char *text = forecast(silent ? -1 : tw_session_predict(dialog->session));

    if (strcmp(text, gtk_label_get_text(dialog->forecast)) != 0)
        gtk_label_set_text(dialog->forecast, text);
    g_free(text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tw-direction.h"

/* Pango takes the direction of a line from its first letter. */
#define RIGHT_TO_LEFT "\u200f"

char *
tw_directed(const char *text)
{
    const gboolean mark =
        text && *text && gtk_widget_get_default_direction() == GTK_TEXT_DIR_RTL;

    return g_strconcat(mark ? RIGHT_TO_LEFT : "", text ? text : "", NULL);
}

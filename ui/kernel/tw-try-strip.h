/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small tries to look at and to choose from: pictures side by side, each with its
 * values, the present ones framed. A click, or Enter on one that the arrow keys
 * have reached, takes its values. "Back" (Ctrl+Z in its window) takes that back.
 *
 * Tries are computed while the strip is seen, so it belongs into something that
 * can be folded. Its size depends on the kind of blur only. The part of the
 * picture that is tried is marked in the preview.
 */

#ifndef TW_TRY_STRIP_H
#define TW_TRY_STRIP_H

#include <gtk/gtk.h>

#include "kernel/tw-tries.h"
#include "preview/tw-preview.h"

G_BEGIN_DECLS

#define TW_TYPE_TRY_STRIP (tw_try_strip_get_type())
G_DECLARE_FINAL_TYPE(TwTryStrip, tw_try_strip, TW, TRY_STRIP, GtkBox)

/* @preview: whose colors it has; must live as long. */
GtkWidget *tw_try_strip_new(TwTries *tries, TwPreview *preview);

/* The button of the try @index, for tests. */
GtkWidget *tw_try_strip_get_button(TwTryStrip *strip, int index);

G_END_DECLS

#endif

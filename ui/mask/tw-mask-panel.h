/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The controls of a brush and its mask.
 *
 * Signal: save-as-channel ()  the user wants the mask as a channel; emitted only
 * while the mask is not empty.
 */

#ifndef TW_MASK_PANEL_H
#define TW_MASK_PANEL_H

#include <gtk/gtk.h>

#include "mask/tw-brush.h"

G_BEGIN_DECLS

#define TW_TYPE_MASK_PANEL (tw_mask_panel_get_type())
G_DECLARE_FINAL_TYPE(TwMaskPanel, tw_mask_panel, TW, MASK_PANEL, GtkGrid)

GtkWidget *tw_mask_panel_new(TwBrush *brush);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where other models go, a button that looks for them, and what is wrong with
 * those that cannot be used.
 *
 * Signal: refresh ()   the user asks to look again
 */

#ifndef TW_MODEL_HELP_H
#define TW_MODEL_HELP_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_MODEL_HELP (tw_model_help_get_type())
G_DECLARE_FINAL_TYPE(TwModelHelp, tw_model_help, TW, MODEL_HELP, GtkBox)

TwModelHelp *tw_model_help_new(void);

/* Lists the problems of @store, which is not kept. */
void tw_model_help_show(TwModelHelp *help, tw_store *store);

G_END_DECLS

#endif

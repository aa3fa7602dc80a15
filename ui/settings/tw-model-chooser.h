/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chooses one of the installed models and says what it is: license, size,
 * whether it takes prompts; which cards cannot be read and why; where to put
 * other models.
 *
 * Properties
 *   model (string, read and write)      name of the model; "": the default
 *   takes-prompt (boolean, read only)   of the chosen model
 */

#ifndef TW_MODEL_CHOOSER_H
#define TW_MODEL_CHOOSER_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_MODEL_CHOOSER (tw_model_chooser_get_type())
G_DECLARE_FINAL_TYPE(TwModelChooser, tw_model_chooser, TW, MODEL_CHOOSER,
                     GtkBox)

/* @store must outlive the chooser. */
TwModelChooser *tw_model_chooser_new(tw_store *store);

/* "" is the default. A name that is not installed stays chosen, and is shown as
 * missing. */
void tw_model_chooser_set_model(TwModelChooser *chooser, const char *model);
const char *tw_model_chooser_get_model(TwModelChooser *chooser);

/* The card of the chosen model; NULL: not installed. */
const tw_card *tw_model_chooser_get_card(TwModelChooser *chooser);

/* Looks for models again; those that are known stay. */
void tw_model_chooser_refresh(TwModelChooser *chooser);

/* The combo box, for a label with a mnemonic. */
GtkWidget *tw_model_chooser_get_combo(TwModelChooser *chooser);

G_END_DECLS

#endif

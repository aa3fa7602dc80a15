/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number of a parameter table: a spin button that shows the unit, and a
 * slider where the range suits one.
 *
 * Properties
 *   value (double)   within the range of the row; notified once for each real
 *                    change, not while digits are typed
 */

#ifndef TW_NUMBER_ENTRY_H
#define TW_NUMBER_ENTRY_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_NUMBER_ENTRY (tw_number_entry_get_type())
G_DECLARE_FINAL_TYPE(TwNumberEntry, tw_number_entry, TW, NUMBER_ENTRY, GtkBox)

/* @param: TW_PARAM_REAL or TW_PARAM_INT; must stay. Begins with the initial
 * value, or with a suitable one if that is "auto". @slider: there is room for
 * one. */
TwNumberEntry *tw_number_entry_new(const tw_param *param, gboolean slider);

double tw_number_entry_get_value(TwNumberEntry *entry);

/* Clamped to the range; NAN is not taken. */
void tw_number_entry_set_value(TwNumberEntry *entry, double value);

/* Shows no number, as long as the value is not what counts. */
void tw_number_entry_set_blank(TwNumberEntry *entry, gboolean blank);

/* The focusable parts; the slider may be NULL. */
GtkWidget *tw_number_entry_get_spin(TwNumberEntry *entry);
GtkWidget *tw_number_entry_get_slider(TwNumberEntry *entry);

G_END_DECLS

#endif

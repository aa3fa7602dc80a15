/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Labeled controls made from rows of a parameter table, bound both ways to the
 * properties of any GObject whose names are the keys and whose kinds are those
 * of tw_property_kind().
 *
 * A control shows what the property holds, whoever sets it, and sets the
 * property once for each real change: numbers when they are complete, texts
 * after a pause in typing. Rows marked TW_PARAM_EXPERT are below "More". Rows
 * whose property the object does not have are left out.
 *
 * Signals
 *   measure ()   the user asks to measure the noise of the picture; answer with
 *                tw_controls_set_noise()
 */

#ifndef TW_CONTROLS_H
#define TW_CONTROLS_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_CONTROLS (tw_controls_get_type())
G_DECLARE_FINAL_TYPE(TwControls, tw_controls, TW, CONTROLS, GtkGrid)

/* Keeps a reference to @object until it is destroyed. */
TwControls *tw_controls_new(GObject *object);

/* Where the control of "model" finds models: before that row is added. Without
 * it the row is a plain entry. @store must outlive the controls. */
void tw_controls_set_store(TwControls *controls, tw_store *store);

/* A row below those that are there; nothing if the key has one. So what should be
 * on top is added first. */
void tw_controls_add(TwControls *controls, const tw_param *param);

/* The same, whatever the row's flags say: under "More", or not. */
void tw_controls_add_below(TwControls *controls, const tw_param *param,
                           gboolean more);

/* All rows but those with one of the flags @skip (TW_PARAM_RUN, ...). */
void tw_controls_add_table(TwControls *controls, const tw_param *table,
                           unsigned skip);

/* A row with a widget of the caller's. @title may have a mnemonic, which
 * reaches @widget; NULL: @widget takes the whole width. */
void tw_controls_add_widget(TwControls *controls, const char *title,
                            GtkWidget *widget);

/* The control of a key; NULL: there is none. */
GtkWidget *tw_controls_get(TwControls *controls, const char *key);

/* @why: one translated sentence shown below an insensitive control; NULL: none.
 */
void tw_controls_set_sensitive(TwControls *controls, const char *key,
                               gboolean sensitive, const char *why);

/* Shows a row or hides it with its label. */
void tw_controls_set_shown(TwControls *controls, const char *key,
                           gboolean shown);

/* Shows the row of @key only while the property @other holds one of the words
 * of @values, which are separated by spaces. */
void tw_controls_show_when(TwControls *controls, const char *key,
                           const char *other, const char *values);

/* What a measurement found; NULL: nothing. Fine, coarse and color may be missing:
 * all 0. */
void tw_controls_set_noise(TwControls *controls, const tw_noise *noise);

/* Takes over what is typed but not yet taken. Call it before the settings are
 * used for good. */
void tw_controls_flush(TwControls *controls);

G_END_DECLS

#endif

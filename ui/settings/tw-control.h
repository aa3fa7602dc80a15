/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One widget for one row of a parameter table. */

#ifndef TW_CONTROL_H
#define TW_CONTROL_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* @param must stay. @store: where models are; NULL: a model is an entry. */
GtkWidget *tw_control_new(const tw_param *param, tw_store *store);

/* Binds what the control shows to the property @key of @object. */
void tw_control_bind(GtkWidget *control, GObject *object, const char *key);

/* What a label's mnemonic should reach. */
GtkWidget *tw_control_focus(GtkWidget *control);

/* Names all parts for screen readers. */
void tw_control_name(GtkWidget *control, const char *title);

/* Takes over what is typed but not yet taken. */
void tw_control_flush(GtkWidget *control);

/* The wheel scrolls what is around; it turns a control with the focus only. */
void tw_control_quieten(GtkWidget *control);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "auto" or a number: a check button and a number entry.
 */

#ifndef TW_AUTO_ENTRY_H
#define TW_AUTO_ENTRY_H

#include "settings/tw-number-entry.h"
#include "settings/tw-value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_AUTO_ENTRY (tw_auto_entry_get_type())
G_DECLARE_FINAL_TYPE(TwAutoEntry, tw_auto_entry, TW, AUTO_ENTRY, TwValueEntry)

/* @param: a number with TW_PARAM_AUTO; must stay. Side by side there is no room
 * for a slider; one below the other there is. */
TwAutoEntry *tw_auto_entry_new(const tw_param *param,
                               GtkOrientation orientation);

/* What automatic comes to, shown while it is so; NAN: not known. */
void tw_auto_entry_suggest(TwAutoEntry *entry, double value);

/* The same, and it is the value from now on. */
void tw_auto_entry_set_value(TwAutoEntry *entry, double value);

GtkWidget *tw_auto_entry_get_check(TwAutoEntry *entry);
TwNumberEntry *tw_auto_entry_get_number(TwAutoEntry *entry);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seed: a number and a button with a die that draws another one.
 *
 * Property: value (double), as of TwNumberEntry.
 */

#ifndef TW_SEED_ENTRY_H
#define TW_SEED_ENTRY_H

#include "settings/tw-number-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_SEED_ENTRY (tw_seed_entry_get_type())
G_DECLARE_FINAL_TYPE(TwSeedEntry, tw_seed_entry, TW, SEED_ENTRY, GtkBox)

/* @param: TW_PARAM_INT. */
TwSeedEntry *tw_seed_entry_new(const tw_param *param);

TwNumberEntry *tw_seed_entry_get_number(TwSeedEntry *entry);
GtkWidget *tw_seed_entry_get_button(TwSeedEntry *entry);

G_END_DECLS

#endif

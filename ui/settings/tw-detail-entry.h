/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of a likely picture is in the result: a slider from 0 to 100 %. Until
 * it is moved the setting is automatic, and the slider shows what that comes to.
 */

#ifndef TW_DETAIL_ENTRY_H
#define TW_DETAIL_ENTRY_H

#include "settings/tw-number-entry.h"
#include "settings/tw-value-entry.h"

G_BEGIN_DECLS

#define TW_TYPE_DETAIL_ENTRY (tw_detail_entry_get_type())
G_DECLARE_FINAL_TYPE(TwDetailEntry, tw_detail_entry, TW, DETAIL_ENTRY,
                     TwValueEntry)

/* @param: the row of the key, which must outlive the entry. */
TwDetailEntry *tw_detail_entry_new(const tw_param *param);

/* What "auto" comes to, 0…100. */
void tw_detail_entry_suggest(TwDetailEntry *entry, double detail);

TwNumberEntry *tw_detail_entry_get_number(TwDetailEntry *entry);

G_END_DECLS

#endif

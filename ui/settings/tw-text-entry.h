/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry that tells of a text when it is likely to be complete: after a pause
 * in typing, on Enter, or when the focus leaves.
 *
 * Property: value (string).
 */

#ifndef TW_TEXT_ENTRY_H
#define TW_TEXT_ENTRY_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TW_TYPE_TEXT_ENTRY (tw_text_entry_get_type())
G_DECLARE_FINAL_TYPE(TwTextEntry, tw_text_entry, TW, TEXT_ENTRY, GtkEntry)

TwTextEntry *tw_text_entry_new(void);

/* Takes over what is typed. */
void tw_text_entry_flush(TwTextEntry *entry);

G_END_DECLS

#endif

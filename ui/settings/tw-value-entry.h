/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What entries have in common whose setting is "auto" or a number.
 *
 * Property
 *   text (string)   "auto", or a number as in scripts: "0.02", "2048MiB". A text
 *                   that was set stays as it is until the user changes it.
 */

#ifndef TW_VALUE_ENTRY_H
#define TW_VALUE_ENTRY_H

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TW_TYPE_VALUE_ENTRY (tw_value_entry_get_type())
G_DECLARE_DERIVABLE_TYPE(TwValueEntry, tw_value_entry, TW, VALUE_ENTRY, GtkBox)

struct _TwValueEntryClass {
    GtkBoxClass parent_class;

    /* A text was set; it may be wrong. */
    void (*show)(TwValueEntry *entry, const char *text);
};

const char *tw_value_entry_get_text(TwValueEntry *entry);

/* Shows it, too. NULL, "": "auto". */
void tw_value_entry_set_text(TwValueEntry *entry, const char *text);

/* What the user has set, so that it is shown already. */
void tw_value_entry_take(TwValueEntry *entry, const char *text);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry for the words of a prompt. Words that the model knows are offered while
 * one types, those that it does not know are named below, with the nearest one
 * that it does. There is always room for that line.
 *
 * Property: value (string), as of TwTextEntry.
 */

#ifndef TW_PROMPT_ENTRY_H
#define TW_PROMPT_ENTRY_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_PROMPT_ENTRY (tw_prompt_entry_get_type())
G_DECLARE_FINAL_TYPE(TwPromptEntry, tw_prompt_entry, TW, PROMPT_ENTRY, GtkBox)

TwPromptEntry *tw_prompt_entry_new(void);

/* Of the model whose words they are, which lives as long as its store; NULL:
 * nothing is known of words. */
void tw_prompt_entry_set_card(TwPromptEntry *prompt, const tw_card *card);

GtkWidget *tw_prompt_entry_get_entry(TwPromptEntry *prompt);

G_END_DECLS

#endif

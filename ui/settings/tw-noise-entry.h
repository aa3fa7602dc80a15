/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The level of the noise: measured automatically or given, with a button that
 * measures it at once, and a slider from less than what was measured to more.
 *
 * Property: text, as of TwAutoEntry. Signal: measure (), from the button.
 */

#ifndef TW_NOISE_ENTRY_H
#define TW_NOISE_ENTRY_H

#include "settings/tw-auto-entry.h"
#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_NOISE_ENTRY (tw_noise_entry_get_type())
G_DECLARE_FINAL_TYPE(TwNoiseEntry, tw_noise_entry, TW, NOISE_ENTRY, GtkBox)

/* @param: the row of "noise". */
TwNoiseEntry *tw_noise_entry_new(const tw_param *param);

/* Shows what was found; NULL or NAN: it could not be measured. If the user asked for
 * it with the button and the level is not automatic, it becomes the value. */
void tw_noise_entry_set_measured(TwNoiseEntry *entry, const tw_noise *noise);

/* From a fourth to four times of what was measured, as powers of 2. */
GtkRange *tw_noise_entry_get_amount(TwNoiseEntry *entry);

TwAutoEntry *tw_noise_entry_get_auto(TwNoiseEntry *entry);

G_END_DECLS

#endif

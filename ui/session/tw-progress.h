/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bar, what happens in words, and a button: Stop while something runs (what
 * is there is kept), then Restart. Always of the same height.
 *
 * Signals, for users without a session:
 *   stop ()      the button was pressed while it said Stop
 *   restart ()   the button was pressed while it said Restart
 */

#ifndef TW_PROGRESS_H
#define TW_PROGRESS_H

#include <gtk/gtk.h>

#include "session/tw-session.h"

G_BEGIN_DECLS

#define TW_TYPE_PROGRESS (tw_progress_get_type())
G_DECLARE_FINAL_TYPE(TwProgress, tw_progress, TW, PROGRESS, GtkBox)

TwProgress *tw_progress_new(void);

/* Follows @session and stops and restarts it; NULL: none. Keeps a reference. */
void tw_progress_set_session(TwProgress *progress, TwSession *session);

/* Whether Stop has anything to keep while something runs; TRUE at first. */
void tw_progress_set_keeps(TwProgress *progress, gboolean keeps);

/* Shows a state. @fraction: 0…1; negative or NAN: not known. @text: translated. */
void tw_progress_show(TwProgress *progress, TwSessionState state,
                      double fraction, const char *text);

G_END_DECLS

#endif

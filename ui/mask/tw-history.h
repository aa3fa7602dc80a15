/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Undoing changes of a plane with bounded memory: a step keeps the tiles that
 * it changed, and of tiles of one value only the value.
 */

#ifndef TW_HISTORY_H
#define TW_HISTORY_H

#include "mask/tw-raster.h"

typedef struct TwHistory TwHistory;

/* @plane must outlive the history. Initially up to 64 MiB are kept. NULL: out
 * of memory. */
TwHistory *tw_history_new(TwPlane *plane);
void tw_history_free(TwHistory *history); /* NULL is fine */

/* Above it the oldest steps are forgotten, but never the last one. */
void tw_history_set_limit(TwHistory *history, gsize bytes);
gsize tw_history_bytes(const TwHistory *history);

/* A step: begin (@tag: any number that belongs to it), save each part before it
 * is changed, commit. FALSE: out of memory, although older steps were given up
 * for it; what was saved before is still good. */
void tw_history_begin(TwHistory *history, int tag);
gboolean tw_history_save(TwHistory *history, const cairo_rectangle_int_t *part);

/* Forgets what could be redone. A step that changed nothing is dropped: FALSE. */
gboolean tw_history_commit(TwHistory *history);

gboolean tw_history_can_undo(const TwHistory *history);
gboolean tw_history_can_redo(const TwHistory *history);

/* Goes back one step, or forward. *@changed: what it touched; *@tag: its tag.
 * FALSE: there is none (*@changed is empty), or out of memory and nothing has
 * changed (it is not). */
gboolean tw_history_undo(TwHistory *history, cairo_rectangle_int_t *changed,
                         int *tag);
gboolean tw_history_redo(TwHistory *history, cairo_rectangle_int_t *changed,
                         int *tag);
void tw_history_forget(TwHistory *history);

#endif

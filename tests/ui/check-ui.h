/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of ui/ share. */

#ifndef TW_CHECK_UI_H
#define TW_CHECK_UI_H

#include "check-picture.h"
#include "session/tw-picture.h"

/* A copy of a part of a photograph, see check_photo(). */
TwPicture *check_ui_photo(int left, int top, int width, int height);

/* Black, and white in this rectangle; opaque. */
TwPicture *check_ui_mask(int width, int height,
                         const cairo_rectangle_int_t *white);

gboolean check_ui_equal(const TwPicture *a, const TwPicture *b);

/* Runs the main loop until @condition holds; the test fails if that takes
 * minutes. */
void check_ui_wait(gboolean (*condition)(gpointer data), gpointer data);

/* Runs the main loop until all that is pending is done. */
void check_ui_settle(void);

/* The results of tw_restore() for these words, called directly; freed by
 * g_ptr_array_unref(). @mask may be NULL. */
GPtrArray *check_ui_restore(tw_store *store, const char *words,
                            const TwPicture *in, const TwPicture *mask);

/* Runs the tests with a small store, check_small_store(), in @store. Returns what
 * main() returns. */
int check_ui_run(tw_store **store);

#endif

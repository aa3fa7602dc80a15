/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a test program with widgets begins. */

#ifndef TW_CHECK_GTK_H
#define TW_CHECK_GTK_H

#include <glib.h>

/* GTK and the tests are ready; FALSE: there is no display, which TAP was told. */
gboolean check_gtk_init(int *argc, char ***argv);

#endif

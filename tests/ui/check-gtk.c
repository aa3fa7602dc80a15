/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-gtk.h"

#include <gtk/gtk.h>

gboolean
check_gtk_init(int *argc, char ***argv)
{
    if (!gtk_init_check(argc, argv)) {
        g_print("1..0 # SKIP no display\n");
        return FALSE;
    }
    g_test_init(argc, argv, NULL);
    return TRUE;
}

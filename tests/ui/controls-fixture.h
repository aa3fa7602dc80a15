/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls of a task in a window, bound to settings of their own. */

#ifndef TW_CONTROLS_FIXTURE_H
#define TW_CONTROLS_FIXTURE_H

#include "settings/tw-controls.h"
#include "settings/tw-number-entry.h"

typedef struct Fixture {
    GObject *settings;
    GtkWidget *window;
    TwControls *controls;
    tw_store *store;
    int notified; /* changes of any property */
} Fixture;

/* @models: the folder to find models in. */
void set_up(Fixture *f, const tw_task *task, const char *models);
void tear_down(Fixture *f);

/* Properties of any kind of number; texts are to be freed. */
double get_number(GObject *object, const char *name);
void set_number(GObject *object, const char *name, double number);
char *get_text(gpointer object, const char *name);

#define assert_text(object, name, expected)                                    \
    do {                                                                       \
        char *got_ = get_text(object, name);                                   \
        g_assert_cmpstr(got_, ==, expected);                                   \
        g_free(got_);                                                          \
    } while (0)

/* The number entry within the control of a number. */
TwNumberEntry *number_of(GtkWidget *control);

#endif

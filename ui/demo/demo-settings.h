/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An object with a property for each row of some tables, as GIMP's config is:
 * for programs that have none, which are the demo and tests. */

#ifndef TW_DEMO_SETTINGS_H
#define TW_DEMO_SETTINGS_H

#include <glib-object.h>

#include "tweedie.h"

/* The common table and that of @task, with the kinds of tw_property_kind() and
 * initial values; a row of the task replaces a common one of its name. */
GObject *demo_settings_new(const tw_task *task);

/* Sets every property to its initial value. */
void demo_settings_reset(GObject *settings);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An object with a property for each key of a task, as a host has one, and what
 * the tests of tw-property.h do with it. */

#ifndef TW_SETTINGS_OBJECT_H
#define TW_SETTINGS_OBJECT_H

#include "check.h"
#include "settings/tw-property.h"

/* All values are initial; without limits. One type per task. */
GObject *check_settings_new(const tw_task *task);

/* The request that the object describes. */
tw_request *check_settings_applied(GObject *object, const tw_task *task);

/* Object, request, recipe, request, object: the same properties. */
void check_settings_round_trip(const tw_task *task, GObject *object);

/* Calls @work for every row of every task. */
void check_settings_for_each(void (*work)(const tw_task *task,
                                          const tw_param *param));

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of parameter tables as arguments of a procedure. */

#ifndef TW_ARGUMENTS_H
#define TW_ARGUMENTS_H

#include <libgimp/gimp.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* Adds every argument of the task's procedure: the task's own first, then those
 * of all tasks, then those that only GIMP has. */
void tw_arguments_add(GimpProcedure *procedure, const tw_task *task);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The procedures of the plug-in: one per task, and the repetition of a recipe.
 */

#ifndef TW_PROCEDURES_H
#define TW_PROCEDURES_H

#include <libgimp/gimp.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* The task of a procedure's name; NULL: it is none of a task. */
const tw_task *tw_procedure_task(const char *name);

/* All names, to be freed with their list. */
GList *tw_procedure_names(void);

/* NULL: no such procedure. */
GimpProcedure *tw_procedure_new(GimpPlugIn *plug_in, const char *name);

/* The task's procedure. */
GimpProcedure *tw_procedure_of(GimpPlugIn *plug_in, const tw_task *task);

G_END_DECLS

#endif

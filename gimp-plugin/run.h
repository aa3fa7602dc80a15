/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the procedures do: GimpRunImageFunc. */

#ifndef TW_RUN_FILTER_H
#define TW_RUN_FILTER_H

#include <libgimp/gimp.h>

G_BEGIN_DECLS

GimpValueArray *tw_run_filter(GimpProcedure *procedure, GimpRunMode run_mode,
                              GimpImage *image, GimpDrawable **drawables,
                              GimpProcedureConfig *config, gpointer data);

GimpValueArray *tw_run_repeat(GimpProcedure *procedure, GimpRunMode run_mode,
                              GimpImage *image, GimpDrawable **drawables,
                              GimpProcedureConfig *config, gpointer data);

G_END_DECLS

#endif

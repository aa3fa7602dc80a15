/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include "core/i18n.h"
#include "filter.h"

GimpValueArray *
tw_run_filter(GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
              GimpDrawable **drawables, GimpProcedureConfig *config,
              gpointer data)
{
    (void) run_mode, (void) image, (void) drawables, (void) config, (void) data;
    return gimp_procedure_new_return_values(procedure, GIMP_PDB_CANCEL, NULL);
}

GimpValueArray *
tw_run_repeat(GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
              GimpDrawable **drawables, GimpProcedureConfig *config,
              gpointer data)
{
    (void) run_mode, (void) image, (void) drawables, (void) config, (void) data;
    return gimp_procedure_new_return_values(procedure, GIMP_PDB_CANCEL, NULL);
}

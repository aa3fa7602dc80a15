/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of solvers, in the order of the menu. */

#include "solvers/solver.h"

extern const tw_solver tw_solver_hqs, tw_solver_renoise, tw_solver_diffpir,
    tw_solver_daps, tw_solver_ddrm, tw_solver_ddnm, tw_solver_dds,
    tw_solver_ddim, tw_solver_edm_heun;

const tw_solver *const tw_solvers[] = {
    &tw_solver_hqs,      &tw_solver_renoise,
    &tw_solver_diffpir,  &tw_solver_daps,
    &tw_solver_ddrm,     &tw_solver_ddnm,
    &tw_solver_dds,      &tw_solver_ddim,
    &tw_solver_edm_heun, NULL,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of solvers, in the order of the menu. */

#include "solvers/solver.h"

extern const tw_solver tw_solver_hqs, tw_solver_renoise;

const tw_solver *const tw_solvers[] = {
    &tw_solver_hqs,
    &tw_solver_renoise,
    NULL,
};

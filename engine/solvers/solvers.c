/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of solvers. */

#include "solvers/list.h"
#include "solvers/solver.h"

#define DECLARE(symbol, name) extern const tw_solver tw_solver_##symbol;
#define ADDRESS(symbol, name) &tw_solver_##symbol,

TW_SOLVER_LIST(DECLARE)

const tw_solver *const tw_solvers[] = { TW_SOLVER_LIST(ADDRESS) NULL };

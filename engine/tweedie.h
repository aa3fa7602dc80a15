/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What front-ends include: everything they need, nothing of the inside. */

#ifndef TWEEDIE_H
#define TWEEDIE_H

#include "core/image.h"
#include "core/run.h"
#include "core/text.h"
#include "priors/prompt.h"
#include "priors/store.h"
#include "solvers/solver.h"
#include "tasks/explain.h"
#include "tasks/inspect.h"
#include "tasks/request.h"
#include "tasks/task.h"
#include "tasks/value.h"
#include "tasks/words.h"

#define TW_VERSION "0.1.0"

#endif

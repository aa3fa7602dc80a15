/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three tables that make up the keys of a request. */

#ifndef TW_KEYS_H
#define TW_KEYS_H

#include "tasks/task.h"

enum {
    TW_KEYS_TABLES = 3,
    TW_KEYS_MAX = 64 /* keys of one request; a test counts them */
};

/* Table @index: common, the task's, the solver's (empty if @solver is NULL). */
const tw_param *tw_keys_table(const tw_task *task, const tw_solver *solver,
                              int index);

/* NULL: no such key. */
const tw_param *tw_keys_find(const tw_task *task, const tw_solver *solver,
                             const char *key);

/* TW_ERR_ARGUMENT: which key may have been meant, or how it becomes known. */
tw_status tw_keys_unknown(const tw_task *task, const tw_solver *solver,
                          const char *key, tw_error *err);

#endif

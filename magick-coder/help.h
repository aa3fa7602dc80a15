/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 'tweedie help', 'tweedie version', 'tweedie models': on standard error,
 * because standard output may be the picture. */

#ifndef TM_HELP_H
#define TM_HELP_H

#include "tweedie.h"

/* Answers if the words ask for help; false: they are a task's. */
bool tm_help(const char *const *words, tw_store *store);

#endif

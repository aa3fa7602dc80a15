/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the text of a setting to its value. */

#ifndef TW_VALUE_H
#define TW_VALUE_H

#include "core/status.h"
#include "solvers/param.h"

/* @value: the number; the index of a choice; 0 or 1; NAN for "auto", and for
 * texts and pictures that are not among the choices.
 * Fails with TW_ERR_ARGUMENT: the message names the key and what it takes. */
tw_status tw_value_parse(const tw_param *param, const char *text, double *value,
                         tw_error *err);

#endif

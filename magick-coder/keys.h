/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How help and manual write a row of the engine's tables. */

#ifndef TM_KEYS_H
#define TM_KEYS_H

#include <stdio.h>

#include "tweedie.h"

/* What may stand behind KEY=: choices, a range, FILE or TEXT; with the unit. */
void tm_keys_values(FILE *to, const tw_param *param);

/* " (INITIAL)"; nothing for texts and for pictures without choices. */
void tm_keys_initial(FILE *to, const tw_param *param);

#endif

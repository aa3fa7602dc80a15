/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The prompt that was used last for an image. GIMP keeps the last values of all
 * other arguments in files, the prompt in none (arguments.c); so that repeating
 * a filter does the same again, it stays with the image while that is open.
 */

#ifndef TW_PROMPT_H
#define TW_PROMPT_H

#include "filter.h"

G_BEGIN_DECLS

/* Before a run: an empty prompt becomes the one used last. */
void tw_prompt_recall(TwFilter *filter);

/* After a run. */
void tw_prompt_remember(TwFilter *filter);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of -process 'tweedie WORD...', put together again.
 *
 * ImageMagick splits the argument, and not all versions alike: Debian's takes
 * prompt="a cat" as one word without the quotes, upstream's as the two words
 * prompt="a and cat". The old form 'tweedie=a b' is not split at all;
 * tw_words_split() does it, so that any recipe comes through whole.
 */

#ifndef TM_WORDS_H
#define TM_WORDS_H

#include "tweedie.h"

/* What the user meant, without quotes and without empty words; ends with NULL,
 * freed with tw_words_free(). Words that were torn at a blank inside quotes are
 * joined by one blank. @argv may be NULL.
 * Fails with TW_ERR_ARGUMENT (a quote that does not end), TW_ERR_MEMORY. */
tw_status tm_words_new(int argc, const char *const *argv, char ***words,
                       tw_error *err);

#endif

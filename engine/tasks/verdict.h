/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two questions about a result, and the answers in plain words.
 *
 * Does it fit what was measured? A result made with the wrong blur or noise often
 * does on the whole, so more than the size of the differences is looked at: how
 * they are spread over the frequencies, and what the picture itself says of its
 * noise and of the size of its blur.
 *
 * Does it look like a photograph? The model is asked how much of the result's
 * fine detail it would take away, and that is compared with what it takes away
 * from photographs; the model's card has these figures.
 */

#ifndef TW_VERDICT_H
#define TW_VERDICT_H

#include <stdbool.h>

typedef enum tw_fit {
    TW_FIT_NONE,       /* nothing was restored */
    TW_FIT_GOOD,       /* everywhere */
    TW_FIT_PLACE,      /* on the whole, but not in some place */
    TW_FIT_BAD,        /* not, and it cannot be said why */
    TW_FIT_BLUR,       /* not: another blur */
    TW_FIT_BLUR_SMALL, /* not: the blur is larger than was set */
    TW_FIT_BLUR_LARGE, /* not: the blur is smaller than was set */
    TW_FIT_NOISE_LOW,  /* not: more noise than was set */
    TW_FIT_NOISE_HIGH, /* not: less noise than was set */
    TW_FIT_FILLED,     /* not known: what is new was measured nowhere */
    TW_FIT_EXACT, /* not known: the result is made to fit, whatever is set */
    TW_FIT_OPEN,  /* not known: the picture does not tell its blur */
    TW_FIT_SMALL, /* not known: too few pixels */
    TW_FITS
} tw_fit;

typedef enum tw_look {
    TW_LOOK_NONE,   /* nothing was restored, or it does not fit */
    TW_LOOK_GOOD,   /* like a photograph */
    TW_LOOK_SMOOTH, /* less fine detail than photographs have: no fault, as the
                       mean of all that fits is smooth, and so are some motifs */
    TW_LOOK_ODD,    /* detail that photographs do not have: ringing, stripes */
    TW_LOOK_MODEL,  /* not known: the model's card has no figures for it */
    TW_LOOK_SMALL,  /* not known: too few pixels */
    TW_LOOKS
} tw_look;

/* A translated sentence with its cure, static; "" for NONE. */
const char *tw_fit_words(tw_fit fit);
const char *tw_look_words(tw_look look);

/* A short name for scripts, which stays: "good", "noise-high", ... */
const char *tw_fit_name(tw_fit fit);
const char *tw_look_name(tw_look look);

/* Is the answer one to worry about? Neither good nor unknown. */
bool tw_fit_is_bad(tw_fit fit);
bool tw_look_is_bad(tw_look look);

#endif

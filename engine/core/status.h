/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can go wrong, and how a function says so.
 *
 * Every fallible function returns a tw_status; TW_OK is 0. Whoever *detects* a
 * failure describes it once with tw_fail(); whoever merely passes it on adds
 * nothing. Nothing in the engine prints, aborts or keeps a global "last error".
 */

#ifndef TW_STATUS_H
#define TW_STATUS_H

typedef enum tw_status {
    TW_OK = 0,
    TW_CANCELLED,       /* the user said stop: not a failure, has no message */
    TW_STOPPED,         /* inside a solver only: what is there is the result;
                           tw_solve() makes TW_OK of it */
    TW_ERR_ARGUMENT,    /* a setting, a picture or another argument is wrong */
    TW_ERR_MEMORY,      /* over the memory limit, or the system has no more */
    TW_ERR_FILE,        /* cannot open or read */
    TW_ERR_FORMAT,      /* read, but not what it claims to be */
    TW_ERR_MODEL,       /* a weight is missing or has the wrong shape */
    TW_ERR_UNSUPPORTED, /* a valid request that this build cannot serve */
    TW_ERR_DIVERGED     /* the result holds NaN or infinity */
} tw_status;

typedef struct tw_error {
    tw_status status;
    char text[400]; /* translated, one sentence, no newline; "" if none */
} tw_error;

/* Fills *@err (which may be NULL), cleaned (core/text.h), and returns @status, so
 * that a caller can write: return tw_fail(err, TW_ERR_FORMAT, _("'%s' is cut short"), path); */
tw_status tw_fail(tw_error *err, tw_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4), nonnull(3)));

/* Pass a failure on. Safe wherever all memory in hand belongs to a tw_run. */
#define TW_TRY(expr)                                                           \
    do {                                                                       \
        tw_status tw_try_status = (expr);                                      \
        if (tw_try_status != TW_OK)                                            \
            return tw_try_status;                                              \
    } while (0)

#endif

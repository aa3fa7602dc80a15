/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a user may set: the one table from which dialogs, procedures, command
 * lines, manual and checks are made.
 */

#ifndef TW_PARAM_H
#define TW_PARAM_H

typedef enum tw_param_kind {
    TW_PARAM_REAL,   /* a number: "0.01", "25/255", "1%" (of 1, or of 100 where
                       the unit is "%") */
    TW_PARAM_INT,    /* a whole number */
    TW_PARAM_BOOL,   /* "true", "false", "yes", "no", "on", "off", 1, 0 */
    TW_PARAM_CHOICE, /* one of choices; the value is its index */
    TW_PARAM_TEXT,   /* any text */
    TW_PARAM_PICTURE /* one of choices, or else names a picture that the
                        front-end loads (a kernel, a mask) */
} tw_param_kind;

enum {
    TW_PARAM_AUTO = 1 << 0,   /* "auto" is a value too; initially so if NAN */
    TW_PARAM_EXPERT = 1 << 1, /* shown under "more" */
    TW_PARAM_RUN = 1 << 2,  /* about the run, not the picture: memory, threads;
                                 not part of a recipe */
    TW_PARAM_SIZE = 1 << 3, /* bytes: "512MiB", "2G" (1024), "1GB" (1000) */
    TW_PARAM_SCRIPT = 1 << 4, /* for scripts: in no dialog */
    TW_PARAM_NONE = 1 << 5    /* "no" is a value too: 0 */
};

typedef struct tw_param {
    const char *name; /* "guidance": the key in scripts, never translated */
    const char *title;
    const char *blurb; /* one sentence fragment; unit and meaning */
    tw_param_kind kind;
    double min, max, initial;
    unsigned flags;
    const char *const *choices; /* ends with NULL */
    const char *unit;           /* "px", "°", NULL */
} tw_param;

/* Rows of a parameter table; titles and blurbs are marked with N_(). */
#define TW_REAL(name, title, blurb, min, max, initial)                         \
    { name, title, blurb, TW_PARAM_REAL, min, max, initial, 0, 0, 0 }
#define TW_INT(name, title, blurb, min, max, initial)                          \
    { name, title, blurb, TW_PARAM_INT, min, max, initial, 0, 0, 0 }
#define TW_PARAM_END { 0, 0, 0, TW_PARAM_REAL, 0, 0, 0, 0, 0, 0 }

#endif

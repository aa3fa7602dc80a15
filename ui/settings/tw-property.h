/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a request as properties of a GObject, and back: GIMP's config,
 * a dialog's own object, a test's. A property has the name of its key.
 */

#ifndef TW_PROPERTY_H
#define TW_PROPERTY_H

#include <glib-object.h>

#include "tweedie.h"

G_BEGIN_DECLS

typedef enum {
    TW_PROPERTY_DOUBLE,
    TW_PROPERTY_INT,
    TW_PROPERTY_BOOLEAN,
    TW_PROPERTY_CHOICE, /* a string: the name of the choice */
    TW_PROPERTY_STRING  /* the text as in scripts: "auto", "25/255", "2G" */
} TwPropertyKind;

/* What a property for @param should be. Whole numbers beyond gint (the seed) are
 * doubles; what may be "auto" or has a unit of bytes is a string; a picture is a
 * choice, to which a front-end adds its own. */
TwPropertyKind tw_property_kind(const tw_param *param);

/* The initial value as the text of a string or choice property: "auto", "0",
 * "faithful", ""; freed by the caller. */
char *tw_property_initial(const tw_param *param);

/* Sets every key of the common and the task's table for which @object has a
 * property, "solver" first, and then, if there is a string property "settings",
 * its KEY=VALUE words (tasks/words.h): the solver's own parameters.
 *
 * Initial values and empty strings are left unset, so that a recipe holds what
 * matters. A picture's choice is always set: its absence has a meaning of its
 * own (kernel= of deblur).
 *
 * FALSE: @error, of TW_ERROR, has the engine's sentence; @request is then set in
 * part. */
gboolean tw_property_apply(GObject *object, tw_request *request,
                           GError **error);

/* The reverse: every property that has a key gets what @request says, or the
 * initial value. FALSE: a value that the property does not take. */
gboolean tw_property_load(GObject *object, const tw_request *request,
                          GError **error);

/* Errors of the engine; the code is a tw_status. */
#define TW_ERROR (tw_error_quark())
GQuark tw_error_quark(void);

/* What the engine said, as a GError; TW_CANCELLED is G_IO_ERROR_CANCELLED. @why
 * may be NULL or without text. */
void tw_set_error(GError **error, tw_status status, const tw_error *why);

G_END_DECLS

#endif

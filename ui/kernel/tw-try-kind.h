/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be tried for each kind of blur: values around those that are set, and
 * requests for them. No GTK, no state. */

#ifndef TW_TRY_KIND_H
#define TW_TRY_KIND_H

#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

typedef struct TwTryKind TwTryKind;

/* NULL: nothing to vary. @request may be NULL. */
const TwTryKind *tw_try_kind_of(const tw_request *request);

/* Along how many keys, 1 or 2, and the name of one. */
int tw_try_kind_axes(const TwTryKind *kind);
const char *tw_try_kind_key(const TwTryKind *kind, int axis);

/* The values of a request; 0 for an axis that there is not. */
void tw_try_kind_read(const TwTryKind *kind, const tw_request *request,
                      double values[2]);

/* Those of the try @index of 3 or 3 x 3 around @center, after @level halvings of
 * the steps. */
void tw_try_kind_values(const TwTryKind *kind, const double center[2],
                        int level, int index, double values[2]);

/* Are the steps too small to be seen? */
gboolean tw_try_kind_is_fine(const TwTryKind *kind, const double center[2],
                             int level);

/* Values with their units; to be freed. */
char *tw_try_kind_text(const TwTryKind *kind, const double values[2]);

/* @request with these values, in few steps and in one sample, and with the noise
 * that was measured in the whole picture. NULL: out of memory. */
tw_request *tw_try_kind_request(const TwTryKind *kind,
                                const tw_request *request,
                                const tw_report *report,
                                const double values[2]);

G_END_DECLS

#endif

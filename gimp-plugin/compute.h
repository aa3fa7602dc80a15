/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run without a dialog: with GIMP's own progress. */

#ifndef TW_COMPUTE_H
#define TW_COMPUTE_H

#include "filter.h"

G_BEGIN_DECLS

/* Restores, and writes the result. Warnings go to gimp_message(). */
gboolean tw_filter_compute(TwFilter *filter, GError **error);

G_END_DECLS

#endif

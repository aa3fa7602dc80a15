/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals: one translated sentence with cause and cure, as the engine has them
 * (TW_ERROR of tw-property.h). */

#ifndef TW_ERRORS_H
#define TW_ERRORS_H

#include <glib.h>

G_BEGIN_DECLS

/* Returns FALSE, so that a caller can write:
 * return tw_refuse(error, _("...")); */
gboolean tw_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* No memory for so many pixels. */
gboolean tw_refuse_memory(GError **error, int width, int height);

/* GIMP did not do what it was asked for. */
gboolean tw_refuse_host(GError **error);

G_END_DECLS

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does the result fit what was measured, and does it look like a photograph? The
 * answers of a report in one sentence each, with an icon, and what else there is
 * to say, in room for four lines that is always there; and a button that shows the
 * figures.
 */

#ifndef TW_CERTIFICATE_WIDGET_H
#define TW_CERTIFICATE_WIDGET_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_CERTIFICATE (tw_certificate_get_type())
G_DECLARE_FINAL_TYPE(TwCertificate, tw_certificate, TW, CERTIFICATE, GtkBox)

/* The icons of the answers: a tick only where it is known and good. */
const char *tw_certificate_fit_icon(tw_fit fit);
const char *tw_certificate_look_icon(tw_look look);

TwCertificate *tw_certificate_new(void);

/* Copies what it shows; NULL: shows nothing. */
void tw_certificate_set_report(TwCertificate *certificate,
                               const tw_report *report);

G_END_DECLS

#endif

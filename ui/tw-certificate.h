/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does the result fit the picture? The consistency certificate of a report in
 * sentences for a person, in room that is always there, and a button that shows
 * the figures.
 */

#ifndef TW_CERTIFICATE_WIDGET_H
#define TW_CERTIFICATE_WIDGET_H

#include <gtk/gtk.h>

#include "tweedie.h"

G_BEGIN_DECLS

#define TW_TYPE_CERTIFICATE (tw_certificate_get_type())
G_DECLARE_FINAL_TYPE(TwCertificate, tw_certificate, TW, CERTIFICATE, GtkBox)

typedef enum TwVerdict {
    TW_VERDICT_NONE,  /* the task has no certificate */
    TW_VERDICT_FITS,  /* everywhere */
    TW_VERDICT_PLACE, /* on the whole, but not in some place */
    TW_VERDICT_MISFIT /* it does not */
} TwVerdict;

/* @report NULL: none. */
TwVerdict tw_certificate_verdict(const tw_report *report);

/* The sentence, translated; to be freed; NULL for TW_VERDICT_NONE. */
char *tw_certificate_sentence(const tw_report *report);

TwCertificate *tw_certificate_new(void);

/* Copies what it shows; NULL: shows nothing. */
void tw_certificate_set_report(TwCertificate *certificate,
                               const tw_report *report);

G_END_DECLS

#endif

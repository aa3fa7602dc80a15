/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Translation: _() at run time, N_() marks a string in a constant table. The
 * front-ends bind the domain "tweedie"; the engine only looks strings up. */

#ifndef TW_I18N_H
#define TW_I18N_H

#include <libintl.h>

#define TW_DOMAIN  "tweedie"
#define _(string)  dgettext(TW_DOMAIN, string)
#define N_(string) (string)

#endif

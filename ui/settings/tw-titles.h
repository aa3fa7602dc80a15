/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read instead of the names of keys and choices. */

#ifndef TW_TITLES_H
#define TW_TITLES_H

#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* Translated; to be freed. A choice without a title of its own is shown by its
 * name, a solver by name and title. */
char *tw_choice_title(const tw_param *param, const char *choice);

/* What a tooltip says of a row, translated. */
const char *tw_tip(const tw_param *param);

/* Translated if it is a model that comes with the program. */
const char *tw_model_title(const tw_card *card);

/* The title of a row, translated, without its mnemonic; to be freed. */
char *tw_plain_title(const tw_param *param);

G_END_DECLS

#endif

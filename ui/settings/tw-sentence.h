/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's sentences for who sees a dialog: it names settings as scripts do,
 * "noise=", "kernel=disc"; here they have titles. */

#ifndef TW_SENTENCE_H
#define TW_SENTENCE_H

#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

/* @text with the keys of @task (NULL: those that all tasks have) as titles,
 * choices too; to be freed. What is no key stays as it is. */
char *tw_sentence(const tw_task *task, const char *text);

G_END_DECLS

#endif

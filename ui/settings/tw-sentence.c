/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-sentence.h"

#include <string.h>

#include "core/i18n.h"
#include "settings/tw-titles.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz-"

/* What a value may be made of, but for the point that ends a sentence. */
#define VALUE                                                                  \
    LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"                                       \
            "0123456789./%+"

static const tw_param *
find(const tw_param *table, const char *key, gsize length)
{
    for (; table && table->name; table++)
        if (strlen(table->name) == length &&
            strncmp(table->name, key, length) == 0)
            return table;
    return NULL;
}

static gboolean
is_choice(const tw_param *param, const char *value)
{
    return param->choices && g_strv_contains(param->choices, value);
}

static void
append(GString *out, const tw_param *param, const char *value)
{
    char *title = tw_plain_title(param);
    char *shown = is_choice(param, value) ? tw_choice_title(param, value)
                                          : g_strdup(value);

    if (*shown) /* Translators: a setting and its value. */
        g_string_append_printf(out, _("\"%s: %s\""), title, shown);
    else /* Translators: the title of a setting. */
        g_string_append_printf(out, _("\"%s\""), title);
    g_free(shown);
    g_free(title);
}

char *
tw_sentence(const tw_task *task, const char *text)
{
    GString *out = g_string_new(NULL);

    while (*text) {
        const gsize length = strspn(text, LETTERS);
        const tw_param *param = NULL;
        gsize value;

        if (length && text[length] == '=')
            param = find(task ? task->params : NULL, text, length);
        if (length && text[length] == '=' && !param)
            param = find(tw_common_params, text, length);
        if (!param) {
            g_string_append_len(out, text, (gssize) MAX(length, 1));
            text += MAX(length, 1);
            continue;
        }
        text += length + 1;
        value = strspn(text, VALUE);
        while (value && text[value - 1] == '.')
            value--;
        char *copy = g_strndup(text, value);

        append(out, param, copy);
        text += value;
        g_free(copy);
    }
    return g_string_free(out, FALSE);
}

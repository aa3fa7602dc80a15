/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dialog-private.h"

/* The buttons of the dialog come first, since every dialog of GIMP has them;
 * then what is seen, then what other settings would show. */
typedef struct Labels {
    GPtrArray *buttons, *seen, *others;
} Labels;

static void
collect(GtkWidget *widget, gpointer data)
{
    Labels *labels = data;

    if (GTK_IS_LABEL(widget)) {
        GtkLabel *label = GTK_LABEL(widget);
        GtkWidget *button =
            gtk_widget_get_ancestor(widget, GTK_TYPE_BUTTON_BOX);

        if (gtk_label_get_use_underline(label) &&
            strchr(gtk_label_get_label(label), '_'))
            g_ptr_array_add(button                           ? labels->buttons
                            : gtk_widget_get_visible(widget) ? labels->seen
                                                             : labels->others,
                            label);
    } else if (GTK_IS_CONTAINER(widget)) {
        gtk_container_forall(GTK_CONTAINER(widget), collect, data);
    }
}

char *
tw_dialog_plain(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *p = text; *p; p++) {
        if (p[0] == '(' && p[1] == '_' && p[2] && p[3] == ')') {
            p += 3;
            continue;
        }
        if (p[0] == '_' && p[1] == '_')
            p++;
        else if (p[0] == '_')
            continue;
        g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* @text with its mnemonic before the character at byte @at. To be freed. */
static char *
marked(const char *text, const char *at)
{
    GString *out = g_string_new(NULL);

    for (const char *p = text; *p; p++) {
        if (p == at || *p == '_')
            g_string_append_c(out, '_');
        g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* Changes the text of the label, or of the button that owns it. */
static void
set_text(GtkLabel *label, const char *text)
{
    GtkWidget *button =
        gtk_widget_get_ancestor(GTK_WIDGET(label), GTK_TYPE_BUTTON);

    if (button && g_strcmp0(gtk_button_get_label(GTK_BUTTON(button)),
                            gtk_label_get_label(label)) == 0)
        gtk_button_set_label(GTK_BUTTON(button), text);
    else
        gtk_label_set_text_with_mnemonic(label, text);
}

static gboolean
take(GHashTable *taken, gunichar letter)
{
    const gunichar key = g_unichar_tolower(letter);

    /* Wide ones are not on any key. */
    return g_unichar_isalnum(letter) && !g_unichar_iswide(letter) &&
           g_hash_table_add(taken, GUINT_TO_POINTER(key));
}

/* "Title (_X)", as where letters are not those of the keyboard; NULL: it has
 * letters of its own, or none is left. To be freed. */
static char *
with_letter(const char *text, GHashTable *taken)
{
    gboolean wide = FALSE;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        wide = wide || g_unichar_iswide(g_utf8_get_char(p));
    for (char letter = 'A'; wide && letter <= 'Z'; letter++)
        if (take(taken, (gunichar) letter))
            return g_strdup_printf("%s(_%c)", text, letter);
    return NULL;
}

static void
share(GtkLabel *label, GHashTable *taken)
{
    const guint wanted = gtk_label_get_mnemonic_keyval(label);
    char *text, *with = NULL;

    if (wanted != GDK_KEY_VoidSymbol &&
        take(taken, gdk_keyval_to_unicode(wanted)))
        return;
    text = tw_dialog_plain(gtk_label_get_label(label));
    for (const char *p = text; *p && !with; p = g_utf8_next_char(p))
        if (take(taken, g_utf8_get_char(p)))
            with = marked(text, p);
    if (!with)
        with = with_letter(text, taken);
    set_text(label, with ? with : text);
    g_free(with);
    g_free(text);
}

void
tw_dialog_share_letters(GtkWidget *window)
{
    Labels labels = { g_ptr_array_new(), g_ptr_array_new(), g_ptr_array_new() };
    GPtrArray *const order[] = { labels.buttons, labels.seen, labels.others };
    GHashTable *taken = g_hash_table_new(NULL, NULL);

    collect(window, &labels);
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++) {
        for (guint k = 0; k < order[i]->len; k++)
            share(g_ptr_array_index(order[i], k), taken);
        g_ptr_array_unref(order[i]);
    }
    g_hash_table_unref(taken);
}

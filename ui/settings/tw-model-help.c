/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-model-help.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "widgets/tw-expander.h"

struct _TwModelHelp {
    GtkBox parent_instance;
    GtkWidget *warning; /* how many cannot be used */
    GtkExpander *expander;
    GtkLabel *problems;
    GtkWidget *failure;
    char *folder; /* of the user; NULL: there is none */
};

static guint refresh_signal;

G_DEFINE_TYPE(TwModelHelp, tw_model_help, GTK_TYPE_BOX)

static GtkWidget *
wrapped(const char *text)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_max_width_chars(GTK_LABEL(label), 30);
    return label;
}

/* Makes the folder if it is not there: the user wants to put something in. */
static void
on_open(TwModelHelp *help)
{
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(help));
    GError *error = NULL;
    char *uri = NULL;

    if (g_mkdir_with_parents(help->folder, 0700) == 0)
        uri = g_filename_to_uri(help->folder, NULL, &error);
    if (!uri || !gtk_show_uri_on_window(
                    GTK_IS_WINDOW(window) ? GTK_WINDOW(window) : NULL, uri,
                    GDK_CURRENT_TIME, &error))
        gtk_widget_show(help->failure);
    g_clear_error(&error);
    g_free(uri);
}

static void
on_refresh(TwModelHelp *help)
{
    g_signal_emit(help, refresh_signal, 0);
}

void
tw_model_help_show(TwModelHelp *help, tw_store *store)
{
    GString *text = g_string_new(NULL);
    const char *problem;
    int count = 0;
    char *warning;

    for (; (problem = tw_store_problem(store, count)); count++)
        g_string_append_printf(text, "%s%s", count ? "\n" : "", problem);
    warning = g_strdup_printf(dngettext(TW_DOMAIN,
                                        "%d model cannot be used, see below.",
                                        "%d models cannot be used, see below.",
                                        (unsigned long) count),
                              count);
    gtk_label_set_text(GTK_LABEL(help->warning), warning);
    gtk_widget_set_visible(help->warning, count > 0);
    gtk_label_set_text(help->problems, text->str);
    gtk_widget_set_visible(GTK_WIDGET(help->problems), count > 0);
    if (!tw_store_card(store, 0))
        gtk_expander_set_expanded(help->expander, TRUE);
    g_free(warning);
    g_string_free(text, TRUE);
}

static void
finalize(GObject *object)
{
    free(TW_MODEL_HELP(object)->folder);
    G_OBJECT_CLASS(tw_model_help_parent_class)->finalize(object);
}

static void
tw_model_help_class_init(TwModelHelpClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
    refresh_signal =
        g_signal_new("refresh", TW_TYPE_MODEL_HELP, G_SIGNAL_RUN_LAST, 0, NULL,
                     NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_buttons(TwModelHelp *help)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *open = gtk_button_new_with_label(_("Open folder"));
    GtkWidget *again = gtk_button_new_with_label(_("Look again"));

    gtk_widget_set_sensitive(open, help->folder != NULL);
    g_signal_connect_swapped(open, "clicked", G_CALLBACK(on_open), help);
    g_signal_connect_swapped(again, "clicked", G_CALLBACK(on_refresh), help);
    gtk_box_pack_start(GTK_BOX(row), open, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(row), again, FALSE, FALSE, 0);
    return row;
}

/* A path keeps its order in languages that are written from right to left. */
static GtkWidget *
make_path(const char *folder)
{
    char *shown = folder ? g_filename_display_name(folder) : g_strdup("");
    char *isolated = g_strdup_printf("\u2066%s\u2069", shown);
    GtkWidget *label = wrapped(isolated);

    gtk_label_set_selectable(GTK_LABEL(label), TRUE);
    g_free(isolated);
    g_free(shown);
    return label;
}

static void
tw_model_help_init(TwModelHelp *help)
{
    GtkWidget *inside = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
    GtkWidget *expander = tw_expander_new(_("Other models"));

    help->folder = tw_store_user_folder();
    help->warning = wrapped(NULL);
    help->problems = GTK_LABEL(wrapped(NULL));
    help->failure = wrapped(_("The folder could not be opened."));
    help->expander = GTK_EXPANDER(expander);
    gtk_widget_set_margin_top(inside, 6);
    gtk_label_set_selectable(help->problems, TRUE);
    gtk_orientable_set_orientation(GTK_ORIENTABLE(help),
                                   GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(help), 3);
    gtk_container_add(
        GTK_CONTAINER(inside),
        wrapped(_("Put the folder of a model, with its card.json, into:")));
    gtk_container_add(GTK_CONTAINER(inside), make_path(help->folder));
    gtk_container_add(GTK_CONTAINER(inside), make_buttons(help));
    gtk_container_add(GTK_CONTAINER(inside), help->failure);
    gtk_container_add(GTK_CONTAINER(inside), GTK_WIDGET(help->problems));
    gtk_container_add(GTK_CONTAINER(expander), inside);
    gtk_container_add(GTK_CONTAINER(help), help->warning);
    gtk_container_add(GTK_CONTAINER(help), expander);
    gtk_widget_show_all(GTK_WIDGET(help));
    gtk_widget_hide(help->failure);
    gtk_widget_set_no_show_all(help->failure, TRUE);
    gtk_widget_set_no_show_all(help->warning, TRUE);
    gtk_widget_set_no_show_all(GTK_WIDGET(help->problems), TRUE);
}

TwModelHelp *
tw_model_help_new(void)
{
    return g_object_new(TW_TYPE_MODEL_HELP, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-prompt-entry.h"

#include <string.h>

#include "core/i18n.h"
#include "settings/tw-text-entry.h"
#include "settings/tw-words.h"

enum { OFFERED = 12 }; /* words, so that the list stays on the screen */

struct _TwPromptEntry {
    GtkBox parent_instance;
    TwTextEntry *entry;
    GtkLabel *note;
    GtkListStore *words; /* that are offered now */
    const tw_card *card; /* NULL: none */
    gsize from;          /* where what they complete begins, bytes */
    guint check;         /* 0: nothing has changed */
};

enum { PROP_VALUE = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_FINAL_TYPE(TwPromptEntry, tw_prompt_entry, GTK_TYPE_BOX)

static const char *
text_of(TwPromptEntry *prompt)
{
    return gtk_entry_get_text(GTK_ENTRY(prompt->entry));
}

/* In bytes of the text. */
static gsize
cursor_of(TwPromptEntry *prompt)
{
    const char *text = text_of(prompt);
    const int at = gtk_editable_get_position(GTK_EDITABLE(prompt->entry));

    return (gsize) (g_utf8_offset_to_pointer(text, at) - text);
}

/* --- what is named --- */

static void
show_note(TwPromptEntry *prompt)
{
    const gboolean typing = gtk_widget_has_focus(GTK_WIDGET(prompt->entry));
    const gsize cursor = typing ? cursor_of(prompt) : G_MAXSIZE;
    g_autofree char *unknown =
        prompt->card ? tw_words_unknown(prompt->card, text_of(prompt), cursor)
                     : g_strdup("");
    g_autofree char *text =
        *unknown ? g_strdup_printf(_("Not known: %s"), unknown)
                 : g_strdup(_("English words, separated by commas"));
    AtkObject *object = gtk_widget_get_accessible(GTK_WIDGET(prompt->entry));

    if (strcmp(text, gtk_label_get_text(prompt->note)) == 0)
        return;
    gtk_label_set_text(prompt->note, text);
    gtk_widget_set_tooltip_text(GTK_WIDGET(prompt->note), text);
    atk_object_set_description(object, text);
}

/* --- what is offered --- */

static void
offer(TwPromptEntry *prompt)
{
    GPtrArray *found;

    gtk_list_store_clear(prompt->words);
    if (!prompt->card || !gtk_widget_has_focus(GTK_WIDGET(prompt->entry)))
        return;
    found = tw_words_completions(prompt->card, text_of(prompt),
                                 cursor_of(prompt), OFFERED, &prompt->from);
    for (guint i = 0; i < found->len; i++)
        gtk_list_store_insert_with_values(prompt->words, NULL, -1, 0,
                                          found->pdata[i], -1);
    g_ptr_array_unref(found);
}

/* Only what fits is in the list. */
static gboolean
matches(GtkEntryCompletion *completion, const char *key, GtkTreeIter *iter,
        gpointer data)
{
    (void) completion;
    (void) key;
    (void) iter;
    (void) data;
    return TRUE;
}

static gboolean
on_selected(GtkEntryCompletion *completion, GtkTreeModel *model,
            GtkTreeIter *iter, gpointer data)
{
    TwPromptEntry *prompt = data;
    g_autofree char *word = NULL;
    g_autofree char *text = NULL;
    gsize after;

    (void) completion;
    gtk_tree_model_get(model, iter, 0, &word, -1);
    text = tw_words_complete(text_of(prompt), prompt->from, cursor_of(prompt),
                             word, &after);
    gtk_entry_set_text(GTK_ENTRY(prompt->entry), text);
    gtk_editable_set_position(GTK_EDITABLE(prompt->entry),
                              (int) g_utf8_strlen(text, (gssize) after));
    return TRUE;
}

/* The cursor is moved after the text has changed. */
static gboolean
on_idle(gpointer data)
{
    TwPromptEntry *prompt = data;

    prompt->check = 0;
    offer(prompt);
    show_note(prompt);
    return G_SOURCE_REMOVE;
}

static void
check_soon(TwPromptEntry *prompt)
{
    if (!prompt->check)
        prompt->check =
            g_idle_add_full(G_PRIORITY_HIGH_IDLE, on_idle, prompt, NULL);
}

static void
make_completion(TwPromptEntry *prompt)
{
    GtkEntryCompletion *completion = gtk_entry_completion_new();

    gtk_entry_completion_set_model(completion, GTK_TREE_MODEL(prompt->words));
    gtk_entry_completion_set_text_column(completion, 0);
    gtk_entry_completion_set_match_func(completion, matches, NULL, NULL);
    g_signal_connect(completion, "match-selected", G_CALLBACK(on_selected),
                     prompt);
    gtk_entry_set_completion(GTK_ENTRY(prompt->entry), completion);
    g_object_unref(completion);
}

/* --- object --- */

void
tw_prompt_entry_set_card(TwPromptEntry *prompt, const tw_card *card)
{
    if (card == prompt->card)
        return;
    prompt->card = card;
    check_soon(prompt);
}

GtkWidget *
tw_prompt_entry_get_entry(TwPromptEntry *prompt)
{
    return GTK_WIDGET(prompt->entry);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    g_object_get_property(G_OBJECT(TW_PROMPT_ENTRY(object)->entry), pspec->name,
                          value);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    g_object_set_property(G_OBJECT(TW_PROMPT_ENTRY(object)->entry), pspec->name,
                          value);
}

static void
on_value(TwPromptEntry *prompt)
{
    g_object_notify_by_pspec(G_OBJECT(prompt), properties[PROP_VALUE]);
}

static void
dispose(GObject *object)
{
    TwPromptEntry *prompt = TW_PROMPT_ENTRY(object);

    g_clear_handle_id(&prompt->check, g_source_remove);
    g_clear_object(&prompt->words);
    G_OBJECT_CLASS(tw_prompt_entry_parent_class)->dispose(object);
}

static void
tw_prompt_entry_class_init(TwPromptEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->dispose = dispose;
    properties[PROP_VALUE] = g_param_spec_string(
        "value", NULL, NULL, "",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_prompt_entry_init(TwPromptEntry *prompt)
{
    GtkWidget *note = gtk_label_new(NULL);

    gtk_orientable_set_orientation(GTK_ORIENTABLE(prompt),
                                   GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(prompt), 3);
    prompt->entry = tw_text_entry_new();
    prompt->note = GTK_LABEL(note);
    prompt->words = gtk_list_store_new(1, G_TYPE_STRING);
    gtk_label_set_xalign(prompt->note, 0);
    gtk_label_set_ellipsize(prompt->note, PANGO_ELLIPSIZE_END);
    make_completion(prompt);
    g_signal_connect_swapped(prompt->entry, "changed", G_CALLBACK(check_soon),
                             prompt);
    g_signal_connect_swapped(prompt->entry, "notify::cursor-position",
                             G_CALLBACK(check_soon), prompt);
    g_signal_connect_swapped(prompt->entry, "notify::has-focus",
                             G_CALLBACK(check_soon), prompt);
    g_signal_connect_swapped(prompt->entry, "notify::value",
                             G_CALLBACK(on_value), prompt);
    gtk_box_pack_start(GTK_BOX(prompt), GTK_WIDGET(prompt->entry), FALSE, FALSE,
                       0);
    gtk_box_pack_start(GTK_BOX(prompt), note, FALSE, FALSE, 0);
    show_note(prompt);
    gtk_widget_show_all(GTK_WIDGET(prompt));
}

TwPromptEntry *
tw_prompt_entry_new(void)
{
    return g_object_new(TW_TYPE_PROMPT_ENTRY, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-noise-entry.h"

#include <math.h>

#include "core/i18n.h"

struct _TwNoiseEntry {
    GtkBox parent_instance;
    TwAutoEntry *level;
    GtkLabel *measured;
    GtkRange *amount;
    double found; /* 0: nothing */
    gboolean asked, updating;
};

/* Of the slider, in powers of 2. */
static const double MOST_AMOUNT = 2, AMOUNT_STEP = 0.25;

enum { PROP_TEXT = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];
static guint measure_signal;

G_DEFINE_TYPE(TwNoiseEntry, tw_noise_entry, GTK_TYPE_BOX)

static void
on_measure(GtkButton *button, gpointer data)
{
    TwNoiseEntry *entry = data;

    (void) button;
    entry->asked = TRUE;
    gtk_label_set_text(entry->measured, _("Measuring…"));
    g_signal_emit(entry, measure_signal, 0);
}

/* --- less or more --- */

static gboolean
is_auto(const TwNoiseEntry *entry)
{
    return g_strcmp0(tw_value_entry_get_text(TW_VALUE_ENTRY(entry->level)),
                     "auto") == 0;
}

/* By the user, if not updating. In the middle it is what is measured. */
static void
on_amount(TwNoiseEntry *entry)
{
    const double amount = gtk_range_get_value(entry->amount);

    if (entry->updating)
        return;
    if (fabs(amount) < AMOUNT_STEP / 2)
        tw_value_entry_set_text(TW_VALUE_ENTRY(entry->level), "auto");
    else
        tw_auto_entry_set_value(entry->level,
                                fmin(entry->found * exp2(amount), 1));
}

/* The slider says how the level compares with what was measured. */
static void
show_amount(TwNoiseEntry *entry)
{
    const double level =
        tw_number_entry_get_value(tw_auto_entry_get_number(entry->level));
    const double least = entry->found * exp2(-MOST_AMOUNT);
    double amount = 0;

    if (!is_auto(entry) && entry->found > 0)
        amount = log2(fmax(level, least) / entry->found);
    entry->updating = TRUE;
    gtk_widget_set_sensitive(GTK_WIDGET(entry->amount), entry->found > 0);
    gtk_range_set_value(entry->amount, amount);
    entry->updating = FALSE;
}

static GtkWidget *
amount_new(TwNoiseEntry *entry)
{
    GtkWidget *scale = gtk_scale_new_with_range(
        GTK_ORIENTATION_HORIZONTAL, -MOST_AMOUNT, MOST_AMOUNT, AMOUNT_STEP);

    gtk_scale_set_draw_value(GTK_SCALE(scale), FALSE);
    gtk_scale_set_has_origin(GTK_SCALE(scale), FALSE);
    gtk_range_set_round_digits(GTK_RANGE(scale), -1);
    gtk_scale_add_mark(GTK_SCALE(scale), -MOST_AMOUNT, GTK_POS_BOTTOM,
                       _("Less"));
    gtk_scale_add_mark(GTK_SCALE(scale), 0, GTK_POS_BOTTOM, _("As measured"));
    gtk_scale_add_mark(GTK_SCALE(scale), MOST_AMOUNT, GTK_POS_BOTTOM,
                       _("More"));
    gtk_widget_set_tooltip_text(
        scale, _("Removes less or more than the noise that was measured"));
    atk_object_set_name(gtk_widget_get_accessible(scale),
                        _("Less or more than measured"));
    entry->amount = GTK_RANGE(scale);
    g_signal_connect_swapped(scale, "value-changed", G_CALLBACK(on_amount),
                             entry);
    return scale;
}

GtkRange *
tw_noise_entry_get_amount(TwNoiseEntry *entry)
{
    return entry->amount;
}

/* --- what was measured --- */

/* White noise is alike at all sizes and in all colors, and needs no more words. */
static gboolean
is_white(const tw_noise *noise)
{
    return fabs(noise->fine - noise->noise) < 0.1 * noise->noise &&
           fabs(noise->color - noise->noise) < 0.1 * noise->noise;
}

static char *
describe(const tw_noise *noise)
{
    if (noise->fine + noise->coarse + noise->color <= 0 || is_white(noise))
        return g_strdup_printf(_("Measured: %.2f %%"), 100 * noise->noise);
    return g_strdup_printf(
        _("Measured: %.2f %%\nFine %.1f %%, coarse %.1f %%, color %.1f %%"),
        100 * noise->noise, 100 * noise->fine, 100 * noise->coarse,
        100 * noise->color);
}

void
tw_noise_entry_set_measured(TwNoiseEntry *entry, const tw_noise *noise)
{
    const gboolean known = noise && noise->noise >= 0;
    g_autofree char *text = NULL;

    if (known)
        text = describe(noise);
    else
        text = g_strdup(entry->asked ? _("It could not be measured.") : "");
    gtk_label_set_text(entry->measured, text);
    entry->found = known ? noise->noise : 0;
    if (known)
        tw_auto_entry_suggest(entry->level, noise->noise);
    if (known && entry->asked && !is_auto(entry))
        tw_auto_entry_set_value(entry->level, noise->noise);
    entry->asked = FALSE;
    show_amount(entry);
}

TwAutoEntry *
tw_noise_entry_get_auto(TwNoiseEntry *entry)
{
    return entry->level;
}

static gboolean
mnemonic_activate(GtkWidget *widget, gboolean cycling)
{
    return gtk_widget_mnemonic_activate(
        GTK_WIDGET(TW_NOISE_ENTRY(widget)->level), cycling);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_string(value, tw_value_entry_get_text(TW_VALUE_ENTRY(
                                  TW_NOISE_ENTRY(object)->level)));
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_value_entry_set_text(TW_VALUE_ENTRY(TW_NOISE_ENTRY(object)->level),
                            g_value_get_string(value));
}

static void
on_text(TwNoiseEntry *entry)
{
    show_amount(entry);
    g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_TEXT]);
}

static void
tw_noise_entry_class_init(TwNoiseEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    GTK_WIDGET_CLASS(class)->mnemonic_activate = mnemonic_activate;
    object_class->get_property = get_property;
    object_class->set_property = set_property;
    properties[PROP_TEXT] = g_param_spec_string(
        "text", NULL, NULL, "auto",
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
    measure_signal =
        g_signal_new("measure", TW_TYPE_NOISE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_noise_entry_init(TwNoiseEntry *entry)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(entry),
                                   GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(entry), 3);
}

TwNoiseEntry *
tw_noise_entry_new(const tw_param *param)
{
    TwNoiseEntry *entry = g_object_new(TW_TYPE_NOISE_ENTRY, NULL);
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *button = gtk_button_new_with_label(_("Measure"));
    GtkWidget *label = gtk_label_new("");

    entry->level = tw_auto_entry_new(param, GTK_ORIENTATION_VERTICAL);
    entry->measured = GTK_LABEL(label);
    gtk_label_set_xalign(entry->measured, 0);
    gtk_label_set_line_wrap(entry->measured, TRUE);
    gtk_widget_set_tooltip_text(
        button, _("Measures the noise of the whole picture now"));
    g_signal_connect(button, "clicked", G_CALLBACK(on_measure), entry);
    g_signal_connect_swapped(entry->level, "notify::text", G_CALLBACK(on_text),
                             entry);
    gtk_box_pack_start(GTK_BOX(row), button, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(row), label, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(entry), GTK_WIDGET(entry->level), FALSE, FALSE,
                       0);
    gtk_box_pack_start(GTK_BOX(entry), amount_new(entry), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(entry), row, FALSE, FALSE, 0);
    show_amount(entry);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}

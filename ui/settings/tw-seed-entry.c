/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-seed-entry.h"

#include "core/i18n.h"

struct _TwSeedEntry {
    GtkBox parent_instance;
    TwNumberEntry *number;
    GtkWidget *button;
};

enum { PROP_VALUE = 1, PROP_COUNT };

enum {
    SEEDS = 1000000, /* as many as are easily written down */
    SIDE = 16        /* of the die, px */
};

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwSeedEntry, tw_seed_entry, GTK_TYPE_BOX)

static void
on_button(TwSeedEntry *entry)
{
    const double old = tw_number_entry_get_value(entry->number);
    double seed = g_random_int_range(0, SEEDS - 1);

    /* Never the same. */
    if (seed >= old && old < SEEDS)
        seed++;
    tw_number_entry_set_value(entry->number, seed);
}

/* Five eyes in the color of the theme's text. */
static gboolean
on_draw(GtkWidget *widget, cairo_t *cr, gpointer data)
{
    static const double eyes[][2] = {
        { 0.28, 0.28 }, { 0.72, 0.28 }, { 0.5, 0.5 },
        { 0.28, 0.72 }, { 0.72, 0.72 },
    };
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    GdkRGBA color;

    (void) data;
    gtk_style_context_get_color(style, gtk_style_context_get_state(style),
                                &color);
    gdk_cairo_set_source_rgba(cr, &color);
    cairo_translate(cr, (gtk_widget_get_allocated_width(widget) - SIDE) / 2,
                    (gtk_widget_get_allocated_height(widget) - SIDE) / 2);
    cairo_set_line_width(cr, 1.2);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_rectangle(cr, 1.5, 1.5, SIDE - 3, SIDE - 3);
    cairo_stroke(cr);
    for (gsize i = 0; i < G_N_ELEMENTS(eyes); i++) {
        cairo_arc(cr, eyes[i][0] * SIDE, eyes[i][1] * SIDE, 1.4, 0, 2 * G_PI);
        cairo_fill(cr);
    }
    return FALSE;
}

TwNumberEntry *
tw_seed_entry_get_number(TwSeedEntry *entry)
{
    return entry->number;
}

GtkWidget *
tw_seed_entry_get_button(TwSeedEntry *entry)
{
    return entry->button;
}

static void
on_value(TwSeedEntry *entry)
{
    g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_VALUE]);
}

static gboolean
mnemonic_activate(GtkWidget *widget, gboolean cycling)
{
    return gtk_widget_mnemonic_activate(
        tw_number_entry_get_spin(TW_SEED_ENTRY(widget)->number), cycling);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_double(
        value, tw_number_entry_get_value(TW_SEED_ENTRY(object)->number));
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_number_entry_set_value(TW_SEED_ENTRY(object)->number,
                              g_value_get_double(value));
}

static void
tw_seed_entry_class_init(TwSeedEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    GTK_WIDGET_CLASS(class)->mnemonic_activate = mnemonic_activate;
    object_class->get_property = get_property;
    object_class->set_property = set_property;
    properties[PROP_VALUE] = g_param_spec_double(
        "value", NULL, NULL, 0, G_MAXDOUBLE, 0,
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_seed_entry_init(TwSeedEntry *entry)
{
    gtk_box_set_spacing(GTK_BOX(entry), 6);
}

TwSeedEntry *
tw_seed_entry_new(const tw_param *param)
{
    TwSeedEntry *entry = g_object_new(TW_TYPE_SEED_ENTRY, NULL);
    GtkWidget *die = gtk_drawing_area_new();

    entry->number = tw_number_entry_new(param, FALSE);
    entry->button = gtk_button_new();
    gtk_widget_set_size_request(die, SIDE, SIDE);
    g_signal_connect(die, "draw", G_CALLBACK(on_draw), NULL);
    gtk_container_add(GTK_CONTAINER(entry->button), die);
    gtk_widget_set_tooltip_text(entry->button, _("New random seed"));
    atk_object_set_name(gtk_widget_get_accessible(entry->button),
                        _("New random seed"));
    g_signal_connect_swapped(entry->button, "clicked", G_CALLBACK(on_button),
                             entry);
    g_signal_connect_swapped(entry->number, "notify::value",
                             G_CALLBACK(on_value), entry);
    gtk_box_pack_start(GTK_BOX(entry), GTK_WIDGET(entry->number), TRUE, TRUE,
                       0);
    gtk_box_pack_start(GTK_BOX(entry), entry->button, FALSE, FALSE, 0);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}

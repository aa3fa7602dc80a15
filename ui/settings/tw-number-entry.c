/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/tw-number-entry.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "settings/tw-curve.h"
#include "settings/tw-number-style.h"
#include "tasks/value.h"

struct _TwNumberEntry {
    GtkBox parent_instance;
    const tw_param *param;
    double factor;
    char *unit; /* with its space, or "" */
    int digits; /* of what is shown */
    TwCurve curve;
    double value;
    GtkSpinButton *spin;
    GtkRange *slider; /* NULL: none */
    gboolean blank;   /* shows no number */
    gboolean updating;
};

enum { PROP_VALUE = 1, PROP_COUNT };

static GParamSpec *properties[PROP_COUNT];

G_DEFINE_TYPE(TwNumberEntry, tw_number_entry, GTK_TYPE_BOX)

static double
rounded(double x, int digits)
{
    const double scale = pow(10, digits);

    return round(x * scale) / scale;
}

static char *
shown_text(const TwNumberEntry *entry, double shown)
{
    if (entry->blank)
        return g_strdup("");
    return g_strdup_printf("%.*f%s", entry->digits, shown, entry->unit);
}

static gboolean
on_output(GtkSpinButton *spin, gpointer data)
{
    TwNumberEntry *entry = data;
    char *text = shown_text(entry, gtk_spin_button_get_value(spin));

    if (strcmp(text, gtk_entry_get_text(GTK_ENTRY(spin))) != 0)
        gtk_entry_set_text(GTK_ENTRY(spin), text);
    g_free(text);
    return TRUE;
}

/* A number in the language's or the C notation, with or without the unit, or a
 * quotient such as 5/255 of the value itself. False: neither. */
static gboolean
read_text(const TwNumberEntry *entry, const char *text, double *shown)
{
    tw_error err = { 0 };
    char *end = NULL;

    if (strchr(text, '/')) {
        const tw_status status =
            tw_value_parse(entry->param, text, shown, &err);

        *shown *= entry->factor;
        return status == TW_OK && isfinite(*shown);
    }
    *shown = rounded(g_strtod(text, &end), entry->digits);
    return end != text && isfinite(*shown);
}

/* Nonsense leaves the value, and what is shown unchanged stays exact. */
static int
on_input(GtkSpinButton *spin, double *value, gpointer data)
{
    TwNumberEntry *entry = data;
    const char *text = gtk_entry_get_text(GTK_ENTRY(spin));
    const double now = gtk_spin_button_get_value(spin);
    char *unchanged = shown_text(entry, now);

    if (strcmp(text, unchanged) == 0 || !read_text(entry, text, value))
        *value = now;
    g_free(unchanged);
    return TRUE;
}

static void
on_spin(GtkSpinButton *spin, gpointer data)
{
    TwNumberEntry *entry = data;

    /* Steps of 0.1 add up to 0.30000000000000004. */
    if (!entry->updating)
        tw_number_entry_set_value(
            entry,
            rounded(gtk_spin_button_get_value(spin), entry->digits ? 9 : 0) /
                entry->factor);
}

static void
on_slider(GtkRange *slider, gpointer data)
{
    TwNumberEntry *entry = data;

    const double value =
        tw_curve_value(&entry->curve, gtk_range_get_value(slider));

    if (!entry->updating)
        tw_number_entry_set_value(
            entry,
            rounded(value * entry->factor, entry->digits) / entry->factor);
}

double
tw_number_entry_get_value(TwNumberEntry *entry)
{
    return entry->value;
}

void
tw_number_entry_set_value(TwNumberEntry *entry, double value)
{
    value = CLAMP(value, entry->param->min, entry->param->max);
    if (entry->param->kind == TW_PARAM_INT)
        value = round(value);
    if (isnan(value))
        return;
    const gboolean changed = value > entry->value || value < entry->value;

    entry->value = value;
    entry->updating = TRUE;
    gtk_spin_button_set_value(entry->spin, value * entry->factor);
    if (entry->slider)
        gtk_range_set_value(entry->slider,
                            tw_curve_position(&entry->curve, value));
    entry->updating = FALSE;
    if (changed)
        g_object_notify_by_pspec(G_OBJECT(entry), properties[PROP_VALUE]);
}

GtkWidget *
tw_number_entry_get_spin(TwNumberEntry *entry)
{
    return GTK_WIDGET(entry->spin);
}

GtkWidget *
tw_number_entry_get_slider(TwNumberEntry *entry)
{
    return (GtkWidget *) entry->slider;
}

void
tw_number_entry_set_blank(TwNumberEntry *entry, gboolean blank)
{
    entry->blank = blank;
    on_output(entry->spin, entry);
}

static void
make_spin(TwNumberEntry *entry, double step)
{
    const tw_param *param = entry->param;
    const double factor = entry->factor;
    GtkAdjustment *adjustment =
        gtk_adjustment_new(factor * entry->value, factor * param->min,
                           factor * param->max, step, 10 * step, 0);
    GtkWidget *spin =
        gtk_spin_button_new(adjustment, 0, (unsigned) entry->digits);
    char *widest = shown_text(entry, factor * fmin(param->max, 1e6));
    const int width = (int) g_utf8_strlen(widest, -1);

    g_signal_connect(spin, "output", G_CALLBACK(on_output), entry);
    g_signal_connect(spin, "input", G_CALLBACK(on_input), entry);
    g_signal_connect(spin, "value-changed", G_CALLBACK(on_spin), entry);
    gtk_entry_set_width_chars(GTK_ENTRY(spin), CLAMP(width, 6, 9));
    gtk_entry_set_activates_default(GTK_ENTRY(spin), FALSE);
    gtk_box_pack_start(GTK_BOX(entry), spin, entry->slider == NULL, TRUE, 0);
    entry->spin = GTK_SPIN_BUTTON(spin);
    g_free(widest);
}

static void
make_slider(TwNumberEntry *entry)
{
    GtkWidget *slider = gtk_scale_new(
        GTK_ORIENTATION_HORIZONTAL, gtk_adjustment_new(0, 0, 1, 0.01, 0.1, 0));

    entry->slider = GTK_RANGE(slider);
    gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
    gtk_widget_set_size_request(slider, 80, -1);
    g_signal_connect(slider, "value-changed", G_CALLBACK(on_slider), entry);
    gtk_box_pack_start(GTK_BOX(entry), slider, TRUE, TRUE, 0);
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    g_value_set_double(value, TW_NUMBER_ENTRY(object)->value);
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    (void) id;
    (void) pspec;
    tw_number_entry_set_value(TW_NUMBER_ENTRY(object),
                              g_value_get_double(value));
}

static void
finalize(GObject *object)
{
    g_free(TW_NUMBER_ENTRY(object)->unit);
    G_OBJECT_CLASS(tw_number_entry_parent_class)->finalize(object);
}

static void
tw_number_entry_class_init(TwNumberEntryClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    properties[PROP_VALUE] = g_param_spec_double(
        "value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, PROP_COUNT, properties);
}

static void
tw_number_entry_init(TwNumberEntry *entry)
{
    gtk_box_set_spacing(GTK_BOX(entry), 6);
}

/* "°" stands close to its number. */
static char *
with_space(const char *unit)
{
    if (!unit)
        return g_strdup("");
    return g_strconcat(strcmp(unit, "°") == 0 ? "" : " ", unit, NULL);
}

TwNumberEntry *
tw_number_entry_new(const tw_param *param, gboolean slider)
{
    const TwNumberStyle style = tw_number_style(param);
    TwNumberEntry *entry = g_object_new(TW_TYPE_NUMBER_ENTRY, NULL);

    entry->param = param;
    entry->factor = style.factor;
    entry->unit = with_space(style.unit ? _(style.unit) : NULL);
    entry->digits = tw_number_digits(param, &style);
    entry->curve = tw_curve_for(param);
    entry->value = CLAMP(style.start, param->min, param->max);
    if (slider && style.factor * (param->max - param->min) <= 1000)
        make_slider(entry);
    make_spin(entry, style.step);
    tw_number_entry_set_value(entry, entry->value);
    gtk_widget_show_all(GTK_WIDGET(entry));
    return entry;
}

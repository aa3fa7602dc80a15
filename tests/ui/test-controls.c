/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls made from the tables of every task, on a display. */

#include <gtk/gtk.h>

#include "check-gtk.h"
#include "controls-fixture.h"
#include "demo/demo-settings.h"
#include "settings/tw-auto-entry.h"
#include "settings/tw-detail-entry.h"
#include "settings/tw-model-chooser.h"
#include "settings/tw-noise-entry.h"
#include "settings/tw-property.h"

static void
for_every_row(void (*check)(Fixture *f, const tw_param *param))
{
    for (int i = 0; tw_tasks[i]; i++) {
        const tw_param *const tables[] = { tw_tasks[i]->params,
                                           tw_common_params };
        Fixture f;

        set_up(&f, tw_tasks[i], TW_TEST_MODELS);
        for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
            for (const tw_param *param = tables[t]; param->name; param++)
                if (!(param->flags & TW_PARAM_SCRIPT))
                    check(&f, param);
        tear_down(&f);
    }
}

static void
for_every_task(void (*check)(Fixture *f))
{
    for (int i = 0; tw_tasks[i]; i++) {
        Fixture f;

        set_up(&f, tw_tasks[i], TW_TEST_MODELS);
        check(&f);
        tear_down(&f);
    }
}

static TwAutoEntry *
auto_of(GtkWidget *control)
{
    return TW_IS_NOISE_ENTRY(control)
               ? tw_noise_entry_get_auto(TW_NOISE_ENTRY(control))
               : TW_AUTO_ENTRY(control);
}

/* From end to end it grows and covers the range. */
static void
check_slider(Fixture *f, const tw_param *param, TwNumberEntry *entry)
{
    GtkRange *slider = GTK_RANGE(tw_number_entry_get_slider(entry));
    double last = param->min;

    if (!slider)
        return;
    for (int i = 0; i <= 10; i++) {
        gtk_range_set_value(slider, i / 10.);
        const double value = get_number(f->settings, param->name);

        g_assert_cmpfloat(value, >=, last);
        last = value;
        if (i == 0)
            g_assert_cmpfloat_with_epsilon(value, param->min, 1e-9);
    }
    g_assert_cmpfloat_with_epsilon(last, param->max, 1e-9);
    set_number(f->settings, param->name, param->initial);
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(entry),
                                   param->initial, 1e-12);
}

static void
check_number(Fixture *f, const tw_param *param, GtkWidget *control)
{
    TwNumberEntry *entry = number_of(control);
    GtkSpinButton *spin = GTK_SPIN_BUTTON(tw_number_entry_get_spin(entry));
    double low, high, factor;

    set_number(f->settings, param->name, param->max);
    g_assert_cmpfloat(tw_number_entry_get_value(entry), ==, param->max);
    gtk_spin_button_get_range(spin, &low, &high);
    factor = high / param->max;
    g_assert_cmpfloat_with_epsilon(low, factor * param->min, 1e-9);
    set_number(f->settings, param->name, param->min);
    g_assert_cmpfloat(tw_number_entry_get_value(entry), ==, param->min);
    /* Beyond the range there is nothing. */
    f->notified = 0;
    gtk_spin_button_set_value(spin, 2 * high + 1);
    g_assert_cmpfloat(get_number(f->settings, param->name), ==, param->max);
    g_assert_cmpint(f->notified, ==, 1);
    gtk_spin_button_spin(spin, GTK_SPIN_STEP_BACKWARD, 0);
    g_assert_cmpfloat(get_number(f->settings, param->name), <, param->max);
    g_assert_cmpint(f->notified, ==, 2);
    check_slider(f, param, entry);
}

static void
check_auto(Fixture *f, const tw_param *param, GtkWidget *control)
{
    TwAutoEntry *entry = auto_of(control);
    GtkToggleButton *check = GTK_TOGGLE_BUTTON(tw_auto_entry_get_check(entry));
    GtkWidget *number = GTK_WIDGET(tw_auto_entry_get_number(entry));
    tw_request *request = tw_request_new(tw_tasks[0]);
    tw_error err = { 0 };
    char *text;

    g_object_set(f->settings, param->name, "auto", NULL);
    g_assert_true(gtk_toggle_button_get_active(check));
    g_assert_false(gtk_widget_get_sensitive(number));
    f->notified = 0;
    gtk_toggle_button_set_active(check, FALSE);
    g_assert_true(gtk_widget_get_sensitive(number));
    g_assert_cmpint(f->notified, ==, 1);
    /* What it writes, the engine reads. */
    text = get_text(f->settings, param->name);
    g_assert_cmpint(tw_request_set(request, param->name, text, &err), ==,
                    TW_OK);
    g_assert_cmpfloat_with_epsilon(
        tw_request_real(request, param->name),
        tw_number_entry_get_value(TW_NUMBER_ENTRY(number)), 1e-12);
    gtk_toggle_button_set_active(check, TRUE);
    assert_text(f->settings, param->name, "auto");
    g_free(text);
    tw_request_free(request);
}

static void
check_choice(Fixture *f, const tw_param *param, GtkWidget *control)
{
    for (int i = 0; param->choices[i]; i++) {
        char *shown;

        g_object_set(f->settings, param->name, param->choices[i], NULL);
        g_assert_cmpstr(gtk_combo_box_get_active_id(GTK_COMBO_BOX(control)), ==,
                        param->choices[i]);
        shown = gtk_combo_box_text_get_active_text(GTK_COMBO_BOX_TEXT(control));
        g_assert_true(shown && *shown);
        g_free(shown);
    }
    f->notified = 0;
    gtk_combo_box_set_active(GTK_COMBO_BOX(control), 0);
    assert_text(f->settings, param->name, param->choices[0]);
    g_assert_cmpint(f->notified, ==, 1);
}

static void
check_words(Fixture *f, const tw_param *param, GtkWidget *control)
{
    const char *property = TW_IS_MODEL_CHOOSER(control) ? "model" : "value";

    g_object_set(f->settings, param->name, "photo", NULL);
    assert_text(control, property, "photo");
    /* GIMP gives NULL for an empty text. */
    g_object_set(f->settings, param->name, NULL, NULL);
    assert_text(control, property, "");
    f->notified = 0;
    g_object_set(control, property, "forest", NULL);
    assert_text(f->settings, param->name, "forest");
    g_assert_cmpint(f->notified, ==, 1);
}

/* Automatic until the slider is moved, which shows what that comes to. */
static void
check_detail(Fixture *f, const tw_param *param, GtkWidget *control)
{
    TwDetailEntry *entry = TW_DETAIL_ENTRY(control);
    TwNumberEntry *number = tw_detail_entry_get_number(entry);

    g_object_set(f->settings, param->name, "30", NULL);
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 30);
    f->notified = 0;
    gtk_range_set_value(GTK_RANGE(tw_number_entry_get_slider(number)), 0.7);
    assert_text(f->settings, param->name, "70");
    g_assert_cmpint(f->notified, ==, 1);
    g_object_set(f->settings, param->name, "auto", NULL);
    f->notified = 0;
    tw_detail_entry_suggest(entry, 40);
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 40);
    assert_text(f->settings, param->name, "auto");
    g_assert_cmpint(f->notified, ==, 0);
}

static void
check_row(Fixture *f, const tw_param *param)
{
    GtkWidget *control = tw_controls_get(f->controls, param->name);

    g_assert_nonnull(control);
    switch (tw_property_kind(param)) {
    case TW_PROPERTY_DOUBLE:
    case TW_PROPERTY_INT:
        check_number(f, param, control);
        break;
    case TW_PROPERTY_CHOICE:
        check_choice(f, param, control);
        break;
    case TW_PROPERTY_BOOLEAN:
        g_assert_true(GTK_IS_CHECK_BUTTON(control));
        break;
    case TW_PROPERTY_STRING:
        if (TW_IS_DETAIL_ENTRY(control))
            check_detail(f, param, control);
        else if (param->flags & TW_PARAM_AUTO)
            check_auto(f, param, control);
        else
            check_words(f, param, control);
        break;
    }
}

static void
test_rows(void)
{
    for_every_row(check_row);
}

/* After Reset every control says what it said at first. */
static void
check_reset(Fixture *f)
{
    GObject *fresh = demo_settings_new(tw_tasks[0]);
    TwControls *controls = f->controls;

    g_object_set(f->settings, "noise", "0.05", "detail", "100", "prompt", "sky",
                 "seed", 7.0, NULL);
    demo_settings_reset(f->settings);
    assert_text(tw_controls_get(controls, "noise"), "text", "auto");
    assert_text(tw_controls_get(controls, "detail"), "text", "auto");
    assert_text(tw_controls_get(controls, "prompt"), "value", "");
    g_assert_cmpfloat(get_number(f->settings, "seed"), ==,
                      get_number(fresh, "seed"));
    g_object_unref(fresh);
}

static void
test_reset(void)
{
    for_every_task(check_reset);
}

static void
test_conditions(void)
{
    static const char *const kernels[] = { "gaussian", "disc", "motion" };
    static const char *const keys[] = { "sigma", "radius", "length" };
    Fixture f;

    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    for (int i = 0; i < 3; i++) {
        g_object_set(f.settings, "kernel", kernels[i], NULL);
        for (int k = 0; k < 3; k++)
            g_assert_cmpint(
                gtk_widget_get_visible(tw_controls_get(f.controls, keys[k])),
                ==, i == k);
    }
    /* gtk_widget_show_all() of the host brings nothing back. */
    gtk_widget_show_all(f.window);
    g_assert_false(
        gtk_widget_get_visible(tw_controls_get(f.controls, "sigma")));
    tear_down(&f);
}

static void
check_name(GtkWidget *part, gpointer data)
{
    AtkObject *accessible = gtk_widget_get_accessible(part);
    AtkRelationSet *relations = atk_object_ref_relation_set(accessible);
    const char *name = atk_object_get_name(accessible);
    const gboolean named =
        (name && *name) ||
        atk_relation_set_contains(relations, ATK_RELATION_LABELLED_BY);

    if (gtk_widget_get_can_focus(part) && gtk_widget_get_visible(part) &&
        !named)
        g_error("A %s has no name", G_OBJECT_TYPE_NAME(part));
    g_object_unref(relations);
    /* Inside a combo box nothing is told to screen readers by itself. */
    if (GTK_IS_CONTAINER(part) && !GTK_IS_COMBO_BOX(part))
        gtk_container_forall(GTK_CONTAINER(part), check_name, data);
}

static void
check_names(Fixture *f)
{
    check_name(GTK_WIDGET(f->controls), NULL);
}

static void
test_names(void)
{
    for_every_task(check_names);
}

static void
check_mnemonic(GtkWidget *part, gpointer used)
{
    if (GTK_IS_LABEL(part) && gtk_widget_get_visible(part)) {
        const guint key = gtk_label_get_mnemonic_keyval(GTK_LABEL(part));

        if (key != GDK_KEY_VoidSymbol &&
            !g_hash_table_add(used, GUINT_TO_POINTER(key)))
            g_error("Two controls have the mnemonic %c ('%s')", (int) key,
                    gtk_label_get_text(GTK_LABEL(part)));
    } else if (GTK_IS_CONTAINER(part)) {
        gtk_container_forall(GTK_CONTAINER(part), check_mnemonic, used);
    }
}

/* Among those that can be seen at once. */
static void
check_mnemonics(Fixture *f)
{
    const gboolean kernels =
        g_object_class_find_property(G_OBJECT_GET_CLASS(f->settings),
                                     "radius") != NULL;
    static const char *const kinds[] = { "gaussian", "disc", "motion" };

    for (int i = 0; i < (kernels ? 3 : 1); i++) {
        GHashTable *used = g_hash_table_new(NULL, NULL);

        if (kernels)
            g_object_set(f->settings, "kernel", kinds[i], NULL);
        check_mnemonic(GTK_WIDGET(f->controls), used);
        g_assert_cmpint((int) g_hash_table_size(used), >=, 15);
        g_hash_table_unref(used);
    }
}

static void
test_mnemonics(void)
{
    for_every_task(check_mnemonics);
}

/* Destroying the widgets changes no setting. */
static void
test_destroy(void)
{
    Fixture f;

    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    g_object_set(f.settings, "detail", "100", "kernel", "disc", NULL);
    f.notified = 0;
    gtk_widget_destroy(f.window);
    g_assert_cmpint(f.notified, ==, 0);
    f.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    tear_down(&f);
}

/* The column of the dialogs has 376 pixels: a title as long as they are in some
 * languages takes a second line instead of more. */
static void
test_long_title(void)
{
    Fixture f;
    int least;

    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    tw_controls_add_widget(f.controls, "Winkel der verwackelten Kamera",
                           gtk_button_new());
    gtk_widget_get_preferred_width(GTK_WIDGET(f.controls), &least, NULL);
    g_assert_cmpint(least, <=, 376);
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    if (!check_gtk_init(&argc, &argv))
        return 0;
    g_test_add_func("/controls/rows", test_rows);
    g_test_add_func("/controls/reset", test_reset);
    g_test_add_func("/controls/conditions", test_conditions);
    g_test_add_func("/controls/names", test_names);
    g_test_add_func("/controls/mnemonics", test_mnemonics);
    g_test_add_func("/controls/destroy", test_destroy);
    g_test_add_func("/controls/long-title", test_long_title);
    return g_test_run();
}

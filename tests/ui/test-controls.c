/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Controls made from the tables of every task, on a display. */

#include <gtk/gtk.h>
#include <string.h>

#include "demo-settings.h"
#include "tw-auto-entry.h"
#include "tw-controls.h"
#include "tw-noise-entry.h"
#include "tw-property.h"
#include "tw-seed-entry.h"
#include "tw-text-entry.h"

typedef struct Fixture {
    GObject *settings;
    GtkWidget *window;
    TwControls *controls;
    tw_store *store;
    int notified; /* changes of any property */
} Fixture;

static void
count(Fixture *f)
{
    f->notified++;
}

static void
set_up(Fixture *f, const tw_task *task, const char *models)
{
    const char *dirs[] = { models, NULL };

    f->settings = demo_settings_new(task);
    f->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    f->controls = tw_controls_new(f->settings);
    f->store = tw_store_new(dirs);
    tw_controls_set_store(f->controls, f->store);
    tw_controls_add_table(f->controls, task->params, 0);
    tw_controls_add_table(f->controls, tw_common_params, 0);
    gtk_container_add(GTK_CONTAINER(f->window), GTK_WIDGET(f->controls));
    gtk_widget_show_all(f->window);
    f->notified = 0;
    g_signal_connect_swapped(f->settings, "notify", G_CALLBACK(count), f);
}

static void
tear_down(Fixture *f)
{
    g_signal_handlers_disconnect_by_data(f->settings, f);
    gtk_widget_destroy(f->window);
    g_object_unref(f->settings);
    tw_store_free(f->store);
}

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

static double
get_number(GObject *object, const char *name)
{
    GValue value = G_VALUE_INIT;
    double number;

    g_value_init(&value, G_TYPE_DOUBLE);
    g_object_get_property(object, name, &value);
    number = g_value_get_double(&value);
    g_value_unset(&value);
    return number;
}

static void
set_number(GObject *object, const char *name, double number)
{
    GValue value = G_VALUE_INIT;

    g_value_init(&value, G_TYPE_DOUBLE);
    g_value_set_double(&value, number);
    g_object_set_property(object, name, &value);
    g_value_unset(&value);
}

static char *
get_text(gpointer object, const char *name)
{
    char *text = NULL;

    g_object_get(object, name, &text, NULL);
    return text;
}

#define assert_text(object, name, expected)                                    \
    do {                                                                       \
        char *got_ = get_text(object, name);                                   \
        g_assert_cmpstr(got_, ==, expected);                                   \
        g_free(got_);                                                          \
    } while (0)

/* The number entry within the control of a number. */
static TwNumberEntry *
number_of(GtkWidget *control)
{
    if (TW_IS_SEED_ENTRY(control))
        return tw_seed_entry_get_number(TW_SEED_ENTRY(control));
    if (TW_IS_NOISE_ENTRY(control))
        control = GTK_WIDGET(tw_noise_entry_get_auto(TW_NOISE_ENTRY(control)));
    if (TW_IS_AUTO_ENTRY(control))
        return tw_auto_entry_get_number(TW_AUTO_ENTRY(control));
    return TW_NUMBER_ENTRY(control);
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
    const char *property = TW_IS_TEXT_ENTRY(control) ? "value" : "model";

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
        if (param->flags & TW_PARAM_AUTO)
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

    g_object_set(f->settings, "noise", "0.05", "style", "textured", "prompt",
                 "sky", "seed", 7.0, NULL);
    demo_settings_reset(f->settings);
    assert_text(tw_controls_get(controls, "noise"), "text", "auto");
    assert_text(tw_controls_get(controls, "style"), "active-id", "faithful");
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
type(TwNumberEntry *entry, const char *text)
{
    gtk_entry_set_text(GTK_ENTRY(tw_number_entry_get_spin(entry)), text);
}

static void
test_typing(void)
{
    Fixture f;

    set_up(&f, tw_task_find("deblur"), TW_TEST_MODELS);
    TwNumberEntry *sigma = number_of(tw_controls_get(f.controls, "sigma"));

    /* Digits on the way to a number say nothing. */
    type(sigma, "2");
    type(sigma, "2.");
    type(sigma, "2.5");
    g_assert_cmpint(f.notified, ==, 0);
    tw_controls_flush(f.controls);
    g_assert_cmpint(f.notified, ==, 1);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 2.5);
    /* Nonsense leaves what was there. */
    type(sigma, "wide");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 2.5);
    /* More digits than are shown stay until the user writes something else. */
    g_object_set(f.settings, "sigma", 1.23456, NULL);
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "sigma"), ==, 1.23456);
    tear_down(&f);
}

static void
test_noise(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *noise = tw_controls_get(f.controls, "noise");
    TwNumberEntry *number = number_of(noise);

    /* Automatic: what was measured is shown, and the setting stays. */
    tw_controls_set_noise(f.controls, 0.031, 0);
    assert_text(f.settings, "noise", "auto");
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 0.031);
    /* Given: a fraction of 255 levels is kept exactly, as text and as typed. */
    g_object_set(f.settings, "noise", "25/255", NULL);
    assert_text(f.settings, "noise", "25/255");
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 25. / 255,
                                   1e-12);
    type(number, "5/255");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 5. / 255,
                                   1e-9);
    /* Measured by itself it does not replace what the user gave. */
    f.notified = 0;
    tw_controls_set_noise(f.controls, 0.01, 0);
    g_assert_cmpfloat_with_epsilon(tw_number_entry_get_value(number), 5. / 255,
                                   1e-9);
    g_assert_cmpint(f.notified, ==, 0);
    /* But automatic again, that is what is shown. */
    g_object_set(f.settings, "noise", "auto", NULL);
    g_assert_cmpfloat(tw_number_entry_get_value(number), ==, 0.01);
    tear_down(&f);
}

static void
click(GtkWidget *part, gpointer label)
{
    if (GTK_IS_BUTTON(part) &&
        g_strcmp0(gtk_button_get_label(GTK_BUTTON(part)), label) == 0)
        gtk_button_clicked(GTK_BUTTON(part));
    else if (GTK_IS_CONTAINER(part))
        gtk_container_forall(GTK_CONTAINER(part), click, label);
}

static void
on_measure(TwControls *controls)
{
    tw_controls_set_noise(controls, 0.04, 0);
}

/* Where "auto" comes to nothing known, no number is shown. */
static void
test_blank(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkEntry *steps = GTK_ENTRY(tw_number_entry_get_spin(
        number_of(tw_controls_get(f.controls, "steps"))));

    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "");
    tw_controls_flush(f.controls);
    assert_text(f.settings, "steps", "auto");
    g_object_set(f.settings, "steps", "8", NULL);
    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "8");
    g_object_set(f.settings, "steps", "auto", NULL);
    g_assert_cmpstr(gtk_entry_get_text(steps), ==, "");
    g_assert_cmpint(f.notified, ==, 2);
    tear_down(&f);
}

/* The button measures, and a level that is not automatic takes it over. */
static void
test_measure(void)
{
    char label[] = "Measure";
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    g_object_set(f.settings, "noise", "0.01", NULL);
    g_signal_connect(f.controls, "measure", G_CALLBACK(on_measure), NULL);
    click(tw_controls_get(f.controls, "noise"), label);
    assert_text(f.settings, "noise", "0.04");
    tear_down(&f);
}

static void
test_seed(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *seed = tw_controls_get(f.controls, "seed");

    for (int i = 0; i < 100; i++) {
        const double old = get_number(f.settings, "seed");

        f.notified = 0;
        gtk_button_clicked(
            GTK_BUTTON(tw_seed_entry_get_button(TW_SEED_ENTRY(seed))));
        g_assert_cmpfloat(get_number(f.settings, "seed"), !=, old);
        g_assert_cmpint(f.notified, ==, 1);
    }
    /* Seeds of 53 bits go through unchanged. */
    g_object_set(f.settings, "seed", 9007199254740991.0, NULL);
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "seed"), ==, 9007199254740991.0);
    type(number_of(seed), "9007199254740987");
    tw_controls_flush(f.controls);
    g_assert_cmpfloat(get_number(f.settings, "seed"), ==, 9007199254740987.0);
    tear_down(&f);
}

/* A prompt is told after a pause in typing, once. */
static void
test_prompt(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkEntry *prompt = GTK_ENTRY(tw_controls_get(f.controls, "prompt"));

    g_assert_true(gtk_widget_is_sensitive(GTK_WIDGET(prompt)));
    gtk_entry_set_text(prompt, "s");
    gtk_entry_set_text(prompt, "sk");
    gtk_entry_set_text(prompt, "sky");
    g_assert_cmpint(f.notified, ==, 0);
    while (f.notified == 0)
        gtk_main_iteration();
    assert_text(f.settings, "prompt", "sky");
    g_assert_cmpint(f.notified, ==, 1);
    tear_down(&f);
}

/* A model that takes none says so where one would write it. */
static void
test_no_prompt(void)
{
    Fixture f;

    set_up(&f, tw_task_find("denoise"), TW_TEST_MODELS);
    GtkWidget *prompt = tw_controls_get(f.controls, "prompt");

    for (int none = 1; none >= 0; none--) {
        g_object_set(f.settings, "model", none ? "not-there" : "", NULL);
        g_assert_cmpint(gtk_widget_is_sensitive(prompt), ==, !none);
        g_assert_cmpint(
            gtk_widget_is_sensitive(tw_controls_get(f.controls, "guidance")),
            ==, !none);
    }
    tear_down(&f);
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
    g_object_set(f.settings, "style", "textured", "kernel", "disc", NULL);
    f.notified = 0;
    gtk_widget_destroy(f.window);
    g_assert_cmpint(f.notified, ==, 0);
    f.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    tear_down(&f);
}

int
main(int argc, char **argv)
{
    if (!gtk_init_check(&argc, &argv)) {
        g_printerr("There is no display.\n");
        return 77;
    }
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/controls/rows", test_rows);
    g_test_add_func("/controls/reset", test_reset);
    g_test_add_func("/controls/typing", test_typing);
    g_test_add_func("/controls/noise", test_noise);
    g_test_add_func("/controls/blank", test_blank);
    g_test_add_func("/controls/measure", test_measure);
    g_test_add_func("/controls/seed", test_seed);
    g_test_add_func("/controls/prompt", test_prompt);
    g_test_add_func("/controls/no-prompt", test_no_prompt);
    g_test_add_func("/controls/conditions", test_conditions);
    g_test_add_func("/controls/names", test_names);
    g_test_add_func("/controls/mnemonics", test_mnemonics);
    g_test_add_func("/controls/destroy", test_destroy);
    return g_test_run();
}

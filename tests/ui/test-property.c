/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a request as properties and back: what the tables do not say. */
#include <gio/gio.h>

#include "settings-object.h"

/* The choice of a picture is always said, all else only if it was changed. */
static void
initial_values_are_unset(void)
{
    for (int t = 0; tw_tasks[t]; t++) {
        const tw_task *task = tw_tasks[t];
        GObject *object = check_settings_new(task);
        tw_request *request = check_settings_applied(object, task);

        for (const tw_param *p = tw_common_params; p->name; p++)
            g_assert_false(tw_request_has(request, p->name));
        for (const tw_param *p = task->params; p->name; p++)
            g_assert_cmpint(tw_request_has(request, p->name), ==,
                            p->kind == TW_PARAM_PICTURE);
        tw_request_free(request);
        g_object_unref(object);
    }
}

/* As a config made by a script gives them. */
static void
strings_may_be_null(void)
{
    const tw_task *task = tw_task_find("denoise");
    GObject *object = check_settings_new(task);
    tw_request *request;

    g_object_set(object, "prompt", NULL, "noise", NULL, "settings", NULL, NULL);
    request = check_settings_applied(object, task);
    g_assert_false(tw_request_has(request, "prompt"));
    g_assert_false(tw_request_has(request, "noise"));
    tw_request_free(request);
    g_object_unref(object);
}

/* A fraction of the seed would be lost. */
static void
seed_is_whole(void)
{
    const tw_task *task = tw_task_find("denoise");
    GObject *object = check_settings_new(task);
    tw_request *request;
    GError *error = NULL;

    g_object_set(object, "seed", 9007199254740991.0, NULL);
    request = check_settings_applied(object, task);
    g_assert_cmpstr(tw_request_text(request, "seed"), ==, "9007199254740991");
    g_object_set(object, "seed", 1.5, NULL);
    g_assert_false(tw_property_apply(object, request, &error));
    g_assert_error(error, TW_ERROR, TW_ERR_ARGUMENT);
    g_clear_error(&error);
    tw_request_free(request);
    g_object_unref(object);
}

static void
settings_of_the_solver(void)
{
    const tw_task *task = tw_task_find("deblur");
    GObject *object = check_settings_new(task);
    tw_request *request;

    g_object_set(object, "solver", "renoise", "settings", " 'q=2.5' ", NULL);
    request = check_settings_applied(object, task);
    check_near("q", tw_request_real(request, "q"), 2.5, 0);
    tw_request_free(request);
    g_object_set(object, "settings", "q=2.5", NULL);
    check_settings_round_trip(task, object);
    g_object_unref(object);
}

static void
bad_settings(void)
{
    static const char *const bad[] = { "q", "nonsense=1", "q=x", "q='2",
                                       "lambda=1" };
    const tw_task *task = tw_task_find("deblur");

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        GObject *object = check_settings_new(task);
        tw_request *request = tw_request_new(task);
        GError *error = NULL;

        g_object_set(object, "solver", "renoise", "settings", bad[i], NULL);
        g_assert_false(tw_property_apply(object, request, &error));
        g_assert_nonnull(error);
        g_assert_cmpstr(error->message, !=, "");
        g_clear_error(&error);
        tw_request_free(request);
        g_object_unref(object);
    }
}

static void
errors(void)
{
    const tw_error why = { TW_ERR_FILE, "There is no such file" };
    GError *error = NULL;

    tw_set_error(&error, TW_CANCELLED, NULL);
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
    tw_set_error(&error, TW_ERR_FILE, &why);
    g_assert_error(error, TW_ERROR, TW_ERR_FILE);
    g_assert_cmpstr(error->message, ==, why.text);
    g_clear_error(&error);
    tw_set_error(&error, TW_ERR_MEMORY, NULL);
    g_assert_error(error, TW_ERROR, TW_ERR_MEMORY);
    g_assert_cmpstr(error->message, !=, "");
    g_clear_error(&error);
    tw_set_error(NULL, TW_ERR_FILE, &why);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/property/initial", initial_values_are_unset);
    g_test_add_func("/ui/property/null", strings_may_be_null);
    g_test_add_func("/ui/property/seed", seed_is_whole);
    g_test_add_func("/ui/property/settings", settings_of_the_solver);
    g_test_add_func("/ui/property/bad-settings", bad_settings);
    g_test_add_func("/ui/property/errors", errors);
    return g_test_run();
}

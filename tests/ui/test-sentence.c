/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the engine as a dialog says them. */
#include "settings/tw-sentence.h"

#include <string.h>

#include "settings/tw-titles.h"

static void
check(const char *task, const char *text, const char *expected)
{
    char *said = tw_sentence(task ? tw_task_find(task) : NULL, text);

    g_assert_cmpstr(said, ==, expected);
    g_free(said);
}

static void
test_sentences(void)
{
    check("denoise", "Check the noise.", "Check the noise.");
    check("denoise", "allow more (memory=) or",
          "allow more (\"Memory limit\") or");
    check("denoise", "noise=17 is out of range",
          "\"Noise: 17\" is out of range");
    check("inpaint", "use fill=network.",
          "use \"Large holes: From what the model knows\".");
    check("deblur", "kernel=disc or motion",
          "\"Blur: Out of focus (disc)\" or motion");
    /* The same key says something else in another task. */
    check("upscale", "kernel=box", "\"Made smaller by: Mean of areas\"");
    check("denoise", "kernel=box and nonsense=1", "kernel=box and nonsense=1");
    check(NULL, "noise=: é = ü, a=b", "\"Noise\": é = ü, a=b");
    check("denoise", "", "");
}

/* Whatever row it is: its name is gone, its title is there. */
static void
test_every_row(void)
{
    for (int i = 0; tw_tasks[i]; i++) {
        const tw_param *const tables[] = { tw_tasks[i]->params,
                                           tw_common_params };

        for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
            for (const tw_param *param = tables[t]; param->name; param++) {
                char *text = g_strdup_printf("x %s=, y", param->name);
                char *said = tw_sentence(tw_tasks[i], text);
                char *title = tw_plain_title(param);
                char *expected = g_strdup_printf("x \"%s\", y", title);

                g_assert_cmpstr(said, ==, expected);
                g_free(expected);
                g_free(title);
                g_free(said);
                g_free(text);
            }
    }
}

/* Tooltips do not speak of keys and of names of choices, which nobody sees. */
static void
test_tips(void)
{
    for (int i = 0; tw_tasks[i]; i++) {
        const tw_param *const tables[] = { tw_tasks[i]->params,
                                           tw_common_params };

        for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
            for (const tw_param *param = tables[t]; param->name; param++) {
                const char *tip = tw_tip(param);

                g_assert_true(*tip && !strchr(tip, '='));
                g_assert_null(strstr(tip, "auto:"));
                for (int c = 0; param->choices && param->choices[c]; c++) {
                    char *name = g_strconcat(param->choices[c], ":", NULL);

                    g_assert_null(strstr(tip, name));
                    g_free(name);
                }
            }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sentence/examples", test_sentences);
    g_test_add_func("/sentence/every-row", test_every_row);
    g_test_add_func("/sentence/tips", test_tips);
    return g_test_run();
}

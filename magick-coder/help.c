/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <MagickCore/MagickCore.h>
#include <stdio.h>
#include <string.h>

#include "help.h"
#include "keys.h"
#include "report.h"

/* Titles carry the mnemonic of menus. */
static void
print_title(const char *name, const char *title)
{
    (void) fprintf(stderr, "  %-10s ", name);
    for (title = _(title); *title; title++)
        if (*title != '_')
            (void) putc(*title, stderr);
}

static void
print_params(const char *title, const tw_param *table)
{
    if (!table || !table->name)
        return;
    (void) fprintf(stderr, "\n%s\n", title);
    for (const tw_param *p = table; p->name; p++) {
        (void) fprintf(stderr, "  %s=", p->name);
        tm_keys_values(stderr, p);
        tm_keys_initial(stderr, p);
        (void) fprintf(stderr, "\n      %s\n", _(p->blurb));
    }
}

static void
print_overview(void)
{
    (void) fprintf(
        stderr,
        _("Usage: magick IN -process 'tweedie TASK KEY=VALUE...' OUT\n"
          "Every key also works as -define tweedie:KEY=VALUE.\n\nTasks:\n"));
    for (const tw_task *const *task = tw_tasks; *task; task++)
        (void) fprintf(stderr, "  %-10s %s\n", (*task)->name,
                       _((*task)->blurb));
    print_params(_("Keys of all tasks:"), tw_common_params);
    (void) fprintf(stderr, _("\nSolvers:\n"));
    for (const tw_solver *const *solver = tw_solvers; *solver; solver++) {
        print_title((*solver)->name, (*solver)->title);
        (void) fprintf(stderr, " (%s)\n", (*solver)->paper);
    }
    (void) fprintf(stderr,
                   _("\nMore: 'tweedie help TASK', 'tweedie help SOLVER', "
                     "'tweedie models', 'tweedie version'\n"));
}

static void
print_help(const char *topic)
{
    const tw_task *task = topic ? tw_task_find(topic) : NULL;
    const tw_solver *solver = topic ? tw_solver_find(topic) : NULL;

    if (task) {
        print_title(task->name, task->title);
        (void) fprintf(stderr, ": %s\n", _(task->blurb));
        print_params(_("Keys of this task:"), task->params);
        print_params(_("Keys of all tasks:"), tw_common_params);
    } else if (solver) {
        print_title(solver->name, solver->title);
        (void) fprintf(stderr, ": %s\n", solver->paper);
        print_params(_("Keys of this solver:"), solver->params);
    } else {
        print_overview();
    }
}

static void
print_models(tw_store *store)
{
    const tw_card *card;
    const char *problem;

    for (int i = 0; (card = tw_store_card(store, i)); i++)
        tm_print("%s: %s (%s), %s", card->id, card->title, card->license,
                 card->folder);
    for (int i = 0; (problem = tw_store_problem(store, i)); i++)
        tm_print("%s", problem);
    if (!tw_store_card(store, 0))
        (void) fprintf(stderr,
                       _("There are no models; set TWEEDIE_MODEL_PATH to the "
                         "folder that holds them\n"));
}

bool
tm_help(const char *const *words, tw_store *store)
{
    size_t version;

    if (!*words)
        return false;
    if (!strcmp(*words, "help"))
        print_help(words[1]);
    else if (!strcmp(*words, "models"))
        print_models(store);
    else if (!strcmp(*words, "version"))
        (void) fprintf(stderr, "tweedie %s, %s\n", TW_VERSION,
                       GetMagickVersion(&version));
    else
        return false;
    return true;
}

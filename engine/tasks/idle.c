/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that have no effect with the others. */

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "tasks/task-private.h"

/* A key of a task that counts with one kind of kernel only. */
typedef struct owner {
    const char *task, *key, *kernel;
} owner;

static const owner owners[] = {
    { "deblur", "sigma", "gaussian" },  { "deblur", "radius", "disc" },
    { "deblur", "length", "motion" },   { "deblur", "angle", "motion" },
    { "upscale", "sigma", "gaussian" },
};

enum { OWNERS = sizeof owners / sizeof *owners };

/* Where deblur has no kernel=, the key itself chooses it. */
static bool
is_idle(const tw_request *request, const owner *o)
{
    const char *task = tw_request_task(request)->name;

    if (strcmp(task, o->task) != 0 || !tw_request_has(request, o->key))
        return false;
    if (strcmp(task, "deblur") == 0 && !tw_request_has(request, "kernel"))
        return tw_request_get_kernel(request) != NULL;
    return strcmp(tw_request_text(request, "kernel"), o->kernel) != 0;
}

bool
tw_request_idle(const tw_request *request, char *text, size_t size)
{
    const tw_task_class *task =
        (const tw_task_class *) tw_request_task(request);

    for (int i = 0; i < OWNERS; i++)
        if (is_idle(request, &owners[i])) {
            snprintf(text, size,
                     _("%s= has no effect without kernel=%s; add that, or "
                       "leave %s= out"),
                     owners[i].key, owners[i].kernel, owners[i].key);
            return true;
        }
    if (task->mixes || tw_request_real(request, "light") <= 0)
        return false;
    snprintf(text, size,
             _("light= has no effect on %s, where no light adds up; leave it "
               "out"),
             task->base.name);
    return true;
}

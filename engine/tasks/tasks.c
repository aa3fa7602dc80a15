/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of tasks, in the order of the menu. */

#include <string.h>

#include "tasks/task-private.h"

extern const tw_task_class tw_task_denoise, tw_task_deblur, tw_task_inpaint,
    tw_task_upscale, tw_task_dejpeg;

const tw_task *const tw_tasks[] = {
    &tw_task_denoise.base, &tw_task_deblur.base, &tw_task_inpaint.base,
    &tw_task_upscale.base, &tw_task_dejpeg.base, NULL,
};

const tw_task *
tw_task_find(const char *name)
{
    for (int i = 0; tw_tasks[i]; i++)
        if (strcmp(tw_tasks[i]->name, name) == 0)
            return tw_tasks[i];
    return NULL;
}

double
tw_task_detail(const tw_request *request)
{
    const tw_task_class *task =
        (const tw_task_class *) tw_request_task(request);

    return *tw_request_text(request, "prompt") ? task->worded : task->detail;
}

const tw_solver *
tw_task_solver(const tw_request *request)
{
    const tw_task_class *task =
        (const tw_task_class *) tw_request_task(request);
    const bool sample = tw_request_detail(request) > 0 ||
                        tw_request_real(request, "samples") > 1;

    return tw_solver_find(sample ? task->textured : task->faithful);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the tables of the engine, a line for each row: task, key, kind of
 * property, least, greatest and initial value. */

#include <stdio.h>

#include "settings/tw-property.h"

static void
print_table(const tw_task *task, const tw_param *table)
{
    for (const tw_param *p = table; p->name; p++) {
        char *initial = tw_property_initial(p);

        (void) printf("%s\t%s\t%d\t%.17g\t%.17g\t%s\n", task->name, p->name,
                      (int) tw_property_kind(p), p->min, p->max, initial);
        g_free(initial);
    }
}

int
main(void)
{
    for (const tw_task *const *task = tw_tasks; *task; task++) {
        print_table(*task, (*task)->params);
        print_table(*task, tw_common_params);
    }
    return 0;
}

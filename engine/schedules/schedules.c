/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of schedules. */

#include <stddef.h>

#include "schedules/schedule.h"

const tw_schedule tw_schedules[] = {
    { "karras", tw_schedule_karras },
    { "log", tw_schedule_log },
    { "ddpm", tw_schedule_ddpm },
    { NULL, NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/levels.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/level.h"

/* Written once, by choose(). */
static const tw_level *available[4];
static const tw_level *best;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
choose(void)
{
    const char *wanted = getenv("TWEEDIE_LEVEL");
    int count = 0;

#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4"))
        available[count++] = &tw_level_v4;
    if (__builtin_cpu_supports("x86-64-v3"))
        available[count++] = &tw_level_v3;
#endif
    available[count++] = &tw_level_portable;

    best = available[0];
    for (int i = 0; wanted && i < count; i++)
        if (strcmp(wanted, available[i]->name) == 0)
            best = available[i];
}

const tw_level *
tw_level_best(void)
{
    pthread_once(&once, choose);
    return best;
}

const tw_level *const *
tw_level_list(void)
{
    pthread_once(&once, choose);
    return available;
}

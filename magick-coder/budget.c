/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <omp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "budget.h"

/* Does the command line hold "-limit thread"? The resource itself cannot tell
 * on two cores, where one thread is the default and what a user may ask for. */
static bool
command_line_limits_threads(void)
{
    FILE *file = fopen("/proc/self/cmdline", "r");
    char *word = NULL;
    size_t size = 0;
    bool limit = false, found = false;

    while (file && !found && getdelim(&word, &size, '\0', file) > 0) {
        found = limit && !strcasecmp(word, "thread");
        limit = !strcmp(word, "-limit");
    }
    free(word);
    if (file)
        (void) fclose(file);
    return found;
}

int
tm_limit_threads(void)
{
    int limit = (int) GetMagickResourceLimit(ThreadResource);
    int all = omp_get_max_threads();
    int usual = all > 1 ? all - 1 : 1;

    if (limit == usual && !getenv("MAGICK_THREAD_LIMIT") &&
        !command_line_limits_threads())
        return all;
    return limit;
}

size_t
tm_limit_memory(void)
{
    MagickSizeType limit = GetMagickResourceLimit(MemoryResource);
    char *policy = GetPolicyValue("memory");
    double usual;

    if (policy) {
        usual = InterpretSiPrefixValue(policy, NULL);
        (void) DestroyString(policy);
    } else {
        usual =
            (double) sysconf(_SC_PHYS_PAGES) * (double) sysconf(_SC_PAGESIZE);
    }
    return (double) limit < usual ? (size_t) limit : 0;
}

double
tm_limit_seconds(const Image *image)
{
    double left;

    if (!image->ttl)
        return 0;
    left = difftime(image->ttl, time(NULL));
    return left > 0 ? left : -1;
}

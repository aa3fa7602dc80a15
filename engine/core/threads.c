/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* Address space that glibc reserves for a thread's allocations. */
static const uint64_t heap = 64 << 20;

static atomic_bool forked;
static pthread_once_t watching = PTHREAD_ONCE_INIT;

static void
note_fork(void)
{
    atomic_store(&forked, true);
}

static void
watch(void)
{
    (void) pthread_atfork(NULL, NULL, note_fork);
}

void
tw_threads_watch(void)
{
    pthread_once(&watching, watch);
}

/* The address space that is in use; 0: not known. */
static uint64_t
address_space(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;

    if (file) {
        if (fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    return (uint64_t) pages * (uint64_t) sysconf(_SC_PAGESIZE);
}

/* What the limit of address space has room for. */
static int
fitting(int wanted)
{
    struct rlimit limit;
    pthread_attr_t attributes;
    size_t stack = 8 << 20;

    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return wanted;
    if (pthread_attr_init(&attributes) == 0) {
        (void) pthread_attr_getstacksize(&attributes, &stack);
        pthread_attr_destroy(&attributes);
    }
    const uint64_t used = address_space();
    const uint64_t left = limit.rlim_cur > used ? limit.rlim_cur - used : 0;
    const uint64_t more = left / 4 / (stack + heap);

    return more < (uint64_t) wanted ? 1 + (int) more : wanted;
}

/* Each thread waits here until all have been started. */
static void *
wait_for_all(void *lock)
{
    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

/* How many can be there at the same time, the caller among them: tried out. */
static int
starting(int wanted)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *threads = malloc((size_t) wanted * sizeof *threads);
    int count = 0;

    if (!threads)
        return 1;
    pthread_mutex_lock(&lock);
    while (count < wanted - 1 &&
           pthread_create(&threads[count], NULL, wait_for_all, &lock) == 0)
        count++;
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return 1 + count;
}

int
tw_threads_possible(int wanted)
{
    if (wanted <= 1 || atomic_load(&forked))
        return 1;
    const int fit = fitting(wanted);

    return fit > 1 ? starting(fit) : 1;
}

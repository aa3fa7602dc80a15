/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads where the system gives few, and after a fork. */
#include "check.h"

#include <errno.h>
#include <omp.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The linker's --wrap puts this before the engine's own calls; OpenMP's go to
 * the system. */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *data);

static int left = 1000; /* threads that can still be started */

int
__wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                      void *(*start)(void *), void *data)
{
    if (left == 0)
        return EAGAIN;
    left--;
    return __real_pthread_create(thread, attributes, start, data);
}

/* Of a run that asks for @wanted. */
static int
threads_of(int wanted)
{
    tw_run *run = check_run(1, wanted);

    tw_run_enter(run);
    const int threads = omp_get_max_threads();

    g_assert_cmpint(tw_run_threads(run), ==, threads);
    tw_run_leave(run);
    tw_run_free(run);
    return threads;
}

static void
test_few(void)
{
    for (int most = 0; most < 6; most++) {
        left = most;
        g_assert_cmpint(threads_of(4), ==, most < 3 ? most + 1 : 4);
    }
    left = 1000;
}

/* A quarter of what is left, and 72 MiB for a thread with a stack of 8 MiB. */
static void
test_address_space(void)
{
#ifdef __SANITIZE_ADDRESS__
    g_test_skip("the address sanitizer takes all the address space");
#else
    struct rlimit before, limit;
    unsigned long pages;
    char *text;

    g_assert_cmpint(getrlimit(RLIMIT_AS, &before), ==, 0);
    g_assert_true(g_file_get_contents("/proc/self/statm", &text, NULL, NULL));
    pages = strtoul(text, NULL, 10);
    g_free(text);
    limit = before;
    limit.rlim_cur = pages * (unsigned long) sysconf(_SC_PAGESIZE);
    limit.rlim_cur += 64UL << 20;
    g_assert_cmpint(setrlimit(RLIMIT_AS, &limit), ==, 0);
    g_assert_cmpint(threads_of(8), ==, 1);
    limit.rlim_cur += 1UL << 30;
    g_assert_cmpint(setrlimit(RLIMIT_AS, &limit), ==, 0);
    const int some = threads_of(64);

    g_assert_cmpint(some, >, 1);
    g_assert_cmpint(some, <, 16);
    g_assert_cmpint(setrlimit(RLIMIT_AS, &before), ==, 0);
    g_assert_cmpint(threads_of(8), ==, 8);
#endif
}

/* Samples by @threads threads, or as many as there may be. */
static void
sample(int threads, tw_tensor *x)
{
    tw_run *run = check_run(7, threads);

    tw_run_enter(run);
    tw_randn(run, x);
    tw_run_leave(run);
    tw_run_free(run);
}

/* OpenMP keeps its threads for the next loop; in a child there are none, and a
 * loop that is shared would wait for them until the alarm. */
static void
test_fork(void)
{
    tw_tensor *x = check_tensor(tw_shape4(1, 3, 300, 300));
    tw_tensor *y = check_tensor(x->shape);
    int status;

    sample(4, x);
    const pid_t child = fork();

    if (child == 0) {
        alarm(20);
        sample(4, y);
        _exit(memcmp(x->data, y->data, (size_t) x->size * sizeof *x->data) ? 2
              : threads_of(4) != 1                                         ? 3
                                                                           : 0);
    }
    g_assert_cmpint(child, >, 0);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(threads_of(4), ==, 4);
    check_free(x);
    check_free(y);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/threads/few", test_few);
    g_test_add_func("/threads/address-space", test_address_space);
    g_test_add_func("/threads/fork", test_fork);
    return g_test_run();
}

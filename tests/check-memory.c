/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocations that fail when told to; the linker's --wrap puts them before the
 * real ones (see meson.build). */
#include "check.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
int __real_posix_memalign(void **out, size_t align, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
int __wrap_posix_memalign(void **out, size_t align, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);

/* Allocations so far; the numbers (from 1) of the first and last that fail. */
static atomic_long made, first, last;

static bool
fails(void)
{
    const long number = ++made;

    return number >= first && number <= last;
}

void *
__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

void *
__wrap_aligned_alloc(size_t align, size_t size)
{
    return fails() ? NULL : __real_aligned_alloc(align, size);
}

int
__wrap_posix_memalign(void **out, size_t align, size_t size)
{
    return fails() ? ENOMEM : __real_posix_memalign(out, align, size);
}

char *
__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

char *
__wrap_strndup(const char *text, size_t size)
{
    return fails() ? NULL : __real_strndup(text, size);
}

static tw_status
with_failures(check_work_func work, void *data, long from, long to)
{
    made = 0;
    first = from;
    last = to;

    const tw_status status = work(data);

    first = last = 0;
    return status;
}

void
check_every_allocation(const char *what, check_work_func work, void *data)
{
    const tw_status status = with_failures(work, data, 0, 0);
    const long count = made;

    g_test_message("%s: %ld allocations", what, count);
    if (status != TW_OK || count == 0) {
        g_test_message("%s: status %d", what, status);
        g_test_fail();
        return;
    }
    for (long n = 1; n <= count; n++) {
        const tw_status one = with_failures(work, data, n, n);
        const tw_status rest = with_failures(work, data, n, LONG_MAX);

        if ((one != TW_OK && one != TW_ERR_MEMORY) || rest != TW_ERR_MEMORY) {
            g_test_message("%s: allocation %ld fails: status %d; all from "
                           "there on: %d",
                           what, n, one, rest);
            g_test_fail();
        }
    }
}

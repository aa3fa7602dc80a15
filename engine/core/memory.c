/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core/i18n.h"

/* In tests under the address sanitizer no block may be touched after it was
 * given back, and all bytes of a new one are 0xff: NaN in a float. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define POISON(data, bytes) ASAN_POISON_MEMORY_REGION(data, bytes)
#define UNPOISON(data, bytes)                                                  \
    (ASAN_UNPOISON_MEMORY_REGION(data, bytes), memset(data, 0xff, bytes))
#else
#define POISON(data, bytes)   ((void) (data), (void) (bytes))
#define UNPOISON(data, bytes) ((void) (data), (void) (bytes))
#endif

enum {
    ALIGN = 64,                 /* a cache line, and the widest vector */
    KEEP = 64 << 10,            /* smaller blocks are not worth keeping */
    HUGE_PAGE = 2 << 20,        /* of x86-64 and most of ARM */
    HUGE_BLOCK = 2 * HUGE_PAGE, /* from here on huge pages save page faults */
    OTHERS = 16 << 20           /* is left to other libraries */
};

/* Stands before the data that it describes. */
struct tw_block {
    _Alignas(ALIGN) size_t bytes; /* all of it, with this header */
    tw_block *below;              /* in a stack */
    tw_block *older, *newer;      /* among the spare ones */
    tw_stack *inner;              /* goes with the block, or NULL */
    bool hollow;                  /* there are fewer bytes than are counted */
};

static void
unlink_spare(tw_memory *memory, tw_block *block)
{
    if (block->older)
        block->older->newer = block->newer;
    else
        memory->oldest = block->newer;
    if (block->newer)
        block->newer->older = block->older;
    else
        memory->newest = block->older;
    memory->spare -= block->bytes;
}

/* Frees spare blocks, the oldest first, until all fit into @most bytes. */
static void
shrink(tw_memory *memory, size_t most)
{
    while (memory->oldest && memory->in_use + memory->spare > most) {
        tw_block *block = memory->oldest;

        unlink_spare(memory, block);
        free(block);
    }
}

static tw_block *
find_spare(tw_memory *memory, size_t bytes)
{
    for (tw_block *block = memory->newest; block; block = block->older)
        if (block->bytes == bytes) {
            unlink_spare(memory, block);
            return block;
        }
    return NULL;
}

bool
tw_memory_possible(size_t bytes)
{
    void *place =
        mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return place != MAP_FAILED && munmap(place, bytes) == 0;
}

static tw_block *
fresh(size_t bytes)
{
    const bool large = bytes >= HUGE_BLOCK;
    const size_t align = large ? HUGE_PAGE : ALIGN;
    tw_block *block = aligned_alloc(align, (bytes + align - 1) / align * align);

    /* FFTW, OpenMP and hosts end the process where they get no memory. */
    if (block && bytes >= KEEP && !tw_memory_possible(OTHERS)) {
        free(block);
        return NULL;
    }
    /* Advice only: it is of no consequence if the system cannot follow it. */
    if (block && large)
        (void) madvise(block, bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    return block;
}

/* Tenths of a megabyte, rounded up. */
static double
megabytes(double bytes)
{
    return ceil(bytes * 10 / (1 << 20)) / 10;
}

static void *
over_limit(const tw_memory *memory, size_t bytes, tw_error *err)
{
    tw_fail(err, TW_ERR_MEMORY,
            _("%.1f MB of memory are needed at once but %.1f MB are allowed; "
              "allow more (memory=) or use a smaller picture"),
            megabytes((double) memory->in_use + (double) bytes),
            (double) memory->limit / (1 << 20));
    return NULL;
}

static void *
none_left(size_t bytes, tw_error *err)
{
    tw_fail(err, TW_ERR_MEMORY,
            _("The system has no %.1f MB of memory left; close other programs "
              "or use a smaller picture"),
            megabytes((double) bytes));
    return NULL;
}

/* A block that counts as @bytes, with @there of them. */
static tw_block *
take_hollow(tw_memory *memory, size_t bytes, size_t there)
{
    tw_block *block = NULL;

    if (bytes < SIZE_MAX / 2 - memory->in_use)
        block = aligned_alloc(ALIGN, (there + ALIGN - 1) / ALIGN * ALIGN);
    if (!block)
        return NULL;
    memset(block, 0, there);
    memory->in_use += bytes;
    if (memory->in_use > memory->peak)
        memory->peak = memory->in_use;
    shrink(memory, memory->peak);
    return block;
}

static tw_block *
take(tw_memory *memory, size_t bytes)
{
    tw_block *block = find_spare(memory, bytes);
    const size_t in_use = memory->in_use + bytes;
    const size_t most = in_use > memory->peak ? in_use : memory->peak;

    if (!block) {
        shrink(memory, most - bytes);
        block = fresh(bytes);
    }
    if (!block) {
        tw_memory_trim(memory);
        block = fresh(bytes);
    }
    if (block) {
        memory->in_use = in_use;
        memory->peak = most;
        shrink(memory, most);
    }
    return block;
}

/* What a block of @bytes counts; *@absurd: more than there can be. */
static size_t
counted(size_t bytes, bool *absurd)
{
    const size_t most = SIZE_MAX / 4;

    *absurd = bytes >= most;
    return ((*absurd ? most : bytes) + sizeof(tw_block) + ALIGN - 1) / ALIGN *
           ALIGN;
}

static void
push(tw_stack *stack, tw_block *block, size_t bytes, bool hollow)
{
    *block =
        (tw_block) { .bytes = bytes, .below = stack->top, .hollow = hollow };
    stack->top = block;
    stack->count++;
}

void *
tw_memory_take(tw_memory *memory, tw_stack *stack, size_t bytes, tw_error *err)
{
    bool absurd;
    const size_t all = counted(bytes, &absurd);
    tw_block *block = NULL;

    if (memory->limit && all > memory->limit - memory->in_use)
        return over_limit(memory, all, err);
    if (!absurd && memory->sizes)
        block = take_hollow(
            memory, all,
            bytes <= TW_MEMORY_SMALL ? all : sizeof *block + TW_MEMORY_HEAD);
    else if (!absurd)
        block = take(memory, all);
    if (!block)
        return none_left(all, err);
    if (!memory->sizes)
        UNPOISON(block + 1, all - sizeof *block);
    push(stack, block, all, memory->sizes);
    return block + 1;
}

bool
tw_memory_count(tw_memory *memory, tw_stack *stack, size_t bytes, tw_error *err)
{
    bool absurd;
    const size_t all = counted(bytes, &absurd);
    tw_block *block = NULL;

    if (memory->limit && all > memory->limit - memory->in_use) {
        over_limit(memory, all, err);
        return false;
    }
    if (!absurd)
        block = take_hollow(memory, all, sizeof *block);
    if (!block) {
        none_left(all, err);
        return false;
    }
    push(stack, block, all, true);
    return true;
}

void
tw_memory_attach(tw_stack *stack, tw_stack *inner)
{
    stack->top->inner = inner;
}

static void
give_back(tw_memory *memory, tw_block *block)
{
    memory->in_use -= block->bytes;
    if (block->hollow || block->bytes < KEEP) {
        free(block);
        return;
    }
    POISON(block + 1, block->bytes - sizeof *block);
    block->older = memory->newest;
    block->newer = NULL;
    if (memory->newest)
        memory->newest->newer = block;
    else
        memory->oldest = block;
    memory->newest = block;
    memory->spare += block->bytes;
}

void
tw_memory_release(tw_memory *memory, tw_stack *stack, size_t count)
{
    while (stack->count > count) {
        tw_block *block = stack->top;

        if (block->inner)
            tw_memory_release(memory, block->inner, 0);
        stack->top = block->below;
        stack->count--;
        give_back(memory, block);
    }
}

void
tw_memory_trim(tw_memory *memory)
{
    shrink(memory, memory->in_use);
}

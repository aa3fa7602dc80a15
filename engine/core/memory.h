/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The memory of one run: stacks of blocks under one limit.
 *
 * A block that is given back is kept for the next of the same size, because
 * fresh pages are dear (the first touch of a page costs more than a pass of
 * arithmetic over it), but only as long as everything together stays within the
 * most that was ever in use: tw_memory.peak is what the system sees, and is
 * never above the limit.
 *
 * Memory that only sizes counts in the same way, but is not there: see
 * core/sizing.h.
 */

#ifndef TW_MEMORY_H
#define TW_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/status.h"

typedef struct tw_block tw_block;

/* Blocks in the order in which they were taken. { 0 } is empty. */
typedef struct tw_stack {
    tw_block *top;
    size_t count;
} tw_stack;

/* Blocks of up to so many bytes are there even in memory that only sizes, all
 * zeros; of larger ones just the first TW_MEMORY_HEAD bytes are. */
enum { TW_MEMORY_SMALL = 64 << 10, TW_MEMORY_HEAD = 128 };

typedef struct tw_memory {
    bool sizes;                /* set before the first block is taken */
    size_t limit;              /* bytes, 0: none */
    size_t in_use, spare;      /* handed out; kept for use again */
    size_t peak;               /* most ever in use */
    tw_block *oldest, *newest; /* the spare ones */
} tw_memory;

/* Takes @bytes, 64-byte aligned, onto @stack; NULL with TW_ERR_MEMORY in *@err:
 * over the limit, or the system has no more. The last 16 MiB of address space
 * are left to other libraries. */
void *tw_memory_take(tw_memory *memory, tw_stack *stack, size_t bytes,
                     tw_error *err);

/* Would the system give @bytes of address space now (ulimit -v)? Whether there is
 * memory behind them, it does not say. */
bool tw_memory_possible(size_t bytes);

/* The same for @bytes that somebody else holds: they count, and nothing may be
 * read or written. False: over the limit, or the system has no more. */
bool tw_memory_count(tw_memory *memory, tw_stack *stack, size_t bytes,
                     tw_error *err);

/* The block taken last owns @inner: it is emptied when that block goes. */
void tw_memory_attach(tw_stack *stack, tw_stack *inner);

/* Gives back the newest blocks until @count are left. */
void tw_memory_release(tw_memory *memory, tw_stack *stack, size_t count);

/* Frees what is spare. */
void tw_memory_trim(tw_memory *memory);

#endif

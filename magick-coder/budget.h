/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What ImageMagick's limits mean for a run. Its defaults are made for pixel
 * caches (one core left free, 1 GiB of memory in Debian's policy), so only what
 * the user has set counts. README.md tells users.
 */

#ifndef TM_BUDGET_H
#define TM_BUDGET_H

#include <MagickCore/MagickCore.h>

/* -limit thread, MAGICK_THREAD_LIMIT; all of them if not set. */
int tm_limit_threads(void);

/* -limit memory, MAGICK_MEMORY_LIMIT, in bytes; 0: not set, or set to 0 (which
 * only sends pixel caches to disk). Policies can be lowered, not raised. */
size_t tm_limit_memory(void);

/* -limit time: seconds left, negative when they are over; 0: no limit. */
double tm_limit_seconds(const Image *image);

#endif

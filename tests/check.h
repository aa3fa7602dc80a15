/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the test programs share. */

#ifndef TW_CHECK_H
#define TW_CHECK_H

#include <glib.h>
#include <inttypes.h>

#include "core/sizing.h"
#include "priors/prior.h"
#include "weights/safetensors.h"

/* Relative L2 distance |a - b| / |b|; the test names the place that differs
 * most when it is above @limit. */
void check_close(const char *what, const float *a, const float *b, int64_t size,
                 double limit);
void check_near(const char *what, double a, double b, double limit);

/* A test fails unless @status is TW_OK, with the run's message. */
void check_ok(tw_status status, tw_run *run);

/* A run with this seed and thread count (0: all), no limits. */
tw_run *check_run(uint64_t seed, int threads);

/* A tensor of its own, filled with zeros; freed by check_free(). */
tw_tensor *check_tensor(tw_shape shape);
void check_free(tw_tensor *tensor);

/* As tensors of a run that only sizes are: a shape and no data. */
tw_tensor check_sized(tw_shape shape);

/* The most memory that such a run says an evaluation takes. */
size_t check_sized_denoise(const tw_prior *prior, tw_shape x, int threads);

/* Fills with repeatable normal noise of this seed, without a run. */
void check_fill(tw_tensor *tensor, uint64_t seed);

/* A tensor of (n, a, b, c) filled so; freed by check_free(). */
tw_tensor *check_noise(int64_t n, int64_t a, int64_t b, int64_t c,
                       uint64_t seed);

/* A golden file of tests/golden; freed by the caller. NULL, and the test is
 * marked as skipped, when it is not there. */
tw_safetensors *check_golden(const char *name);

/* A float tensor of a golden file (any float type), by name; aborts the test
 * if it is not there. Freed by check_free(). */
tw_tensor *check_stored(const tw_safetensors *file, const char *name);

/*
 * Running out of memory, at every place in turn. The test programs are linked
 * with malloc, calloc, realloc, aligned_alloc, posix_memalign, strdup and
 * strndup of the engine (not of GLib, FFTW, ...) going through check-memory.c.
 *
 * check_every_allocation() calls @work once to count its allocations, which
 * must give TW_OK. Then it calls it with the first one failing, with the second
 * one failing, and so on: once with that one alone, which must give
 * TW_ERR_MEMORY or TW_OK, and once with all later ones too, which must give
 * TW_ERR_MEMORY. @work makes everything that it needs and frees it again, so
 * that the address sanitizer finds what a failure leaks; it turns a NULL of a
 * constructor into TW_ERR_MEMORY. It is called twice per allocation: keep its
 * problem tiny.
 */
typedef tw_status (*check_work_func)(void *data);
void check_every_allocation(const char *what, check_work_func work, void *data);

/* A byte per pixel of a picture of @width x @width, 1: known; with a hole of @side
 * in its middle. Freed by g_free(). */
unsigned char *check_hole(int width, int side);

#endif

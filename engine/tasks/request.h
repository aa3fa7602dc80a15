/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user asks for, as settings by key: the same keys and texts for
 * ImageMagick, GIMP and recipes. Three tables make up the keys of a request:
 * tw_common_params (all tasks), the task's own, the chosen solver's (set
 * solver= first).
 */

#ifndef TW_REQUEST_H
#define TW_REQUEST_H

#include "core/image.h"
#include "solvers/solver.h"

typedef struct tw_task tw_task;
typedef struct tw_request tw_request;

/* For all tasks: detail style solver steps time samples seed model prompt guidance
 * noise shot light memory threads. */
extern const tw_param tw_common_params[];

tw_request *tw_request_new(const tw_task *task); /* NULL: out of memory */
tw_request *tw_request_copy(const tw_request *request);
void tw_request_free(tw_request *request); /* NULL is fine */
const tw_task *tw_request_task(const tw_request *request);

/* Sets @key from @text. Fails with TW_ERR_ARGUMENT: unknown key (the nearest
 * known one is named), not a number, out of range (the range is named), unknown
 * choice (the choices are listed). */
tw_status tw_request_set(tw_request *request, const char *key, const char *text,
                         tw_error *err);

/* The parameter behind a key; NULL: no such key in this request. */
const tw_param *tw_request_param(const tw_request *request, const char *key);

/* Is it a key of any task or solver? */
bool tw_request_key_exists(const char *key);

/* Has the user set it? */
bool tw_request_has(const tw_request *request, const char *key);

/* The value as a number (initial if not set; NAN for "auto"), or as the text
 * that was given ("" if not set). An unknown key is a programming error. */
double tw_request_real(const tw_request *request, const char *key);
const char *tw_request_text(const tw_request *request, const char *key);

/* Is a key set that has no effect with the others, such as sigma= of kernel=disc?
 * Then @text is a sentence about the first one, translated and cut to @size. For
 * hosts whose users write words; in a dialog settings stay while others change. */
bool tw_request_idle(const tw_request *request, char *text, size_t size);

/* The share 0…1 of a likely picture in the result, the rest being the mean of
 * all: by detail=, style=, or the task and the prompt. */
double tw_request_detail(const tw_request *request);

/* Chosen by solver=, or by the detail and the task. Never NULL. */
const tw_solver *tw_request_solver(const tw_request *request);

/* The recipe: the task and every key that is set, as words (tasks/words.h) in the
 * order of the tables; what tw_request_read() reads, whatever the texts are, and
 * what a shell takes for the same words. Keys of the run (memory, threads) and
 * @without (may be NULL, e.g. "prompt") are left out. To be freed; NULL: out of
 * memory. */
char *tw_request_recipe(const tw_request *request, const char *without);

/* The request of a recipe. Fails as tw_request_set() does, and where a quote does
 * not end or there is no such task; then *@request is NULL. */
tw_status tw_request_read(const char *recipe, tw_request **request,
                          tw_error *err);

/* Sets what one word says, KEY=VALUE without quotes around it. */
tw_status tw_request_set_word(tw_request *request, const char *word,
                              tw_error *err);

/* Pictures that the front-end has loaded; borrowed, not copied.
 * Kernel: for kernel=FILE. Mask: white (mean of R, G, B times alpha above one
 * half) = restore here; NULL: everywhere (a task may demand one). The first plan
 * keeps in mind where the mask is white: give it again if its pixels change. A
 * request is used by one thread at a time. */
void tw_request_kernel(tw_request *request, const tw_image *kernel);
void tw_request_mask(tw_request *request, const tw_image *mask);

/* The file that the picture was read from, for jpeg=auto; borrowed. It is compared
 * with the picture, so it need not be what the picture still is. NULL: not known. */
void tw_request_file(tw_request *request, const char *path);

#endif

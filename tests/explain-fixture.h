/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of tw_explain(), and the pictures that they are made for. */

#ifndef TW_EXPLAIN_FIXTURE_H
#define TW_EXPLAIN_FIXTURE_H

#include "check-picture.h"

/* What tw_explain() draws; freed by explained_clear(). */
typedef struct explained {
    tw_image measured, misfit;
} explained;

tw_report noise_of(double noise, double shot);

/* With a run that has the memory that the plan promises. */
explained explain(const tw_request *request, const tw_image *in,
                  const tw_image *result, const tw_report *report, int threads);
void explained_clear(explained *e);

/* The result of a request, by check_restore(). */
tw_image restored(const tw_request *request, const tw_image *in,
                  tw_report *report);

/* 0.5 + 0.3 cos(pi (@across (x + 1/2) / width + @down (y + 1/2) / height)), a
 * half of it less in green: a cosine that half-sample mirrors keep when one of
 * the two is 0. */
tw_image cosine(int width, int height, int across, int down);

/* White in the middle. */
tw_image mask_for(int width, int height);

#endif

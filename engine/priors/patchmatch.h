/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sources that are most like each target, found by chance and handed on to
 * neighbors: PatchMatch.
 * Barnes, Shechtman, Finkelstein, Goldman 2009, "PatchMatch: a randomized
 * correspondence algorithm for structural image editing"; several candidates:
 * Barnes, Shechtman, Goldman, Finkelstein 2010, "The generalized PatchMatch
 * correspondence algorithm".
 *
 * Their scan takes over from neighbors that were just changed, so its result
 * hangs on the order. Here a pass reads what the pass before left, so targets
 * may be worked on in any order, by any number of threads; passes that look at
 * neighbors 8, 4, 2 and 1 pixels away carry matches as far as a scan does.
 * Random numbers are counted (core/random.h).
 */

#ifndef TW_PATCHMATCH_H
#define TW_PATCHMATCH_H

#include "priors/patches.h"

enum { TW_CANDIDATES = 16 }; /* of a target, at most */

/* The candidates of each target, nearest first. */
typedef struct tw_field {
    int count;       /* of a target */
    int32_t *source; /* [targets][count]: where they begin; negative: none */
    float *distance; /* [targets][count]: squared, of when they were found */
    uint32_t key[2], passes; /* what random numbers depend on */
    int reach; /* pixels: how far from a candidate chance looks for better ones;
                  as far as the picture goes, unless it is changed */
} tw_field;

/* Without candidates. Fails with TW_ERR_MEMORY. */
tw_status tw_field_make(tw_field *field, const tw_patches *patches, int count,
                        const uint32_t key[2], tw_run *run);
void tw_field_clear(tw_field *field, const tw_patches *patches,
                    const uint32_t key[2]);

/* Bytes of run memory of a field, and of a search in it. */
size_t tw_field_bytes(int64_t targets, int count);

/* Measures the candidates again, because the picture has changed, and improves
 * them in @rounds of four passes. There must be a source.
 * Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_field_search(tw_field *field, const tw_patches *patches,
                          int rounds, tw_run *run);

/* Candidates from those at half the size, where a pixel is known if all four of
 * it are. Distances are set to 0 until they are measured. */
void tw_field_enlarge(const tw_field *coarse, const tw_patches *small,
                      tw_field *fine, const tw_patches *large);

#endif

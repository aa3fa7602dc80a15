/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blurs that have a name: which Gaussian, disc and straight motion make the power
 * of a picture likeliest (scene.h)? Disc and motion have zeros that tell their
 * size to a few percent; a Gaussian is told to some twenty percent only, because
 * scenes fall off smoothly, too.
 */

#ifndef TW_FAMILIES_H
#define TW_FAMILIES_H

#include "blind/scene.h"

typedef enum tw_family {
    TW_FAMILY_NONE, /* no blur */
    TW_FAMILY_GAUSSIAN,
    TW_FAMILY_DISC,
    TW_FAMILY_MOTION,
    TW_FAMILIES
} tw_family;

typedef struct tw_named {
    tw_family family;
    double size, angle; /* of tw_psf_gaussian(), _disc(), _motion() */
    double likelihood;
} tw_named;

/* Of a family; NONE is a single pixel. Fails as those of psf.h. */
tw_status tw_named_psf(const tw_named *named, tw_psf *psf, tw_error *err);

/* The likeliest of each family, in the order of the enumeration. The same for
 * any number of threads. Fails with TW_ERR_MEMORY, TW_CANCELLED. */
tw_status tw_families_search(const tw_scene *scene, tw_named found[TW_FAMILIES],
                             tw_run *run);

#endif

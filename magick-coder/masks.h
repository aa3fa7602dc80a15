/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pictures besides the picture: masks and blur kernels.
 */

#ifndef TM_MASKS_H
#define TM_MASKS_H

#include <MagickCore/MagickCore.h>

#include "tweedie.h"

/* Where the mask of a call comes from. */
typedef enum tm_source {
    TM_SOURCE_NONE,  /* the task takes none, or the engine will ask for it */
    TM_SOURCE_LAST,  /* mask=last: the last image of the list */
    TM_SOURCE_FILE,  /* mask=NAME, mpr: too */
    TM_SOURCE_ALPHA, /* mask=alpha: what is not opaque */
    TM_SOURCE_WRITE  /* no mask=: -write-mask or -region, black = fill */
} tm_source;

typedef struct tm_masks {
    tm_source source;
    Image *image; /* TM_SOURCE_LAST: borrowed; TM_SOURCE_FILE: owned */
} tm_masks;

/* Finds the mask of the request for the list @images; reads a file. Free with
 * tm_masks_clear(), also after a failure. */
bool tm_masks_open(const tw_request *request, Image *images, tm_masks *masks,
                   ExceptionInfo *exception);
void tm_masks_clear(tm_masks *masks);

/* The mask for one image: white = restore. @mask without data: none. Free with
 * tm_pixels_free(). */
bool tm_mask_read(const tm_masks *masks, const Image *image, tw_image *mask,
                  ExceptionInfo *exception);

/* The picture that kernel=FILE names, without data if it names none. Free with
 * tm_pixels_free(). */
bool tm_kernel_read(const tw_request *request, tw_image *kernel,
                    ExceptionInfo *exception);

/* Writes the kernel that a run has found, its largest value as white. False:
 * @exception says why. */
bool tm_kernel_write(const tw_found *found, const char *name,
                     ExceptionInfo *exception);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pixels that several owners, in any thread, hold at once.
 *
 * A picture is filled by whoever made it and never changed once it is shared, so
 * no lock is needed to read it. Big ones are made and copied in worker threads:
 * writing 24 megapixels takes longer than a main loop may be busy.
 */

#ifndef TW_PICTURE_H
#define TW_PICTURE_H

#include <cairo.h>
#include <glib.h>

#include "tweedie.h"

G_BEGIN_DECLS

typedef struct TwPicture {
    tw_image image; /* R'G'B'A float, see core/image.h; stride is 4 width */
    gatomicrefcount count;
} TwPicture;

/* Pixels are not initialized. NULL: out of memory (never aborts), or a side
 * below 1. */
TwPicture *tw_picture_new(int width, int height);

/* All zeros. The system gives memory only to what is written to, so that a
 * picture with few other values is cheap. */
TwPicture *tw_picture_new_clear(int width, int height);

TwPicture *tw_picture_ref(TwPicture *picture); /* NULL is fine */
void tw_picture_unref(TwPicture *picture);     /* NULL is fine */

/* A new picture of @part, which lies inside @picture. NULL: out of memory. */
TwPicture *tw_picture_crop(const TwPicture *picture,
                           const cairo_rectangle_int_t *part);

/* Points *@slot to @picture (may be NULL), with a reference of its own. */
void tw_picture_set(TwPicture **slot, TwPicture *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TwPicture, tw_picture_unref)

G_END_DECLS

#endif

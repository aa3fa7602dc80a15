/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pixels of layers and channels, to and from the engine's pictures.
 *
 * The engine's values are those that the layer stores, in its own primaries and
 * its own tone curve, so that nothing is cut off or converted twice; a curve of
 * linear light is the exception: the model expects the sRGB curve. They are asked
 * for in the layer's own channel model, since babl is exact only then.
 */

#ifndef TW_DRAWABLE_H
#define TW_DRAWABLE_H

#include <cairo.h>
#include <libgimp/gimp.h>

#include "mask/tw-raster.h"
#include "session/tw-picture.h"

G_BEGIN_DECLS

/* The pixels of @part (in pixels of the drawable). NULL: out of memory. */
TwPicture *tw_drawable_read(GimpDrawable *drawable,
                            const cairo_rectangle_int_t *part, GError **error);

/* How a result goes into the pixels that are there. */
typedef struct TwBlend {
    const TwPicture *result;
    cairo_rectangle_int_t area; /* its place in the buffer */
    const TwPlane *coverage;    /* of its size: 0 leaves a pixel as it is; NULL:
                                   255 everywhere */
    gboolean soft;    /* coverage in between mixes; FALSE: it is 255 */
    gboolean uncover; /* what was transparent is so no more */
    gboolean anew;    /* whatever is there, and alpha, is replaced */
    gboolean keep[4]; /* components R, G, B, A that stay */
} TwBlend;

/* Fills @to with the pixels of @from (of a drawable like @like), except where the
 * result differs: other pixels stay bit for bit. The buffers may be the same.
 * FALSE: out of memory; @to is then filled in part. */
gboolean tw_drawable_blend(GimpDrawable *like, GeglBuffer *from, GeglBuffer *to,
                           const TwBlend *blend, GError **error);

/* Values 0…255 of a channel, a layer mask, the selection or a layer (mean of R,
 * G, B, times alpha) where @part of the image lies, 0 outside of it; in the
 * drawable's own curve. NULL: out of memory. */
TwPlane *tw_drawable_read_mask(GimpDrawable *drawable,
                               const cairo_rectangle_int_t *part,
                               GError **error);

/* The reverse for a channel or a layer mask, at its top left corner. */
void tw_drawable_write_mask(GimpDrawable *drawable, const TwPlane *plane,
                            int left, int top);

TwPlane *tw_plane_new(int width, int height, GError **error); /* zeros */
TwPlane *tw_plane_crop(const TwPlane *plane, const cairo_rectangle_int_t *part,
                       GError **error);
void tw_plane_free(TwPlane *plane); /* NULL is fine */

G_END_DECLS

#endif

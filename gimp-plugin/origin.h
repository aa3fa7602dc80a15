/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another image takes from the one that a filter restores, read while that
 * is there: it may be closed before the result is. */

#ifndef TW_ORIGIN_H
#define TW_ORIGIN_H

#include <libgimp/gimp.h>

G_BEGIN_DECLS

typedef struct TwOrigin {
    GimpImageBaseType base;
    GimpPrecision precision;
    GimpColorProfile *profile; /* NULL: none */
    GimpMetadata *metadata;    /* NULL: none */
    double x, y;               /* pixels per inch; 0: not known */
    GimpUnit *unit;            /* owned by GIMP */
    GimpImageType type;        /* of the layer */
    char *layer;               /* its name */
} TwOrigin;

/* Reads it anew; what was there is freed. Nothing changes once the image is
 * closed. */
void tw_origin_read(TwOrigin *origin, GimpImage *image, GimpDrawable *layer);
void tw_origin_clear(TwOrigin *origin);

/* An image without layers, with undoing disabled. NULL: GIMP does not make it. */
GimpImage *tw_origin_image(const TwOrigin *origin, int width, int height);

G_END_DECLS

#endif

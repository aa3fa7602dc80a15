/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run of a filter on one layer: what the procedure, the dialog and the
 * output share. Everything here is of the main thread; pictures, once they are
 * in, are never changed and may be given to other threads.
 *
 * Pixels: R'G'B'A float as of core/image.h, in the layer's own primaries.
 * Rectangles: in pixels of the layer, from its top left corner.
 */

#ifndef TW_FILTER_H
#define TW_FILTER_H

#include <cairo.h>
#include <libgimp/gimp.h>

#include "mask/tw-paint.h"
#include "origin.h"
#include "session/tw-picture.h"
#include "tweedie.h"

G_BEGIN_DECLS

typedef struct TwFilter {
    const tw_task *task;
    GimpProcedure *procedure;
    GimpProcedureConfig *config; /* owned by GIMP, like the three below */
    GimpImage *image;
    GimpDrawable *drawable;   /* the layer, never a mask or a channel */
    GimpDrawable *quick_mask; /* what mask=auto means while it is on, or NULL */
    GimpDrawable *limit;      /* instead of the selection (recipes), or NULL */
    GimpLayer *above;         /* where new layers go, if not above the layer */
    GimpRunMode run_mode;
    tw_store *store;

    /* The layer as it was when it was read: place in the image, and size. */
    cairo_rectangle_int_t layer;

    /* The part of the layer that @picture holds: all of it for inpaint and
     * upscale; the selection and what it needs around it for the others. */
    cairo_rectangle_int_t area;

    TwPicture *picture;
    gboolean uncover; /* the mask is of transparent pixels: they become opaque,
                         and the picture is opaque */

    /* Inpaint: the mask, of the picture's size, loaded from where the arguments
     * say, with their "grow" and "feather"; the dialog paints on it. NULL: the
     * task has no mask. */
    TwPaint *paint;

    /* The others: the selection, of the picture's size. NULL: all of it. */
    TwPlane *coverage;

    TwOrigin origin; /* of the image and the layer */

    TwPicture *kernel; /* for kernel=file and kernel=drawable, or NULL */

    /* Set by tw_filter_write(). */
    GimpImage *result;       /* the image that holds the result */
    GimpLayer *result_layer; /* the first of its layers */
    double consistency;      /* as in the report; NAN: not known */
} TwFilter;

typedef enum {
    TW_OUTPUT_NEW_LAYER,
    TW_OUTPUT_REPLACE,
    TW_OUTPUT_NEW_IMAGE,
    TW_OUTPUT_IN_PLACE
} TwOutput;

/* The image is no more: only another one can take the result. */
gboolean tw_filter_is_closed(const TwFilter *filter);

/* What the argument "output" says; of a closed image, a new image. */
TwOutput tw_filter_output(const TwFilter *filter);

/* The task has this key of its own: "mask", "kernel", "scale". */
gboolean tw_filter_has(const TwFilter *filter, const char *key);

/* Reads what the task needs of the layer: selection or mask, kernel, pixels. The
 * fields up to the store are set. FALSE: refused, or no memory; tw_filter_clear()
 * is due in any case. */
gboolean tw_filter_open(TwFilter *filter, GError **error);
void tw_filter_clear(TwFilter *filter);

/* Rows of the arguments that only GIMP has: "output", "settings",
 * "keep-prompt"; inpaint: "mask", "grow", "feather"; deblur: "kernel" with the
 * choices "file" and "drawable", "kernel-file". They are properties of the
 * config, with kinds by tw_property_kind(), and go before the engine's row of
 * the same name. Besides there are the drawables "mask-drawable" and
 * "kernel-drawable". Ends with a row whose name is NULL. */
const tw_param *tw_filter_params(const tw_task *task);

/* The request as the config says, with the limits of this machine for memory
 * and threads where it says "auto", and with the kernel's picture. The mask is
 * not in it: tw_paint_picture(). NULL: a setting is wrong. */
tw_request *tw_filter_request(TwFilter *filter, GError **error);

/* Reads the mask again (after "mask" or "mask-drawable" has changed). An empty
 * mask is no failure here: it may still be painted. Where what is transparent
 * begins or ceases to be the mask, there is another picture then. */
gboolean tw_filter_load_mask(TwFilter *filter, GError **error);

/* Reads the kernel again (after "kernel", "kernel-file" or "kernel-drawable"
 * has changed). */
gboolean tw_filter_load_kernel(TwFilter *filter, GError **error);

/* Adds the painted mask to the image as a channel. */
gboolean tw_filter_save_mask(TwFilter *filter, GError **error);

/* Writes results (TwPictures, of the picture's size or of the enlarged one)
 * into the image, as one step to undo. Checks first that the layer is still
 * what was read. On failure the image is as it was. If it was closed, a new image
 * takes what was read of the layer, with the result. */
gboolean tw_filter_write(TwFilter *filter, GPtrArray *results,
                         const tw_report *report, GError **error);

/* dialog.c: runs the dialog until it is closed. Apply calls tw_filter_write()
 * and shows its failure, with the dialog open. TRUE: written. FALSE: canceled,
 * or @error is set. */
gboolean tw_filter_dialog(TwFilter *filter, GError **error);

G_END_DECLS

#endif

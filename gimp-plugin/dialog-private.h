/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the dialog share.
 *
 *     dialog.c           the window, its life, Apply and Cancel
 *     dialog-settings.c  settings to the session; what stands in the way
 *     dialog-preview.c   the preview, from the session
 *     dialog-toolbar.c   the toolbar above it
 *     dialog-color.c     colors of the display
 *     dialog-controls.c  the column of settings
 *     dialog-presets.c   the settings on top of it
 *     dialog-deblur.c, dialog-inpaint.c, dialog-upscale.c
 *                        what only one filter has
 *     dialog-keys.c      letters for the keyboard
 */

#ifndef TW_DIALOG_PRIVATE_H
#define TW_DIALOG_PRIVATE_H

#include <libgimp/gimpui.h>

#include "filter.h"
#include "kernel/tw-kernel-view.h"
#include "kernel/tw-line.h"
#include "kernel/tw-try-strip.h"
#include "mask/tw-brush.h"
#include "preview/tw-preview.h"
#include "session/tw-certificate.h"
#include "session/tw-progress.h"
#include "session/tw-session.h"
#include "settings/tw-controls.h"

G_BEGIN_DECLS

/* What has changed since the session was told: bits. */
typedef enum TwChange {
    TW_CHANGE_SETTING = 1 << 0,
    TW_CHANGE_MASK = 1 << 1,   /* where the mask comes from */
    TW_CHANGE_KERNEL = 1 << 2, /* where the kernel comes from */
    TW_CHANGE_PAINT = 1 << 3   /* the mask itself */
} TwChange;

enum { TW_PRESETS = 3 };

typedef struct TwDialog {
    TwFilter *filter;
    GimpProcedureDialog *window;
    TwSession *session;

    GtkInfoBar *bar;
    GtkLabel *message; /* in the bar */

    TwProgress *progress;
    TwPreview *preview;
    GtkComboBox *views;
    GtkToggleButton *whole;
    cairo_rectangle_int_t part; /* the region if it is not the whole */
    GtkWidget *candidates;      /* which of several results is shown */
    GtkSpinButton *candidate;
    GtkLabel *forecast; /* how long Apply will take */
    GPtrArray *results; /* those that are shown, or NULL */

    TwControls *controls;
    GtkToggleButton *presets[TW_PRESETS];
    TwCertificate *certificate;
    gboolean certified; /* it says something */

    TwBrush *brush; /* inpaint */
    TwLine *line;   /* deblur */
    TwKernelView *kernel;
    TwTries *tries;
    GtkToggleButton *tool; /* the brush or the line has the pointer */
    GtkLabel *size;        /* upscale: of the result */

    guint update, watch; /* sources; 0: none */
    TwChange changes;
    char *failure;   /* of reading the mask or the kernel, or NULL */
    char *problem;   /* why there is nothing to compute, or NULL */
    gboolean lost;   /* the layer is not what it was */
    gboolean closed; /* the image is no more */
    gboolean applying, written;
    gboolean keep_store; /* a thread that was cancelled still looks at it */
} TwDialog;

/* --- dialog.c --- */

/* The bar for what the user must know; it lies over the preview, so that nothing
 * moves when it comes. */
GtkWidget *tw_dialog_bar_new(TwDialog *dialog);

/* In that bar; NULL: none, or what holds to the end. */
void tw_dialog_show(TwDialog *dialog, GtkMessageType type, const char *text);

/* Apply can be pressed, or not; while it works nothing can be changed. */
void tw_dialog_update_apply(TwDialog *dialog);

/* The session has the result of the whole: writes it. */
void tw_dialog_applied(TwSession *session, gpointer dialog);

/* --- dialog-settings.c --- */

/* Follows the config, the mask and the layer, until the dialog ends. */
void tw_dialog_follow(TwDialog *dialog);
void tw_dialog_unfollow(TwDialog *dialog);

/* Tells the session when the main loop is idle, or now. */
void tw_dialog_change(TwDialog *dialog, TwChange change);
void tw_dialog_settle(TwDialog *dialog);

/* --- dialog-preview.c --- */

/* Makes the preview, what belongs to it, and the session. */
GtkWidget *tw_dialog_preview_new(TwDialog *dialog);

/* Cancels all and waits a moment: nobody waits for a thread. */
void tw_dialog_end_session(TwDialog *dialog);

/* The filter has another picture: begins again with it. */
void tw_dialog_renew_picture(TwDialog *dialog);

/* The picture before, @scale times as large; the region stays. */
void tw_dialog_set_scale(TwDialog *dialog, double scale);

cairo_rectangle_int_t tw_dialog_whole(const TwDialog *dialog);

/* Computes this part of the input, within the picture; NULL: the whole. */
void tw_dialog_set_region(TwDialog *dialog,
                          const cairo_rectangle_int_t *region);

/* Shows the result that the toolbar chooses, and computes its views if one of
 * them is chosen. */
void tw_dialog_show_result(TwDialog *dialog);

/* --- dialog-forecast.c --- */

/* Says how long Apply will take. */
void tw_dialog_update_forecast(TwDialog *dialog);

/* --- dialog-toolbar.c --- */

GtkWidget *tw_dialog_toolbar_new(TwDialog *dialog);

/* Follows the number of results. */
void tw_dialog_update_candidates(TwDialog *dialog);

/* Tools and region have the pointer, but not while Apply works. */
void tw_dialog_hold_preview(TwDialog *dialog);

/* A button that gives the pointer to a tool. */
void tw_dialog_add_tool(TwDialog *dialog, const char *title, const char *hint,
                        TwTool *tool);

/* --- dialog-color.c --- */

/* The preview shows the layer's colors as GIMP's display settings say. */
void tw_dialog_manage_color(TwDialog *dialog);

/* --- dialog-controls.c --- */

GtkWidget *tw_dialog_controls_new(TwDialog *dialog);

/* The row of a key in a table; NULL: none. */
const tw_param *tw_dialog_param(const tw_param *table, const char *key);

/* Shows a widget only while a setting has this value. */
void tw_dialog_show_when(TwDialog *dialog, GtkWidget *widget, const char *key,
                         const char *value);

/* --- dialog-presets.c --- */

void tw_dialog_add_presets(TwDialog *dialog);

/* The one that is like the settings is pressed, or none. */
void tw_dialog_presets_changed(TwDialog *dialog, const tw_request *request);

/* --- what only one filter has: rows of the controls, tools --- */

void tw_dialog_add_deblur(TwDialog *dialog);
void tw_dialog_deblur_changed(TwDialog *dialog, const tw_request *request);
void tw_dialog_add_inpaint(TwDialog *dialog);
void tw_dialog_inpaint_changed(TwDialog *dialog);
void tw_dialog_add_upscale(TwDialog *dialog);
void tw_dialog_upscale_changed(TwDialog *dialog);

/* --- dialog-keys.c --- */

/* @text without the underscores of mnemonics, and without the "(_X)" that
 * scripts without letters of the keyboard use. To be freed. */
char *tw_dialog_plain(const char *text);

/* Gives every label with a mnemonic below @window a letter of its own: that of
 * its text if it is free, another one of its text, or none. Translations need
 * not care about each other then. */
void tw_dialog_share_letters(GtkWidget *window);

G_END_DECLS

#endif

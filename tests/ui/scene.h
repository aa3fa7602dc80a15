/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in a window, a brush on it, and what a person does with mouse and
 * keyboard. */

#ifndef TW_SCENE_H
#define TW_SCENE_H

#include "mask/tw-brush.h"

enum { WIDTH = 200, HEIGHT = 150 }; /* of the picture */

/* A window with a preview at zoom 2, so that the picture is seen whole; a box
 * for more; a mask that the brush paints on, and one to compare it with. */
typedef struct Scene {
    GtkWidget *window, *box;
    TwPreview *preview;
    TwPaint *paint, *expected;
    TwBrush *brush;
} Scene;

/* Of one color, 0xRRGGBB. */
TwPicture *picture(int width, int height, guint32 color);

/* The picture is of this color, the brush's size 20. */
Scene open_scene(guint32 color);
void close_scene(Scene *scene);

/* At a place of the picture. */
void mouse(Scene *scene, GdkEventType type, double x, double y, guint button,
           guint state);
void drag(Scene *scene, const double (*points)[2], int count, guint button,
          guint state);

void key(Scene *scene, GdkEventType type, guint keyval, guint state);
/* Presses it and lets it go. */
void type(Scene *scene, guint keyval, guint state);

/* Paints the same stroke without any widget. */
void expect(Scene *scene, double size, gboolean erase,
            const double (*points)[2], int count);
/* Is the brush's mask the expected one? */
void check_mask(Scene *scene);

/* A property of type double. */
double number(gpointer object, const char *property);

/* What @widget shows; to be destroyed. */
cairo_surface_t *snapshot(GtkWidget *widget);
/* 0xRRGGBB. */
guint32 color_at(cairo_surface_t *surface, int x, int y);

#endif

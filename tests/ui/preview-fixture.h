/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A preview on a display: pixels that it draws, and events of pointer and keys.
 *
 * Events are made here and given to the widget, so no window manager and no
 * pointer of a server are needed. Pixels are drawn into a cairo surface, in
 * which one pixel is one device pixel.
 */

#ifndef TW_PREVIEW_FIXTURE_H
#define TW_PREVIEW_FIXTURE_H

#include "preview/tw-preview.h"

#define WIDTH  300
#define HEIGHT 200

/* @before and @after are coded pictures with salts 0 and 100, of the size of the
 * widget. */
typedef struct Fixture {
    GtkWidget *window;
    GtkWidget *widget;
    TwPreview *preview;
    TwPicture *before, *after;
    cairo_surface_t *surface;
    int chosen; /* times that "region-changed" came */
} Fixture;

/* Bytes that tell where they are from. */
guchar byte_at(int x, int y, int channel, int salt);
TwPicture *coded_picture(int width, int height, int salt);
TwPicture *plain_picture(int width, int height, float red, float green,
                         float blue, float alpha);

/* @after covers the whole picture. */
void show(Fixture *f, TwPicture *before, TwPicture *after);

/* Draws as often as the widget asks for; the result is in the surface. */
void draw(Fixture *f);

void pixel_at(Fixture *f, int x, int y, guchar *rgb);
void assert_pixel(Fixture *f, int x, int y, int red, int green, int blue);
/* Pixel (@x, @y) of the widget shows (@px, @py) of a coded picture. */
void assert_coded(Fixture *f, int x, int y, int px, int py, int salt);

/* At one to one, left of the divider is before and right of it after, byte by
 * byte; between 50 and 140 of the height nothing else is drawn. */
void assert_split(Fixture *f, int divider, int left, int right);

/* Events at places of the widget, in logical pixels. */
void button(Fixture *f, GdkEventType type, guint number, double x, double y,
            guint state);
void move(Fixture *f, double x, double y);
void drag(Fixture *f, guint number, double x0, double y0, double x1, double y1);
void wheel(Fixture *f, double x, double y, double dy, guint state);
void key(Fixture *f, GdkEventType type, guint keyval, guint state);
void press_key(Fixture *f, guint keyval, guint state);

typedef struct PreviewTest {
    const char *name;
    void (*test)(Fixture *f, gconstpointer data);
} PreviewTest;

/* Each with a fixture of its own; skips all without a display. Returns what
 * main() returns. */
int run_tests(int argc, char **argv, const PreviewTest *tests, gsize count);

#endif

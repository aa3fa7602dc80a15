/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-line.h"

#include <math.h>

#include "kernel/tw-angle.h"
#include "kernel/tw-line-private.h"

/* How near to a handle one has to be, logical pixels. */
#define NEAR 14.0

/* The ranges of the deblur task's keys. */
enum { LEAST = 1, MOST = 500, TURN = 360 };

typedef enum Grip { NOTHING = -1, FIRST, SECOND, MIDDLE } Grip;

struct _TwLine {
    GObject parent;
    TwTool tool;
    TwPreview *preview;   /* weak */
    double x[2], y[2];    /* the ends, input pixels */
    double length, angle; /* as the properties */
    Grip grip;            /* what is being dragged */
    double dx, dy;        /* from the pointer to what it has gripped */
};

G_DEFINE_FINAL_TYPE(TwLine, tw_line, G_TYPE_OBJECT)

enum { LENGTH = 1, ANGLE, DRAGGING, PROPERTIES };

static GParamSpec *properties[PROPERTIES];

static TwLine *
line_of(TwTool *tool)
{
    return (gpointer) ((guchar *) tool - G_STRUCT_OFFSET(TwLine, tool));
}

static void
redraw(TwLine *line)
{
    if (line->preview)
        tw_preview_redraw(line->preview, NULL);
}

/* Puts the ends at both sides of the middle. */
static void
lay(TwLine *line, double x, double y)
{
    const double turn = line->angle * G_PI / 180, half = line->length / 2;

    line->x[0] = x - half * cos(turn);
    line->y[0] = y + half * sin(turn);
    line->x[1] = x + half * cos(turn);
    line->y[1] = y - half * sin(turn);
    redraw(line);
}

static void
set_number(TwLine *line, double *number, double value, GParamSpec *spec)
{
    if (value >= *number && value <= *number)
        return;
    *number = value;
    g_object_notify_by_pspec(G_OBJECT(line), spec);
}

/* Takes the numbers from the ends; y points down in pictures, up in angles. */
static void
measure(TwLine *line)
{
    const double dx = line->x[1] - line->x[0], dy = line->y[1] - line->y[0];
    double angle = line->angle;

    if (hypot(dx, dy) > 0)
        angle = tw_angle_upright(atan2(-dy, dx) * 180 / G_PI);
    g_object_freeze_notify(G_OBJECT(line));
    set_number(line, &line->length, CLAMP(hypot(dx, dy), LEAST, MOST),
               properties[LENGTH]);
    set_number(line, &line->angle, angle, properties[ANGLE]);
    g_object_thaw_notify(G_OBJECT(line));
    redraw(line);
}

/* The handle near (@x, @y). The middle yields to the ends. */
static Grip
grip_at(const TwLine *line, double x, double y)
{
    const double near =
        NEAR / tw_view_input_zoom(tw_preview_get_view(line->preview));
    const double first = hypot(x - line->x[0], y - line->y[0]);
    const double second = hypot(x - line->x[1], y - line->y[1]);
    const double middle = hypot(x - (line->x[0] + line->x[1]) / 2,
                                y - (line->y[0] + line->y[1]) / 2);

    if (MIN(first, second) <= near)
        return second <= first ? SECOND : FIRST;
    return middle <= near ? MIDDLE : NOTHING;
}

static void
press(TwTool *tool, double x, double y, guint button, GdkModifierType state)
{
    TwLine *line = line_of(tool);
    double grip_x, grip_y;

    (void) state;
    if (button != GDK_BUTTON_PRIMARY || !line->preview)
        return;
    line->grip = grip_at(line, x, y);
    if (line->grip == NOTHING) {
        line->x[0] = line->x[1] = x;
        line->y[0] = line->y[1] = y;
        line->grip = SECOND;
    }
    grip_x = line->grip == MIDDLE ? (line->x[0] + line->x[1]) / 2
                                  : line->x[line->grip];
    grip_y = line->grip == MIDDLE ? (line->y[0] + line->y[1]) / 2
                                  : line->y[line->grip];
    line->dx = grip_x - x;
    line->dy = grip_y - y;
    tw_preview_set_original(line->preview, TRUE);
    g_object_notify_by_pspec(G_OBJECT(line), properties[DRAGGING]);
}

/* Moves the gripped end, at most MOST from the other; @steps: to a multiple of
 * 15 degrees. */
static void
pull(TwLine *line, double x, double y, gboolean steps)
{
    const int other = line->grip == FIRST ? SECOND : FIRST;
    const double dx = x - line->x[other], dy = y - line->y[other];
    const double unit = G_PI / 12;
    const double length = MIN(hypot(dx, dy), MOST);
    double turn = atan2(dy, dx);

    if (steps)
        turn = round(turn / unit) * unit;
    line->x[line->grip] = line->x[other] + length * cos(turn);
    line->y[line->grip] = line->y[other] + length * sin(turn);
    measure(line);
}

static void
drag(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwLine *line = line_of(tool);

    if (line->grip == MIDDLE)
        lay(line, x + line->dx, y + line->dy);
    else if (line->grip != NOTHING)
        pull(line, x + line->dx, y + line->dy, (state & GDK_CONTROL_MASK) != 0);
}

/* A click leaves the shortest line, of the angle before. */
static void
release(TwTool *tool, double x, double y, GdkModifierType state)
{
    TwLine *line = line_of(tool);

    (void) x;
    (void) y;
    (void) state;
    if (line->grip == NOTHING)
        return;
    line->grip = NOTHING;
    if (line->preview)
        tw_preview_set_original(line->preview, FALSE);
    measure(line);
    lay(line, (line->x[0] + line->x[1]) / 2, (line->y[0] + line->y[1]) / 2);
    g_object_notify_by_pspec(G_OBJECT(line), properties[DRAGGING]);
}

static void
draw(TwTool *tool, cairo_t *cr, const TwView *view)
{
    const TwLine *line = line_of(tool);
    g_autofree char *text = tw_line_text(line->length, line->angle);
    double x[2], y[2];

    if (!line->preview)
        return;
    for (int i = 0; i < 2; i++)
        tw_view_from_input(view, line->x[i], line->y[i], &x[i], &y[i]);
    tw_line_draw(cr, x, y);
    if (line->grip == FIRST || line->grip == SECOND) {
        const int end = line->grip, other = end == FIRST ? SECOND : FIRST;

        tw_preview_draw_loupe(line->preview, cr, line->x[end], line->y[end],
                              line->x[other], line->y[other], text);
    } else
        tw_line_draw_text(cr, view, GTK_WIDGET(line->preview), x, y, text);
}

static char *
describe(TwTool *tool)
{
    const TwLine *line = line_of(tool);

    return tw_line_text(line->length, line->angle);
}

static gboolean
key(TwTool *tool, const GdkEventKey *event)
{
    TwLine *line = line_of(tool);

    return line->grip == NOTHING && tw_line_key(line, event);
}

TwLine *
tw_line_new(TwPreview *preview, int width, int height)
{
    TwLine *line = g_object_new(TW_TYPE_LINE, NULL);

    g_set_weak_pointer(&line->preview, preview);
    lay(line, width / 2.0, height / 2.0);
    return line;
}

TwTool *
tw_line_tool(TwLine *line)
{
    return &line->tool;
}

void
tw_line_get_ends(TwLine *line, double *x0, double *y0, double *x1, double *y1)
{
    *x0 = line->x[0];
    *y0 = line->y[0];
    *x1 = line->x[1];
    *y1 = line->y[1];
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    const TwLine *line = TW_LINE(object);

    switch (id) {
    case LENGTH:
        g_value_set_double(value, line->length);
        break;
    case ANGLE:
        g_value_set_double(value, line->angle);
        break;
    case DRAGGING:
        g_value_set_boolean(value, line->grip != NOTHING);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
    }
}

static void
set_property(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    TwLine *line = TW_LINE(object);
    const double x = (line->x[0] + line->x[1]) / 2;
    const double y = (line->y[0] + line->y[1]) / 2;
    double *number = id == LENGTH ? &line->length : &line->angle;
    const double now = g_value_get_double(value);

    if (now >= *number && now <= *number)
        return;
    *number = now;
    lay(line, x, y);
    g_object_notify_by_pspec(object, spec);
}

static void
finalize(GObject *object)
{
    TwLine *line = TW_LINE(object);

    g_clear_weak_pointer(&line->preview);
    G_OBJECT_CLASS(tw_line_parent_class)->finalize(object);
}

static void
tw_line_class_init(TwLineClass *class)
{
    GObjectClass *object = G_OBJECT_CLASS(class);
    const GParamFlags both =
        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object->get_property = get_property;
    object->set_property = set_property;
    object->finalize = finalize;
    properties[LENGTH] =
        g_param_spec_double("length", NULL, NULL, LEAST, MOST, 10, both);
    properties[ANGLE] =
        g_param_spec_double("angle", NULL, NULL, -TURN, TURN, 0, both);
    properties[DRAGGING] =
        g_param_spec_boolean("dragging", NULL, NULL, FALSE,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object, PROPERTIES, properties);
}

static void
tw_line_init(TwLine *line)
{
    line->tool = (TwTool) {
        .press = press,
        .drag = drag,
        .release = release,
        .key = key,
        .draw = draw,
        .describe = describe,
    };
    line->length = 10;
    line->grip = NOTHING;
}

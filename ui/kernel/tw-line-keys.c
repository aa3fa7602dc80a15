/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard for what the pointer does roughly. */
#include "kernel/tw-angle.h"
#include "kernel/tw-line-private.h"

/* What a key does alone, and how many times that with Shift. */
static const double length_step = 0.5, angle_step = 1, large = 10;

static void
stretch(TwLine *line, double by)
{
    GParamSpecDouble *spec = G_PARAM_SPEC_DOUBLE(
        g_object_class_find_property(G_OBJECT_GET_CLASS(line), "length"));
    double length;

    g_object_get(line, "length", &length, NULL);
    g_object_set(line, "length",
                 CLAMP(length + by, spec->minimum, spec->maximum), NULL);
}

static void
turn(TwLine *line, double by)
{
    double angle;

    g_object_get(line, "angle", &angle, NULL);
    g_object_set(line, "angle", tw_angle_upright(angle + by), NULL);
}

gboolean
tw_line_key(TwLine *line, const GdkEventKey *event)
{
    const double times = (event->state & GDK_SHIFT_MASK) ? large : 1;

    if (event->type != GDK_KEY_PRESS || !(event->state & GDK_CONTROL_MASK))
        return FALSE;
    switch (event->keyval) {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
        stretch(line, -times * length_step);
        return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
        stretch(line, times * length_step);
        return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
        turn(line, times * angle_step);
        return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
        turn(line, -times * angle_step);
        return TRUE;
    default:
        return FALSE;
    }
}

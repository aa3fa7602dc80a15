/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/tw-try-kind.h"

#include <string.h>

#include "core/i18n.h"
#include "kernel/tw-angle.h"

enum { AXES = 2, ACROSS = 3 };

/* One key: first step, as a share of the value or in its unit; the step from
 * which on nobody sees a difference; into how many parts of a unit values are
 * rounded. */
typedef struct Axis {
    const char *key;
    gboolean relative;
    double step, finest, parts;
} Axis;

struct TwTryKind {
    const char *kernel;
    Axis axes[AXES]; /* the first one decides when steps are fine */
};

/* A quarter of the length and 10 degrees move the ends of a line alike, whatever
 * its length; so their steps are fine together. */
static const TwTryKind kinds[] = {
    { "motion",
      { { "length", TRUE, 0.25, 0.5, 10 }, { "angle", FALSE, 10, 0, 10 } } },
    { "gaussian", { { "sigma", TRUE, 0.25, 0.05, 100 } } },
    { "disc", { { "radius", TRUE, 0.25, 0.1, 100 } } },
};

const TwTryKind *
tw_try_kind_of(const tw_request *request)
{
    const tw_param *param =
        request ? tw_request_param(request, "kernel") : NULL;
    const char *kernel = param ? tw_request_text(request, "kernel") : "";

    if (param && !*kernel)
        kernel = param->choices[0];
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (param && strcmp(kinds[i].kernel, kernel) == 0 &&
            tw_request_param(request, kinds[i].axes[0].key))
            return &kinds[i];
    return NULL;
}

int
tw_try_kind_axes(const TwTryKind *kind)
{
    return kind->axes[1].key ? 2 : 1;
}

const char *
tw_try_kind_key(const TwTryKind *kind, int axis)
{
    return kind->axes[axis].key;
}

void
tw_try_kind_read(const TwTryKind *kind, const tw_request *request,
                 double values[2])
{
    for (int i = 0; i < AXES; i++)
        values[i] = i < tw_try_kind_axes(kind)
                        ? tw_request_real(request, kind->axes[i].key)
                        : 0;
}

static double
step_of(const Axis *axis, double center, int level)
{
    return axis->step * (axis->relative ? center : 1) / exp2(level);
}

/* @center moved by @steps steps, rounded; the center itself stays
 * what it is. */
static double
moved(const Axis *axis, double center, int level, int steps)
{
    const double value = center + steps * step_of(axis, center, level);

    if (steps == 0)
        return center;
    return round(value * axis->parts) / axis->parts;
}

void
tw_try_kind_values(const TwTryKind *kind, const double center[2], int level,
                   int index, double values[2])
{
    const int across = index % ACROSS - 1, up = 1 - index / ACROSS;

    values[0] = moved(&kind->axes[0], center[0], level, across);
    values[1] = 0;
    if (tw_try_kind_axes(kind) > 1)
        values[1] =
            tw_angle_upright(moved(&kind->axes[1], center[1], level, up));
}

gboolean
tw_try_kind_is_fine(const TwTryKind *kind, const double center[2], int level)
{
    const Axis *axis = &kind->axes[0];

    return step_of(axis, center[0], level) < axis->finest;
}

char *
tw_try_kind_text(const TwTryKind *kind, const double values[2])
{
    if (tw_try_kind_axes(kind) > 1)
        /* Length in pixels and angle of a line in the picture. */
        return g_strdup_printf(_("%.1f px, %.1f°"), values[0], values[1]);
    /* The radius of a blur. */
    return g_strdup_printf(_("%.2f px"), values[0]);
}

/* --- requests --- */

/* No try costs more than a few steps, whatever the preview is computed with. */
static const char *const quick[][2] = {
    { "solver", "auto" }, { "style", "faithful" }, { "steps", "4" },
    { "time", "auto" },   { "samples", "1" },      { "strength", "1" },
};

/* What a wrong blur leaves over is more than a low noise, and would be amplified
 * until nothing is seen: in tries of a line of 23 pixels on photographs with 0.3 %
 * of noise the best one was told more easily at 1 % than at 0.3, 2 or 4 %. */
static const double least_noise = 0.01;

static gboolean
set(tw_request *request, const char *key, const char *text)
{
    tw_error err = { 0 };

    return !tw_request_param(request, key) ||
           tw_request_set(request, key, text, &err) == TW_OK;
}

static gboolean
set_number(tw_request *request, const char *key, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return set(request, key, g_ascii_dtostr(text, sizeof text, value));
}

static gboolean
is_auto(const tw_request *request, const char *key)
{
    return isnan(tw_request_real(request, key));
}

tw_request *
tw_try_kind_request(const TwTryKind *kind, const tw_request *request,
                    const tw_report *report, const double values[2])
{
    tw_request *copy = tw_request_copy(request);
    gboolean ok = copy != NULL;

    for (gsize i = 0; ok && i < G_N_ELEMENTS(quick); i++)
        ok = set(copy, quick[i][0], quick[i][1]);
    if (ok && is_auto(copy, "shot"))
        ok = set_number(copy, "shot", report->shot);
    if (ok && is_auto(copy, "noise"))
        ok = set_number(copy, "noise", report->noise);
    if (ok && tw_request_real(copy, "noise") < least_noise)
        ok = set_number(copy, "noise", least_noise);
    for (int i = 0; ok && i < tw_try_kind_axes(kind); i++)
        ok = set_number(copy, kind->axes[i].key, values[i]);
    if (ok)
        return copy;
    tw_request_free(copy);
    return NULL;
}

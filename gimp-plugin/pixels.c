/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixels.h"

#include <math.h>
#include <string.h>

/* Is the curve of this space linear light? */
static gboolean
is_linear(const Babl *space)
{
    const Babl *curve = NULL;

    babl_space_get(space, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   &curve, NULL, NULL);
    return curve == babl_trc("linear");
}

/* Of whole numbers in the curve of the space, which R' or Y' stands for. */
static int
levels_of(const Babl *native)
{
    const char *type = babl_get_name(babl_format_get_type(native, 0));

    if (babl_format_get_encoding(native)[1] != '\'')
        return 0;
    return strcmp(type, "u8") == 0 ? 255 : strcmp(type, "u16") == 0 ? 65535 : 0;
}

/* One prime: the curve of the space; tilde: that of sRGB. */
TwFormat
tw_format_of(GimpDrawable *drawable)
{
    static const char *const names[2][4] = {
        { "Y' float", "Y'A float", "R'G'B' float", "R'G'B'A float" },
        { "Y~ float", "Y~A float", "R~G~B~ float", "R~G~B~A float" },
    };
    const Babl *native = gimp_drawable_get_format(drawable);
    const int channels = (gimp_drawable_is_gray(drawable) ? 1 : 3) +
                         gimp_drawable_has_alpha(drawable);
    const gboolean linear = is_linear(babl_format_get_space(native));

    return (TwFormat) {
        .native = native,
        .wide = babl_format_with_space(names[linear][channels - 1], native),
        .channels = channels,
        .levels = linear ? 0 : levels_of(native),
    };
}

void
tw_pixels_expand(const float *in, int channels, gsize count, float *out)
{
    const gboolean gray = channels < 3;
    const gboolean alpha = channels % 2 == 0;

    for (; count--; in += channels, out += 4) {
        out[0] = in[0];
        out[1] = in[gray ? 0 : 1];
        out[2] = in[gray ? 0 : 2];
        out[3] = alpha ? in[channels - 1] : 1;
    }
}

/* Equal values stay what they are: the weights need not add up to 1 exactly. */
static float
luma(const float *rgb)
{
    if (rgb[0] == rgb[1] && rgb[1] == rgb[2])
        return rgb[0];
    return 0.212656F * rgb[0] + 0.715158F * rgb[1] + 0.072186F * rgb[2];
}

void
tw_pixels_pack(const float *in, int channels, gsize count, float *out)
{
    for (; count--; in += 4, out += channels) {
        if (channels < 3)
            out[0] = luma(in);
        for (int c = 0; c < 3 && channels >= 3; c++)
            out[c] = in[c];
        if (channels % 2 == 0)
            out[channels - 1] = in[3];
    }
}

/* ImageMagick's quanta have 16 bits, and are multiplied by this. */
static const double quantum = 1.0 / 65535;

void
tw_pixels_widen(const TwFormat *format, const void *native, gsize count,
                float *wide)
{
    const gsize samples = count * (gsize) format->channels;
    const guint8 *bytes = native;
    const guint16 *words = native;

    switch (format->levels) {
    case 255:
        for (gsize i = 0; i < samples; i++)
            wide[i] = (float) (quantum * (257 * bytes[i]));
        break;
    case 65535:
        for (gsize i = 0; i < samples; i++)
            wide[i] = (float) (quantum * words[i]);
        break;
    default:
        babl_process(babl_fish(format->native, format->wide), native, wide,
                     (glong) count);
    }
}

/* NaN becomes 0. */
static double
unit(float value)
{
    return value > 0 ? fmin((double) value, 1) : 0;
}

void
tw_pixels_narrow(const TwFormat *format, const float *wide, gsize count,
                 void *native)
{
    const gsize samples = count * (gsize) format->channels;
    guint8 *bytes = native;
    guint16 *words = native;

    switch (format->levels) {
    case 255:
        for (gsize i = 0; i < samples; i++)
            bytes[i] = (guint8) rintf((float) unit(wide[i]) * 255);
        break;
    case 65535:
        for (gsize i = 0; i < samples; i++)
            words[i] = (guint16) (unit(wide[i]) * 65535 + 0.5);
        break;
    default:
        babl_process(babl_fish(format->wide, format->native), wide, native,
                     (glong) count);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-weights.h"

#include <math.h>
#include <string.h>

#include "check.h"

static void
append_entry(GString *header, const check_weight *weight, int64_t start)
{
    const tw_shape shape = weight->shape;

    g_string_append_printf(header, "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[",
                           header->len > 1 ? "," : "", weight->name);
    for (int i = 0; i < shape.rank; i++)
        g_string_append_printf(header, "%s%" PRId64, i ? "," : "",
                               shape.dim[i]);
    g_string_append_printf(header,
                           "],\"data_offsets\":[%" PRId64 ",%" PRId64 "]}",
                           4 * start, 4 * (start + tw_shape_size(shape)));
}

GByteArray *
check_weights_file(const check_weight *list, int count, double gain)
{
    GString *header = g_string_new("{");
    GByteArray *file = g_byte_array_new();
    int64_t start = 0;

    for (int i = 0; i < count; i++) {
        append_entry(header, &list[i], start);
        start += tw_shape_size(list[i].shape);
    }
    g_string_append_c(header, '}');

    const guint64 size = GUINT64_TO_LE(header->len);

    g_byte_array_append(file, (const guint8 *) &size, sizeof size);
    g_byte_array_append(file, (const guint8 *) header->str,
                        (guint) header->len);
    for (int i = 0; i < count; i++) {
        const tw_shape shape = list[i].shape;
        tw_tensor *values = check_tensor(shape);
        const double inputs =
            shape.rank < 2 ? 1 : (double) values->size / (double) shape.dim[0];

        check_fill(values, (uint64_t) i + 1);
        for (int64_t k = 0; k < values->size; k++)
            values->data[k] *= (float) (gain / sqrt(inputs));
        g_byte_array_append(file, (const guint8 *) values->data,
                            (guint) (4 * values->size));
        check_free(values);
    }
    g_string_free(header, TRUE);
    return file;
}

tw_weights *
check_weights(const check_weight *list, int count, double gain, tw_error *err)
{
    GByteArray *bytes = check_weights_file(list, count, gain);
    tw_safetensors *file = NULL;
    tw_weights *weights = NULL;

    if (tw_safetensors_parse(bytes->data, bytes->len, "test", &file, err) ==
        TW_OK)
        tw_weights_new(file, &weights, err);
    tw_safetensors_free(file);
    g_byte_array_unref(bytes);
    return weights;
}

int
check_small_network(check_weight list[CHECK_SMALL_NETWORK])
{
    static const check_weight all[] = {
        { "emb1.weight", { 2, { 16, 128, 1, 1 } } },
        { "emb1.bias", { 1, { 16, 1, 1, 1 } } },
        { "emb2.weight", { 2, { 16, 16, 1, 1 } } },
        { "emb2.bias", { 1, { 16, 1, 1, 1 } } },
        { "text.weight", { 2, { 16, 5, 1, 1 } } },
        { "stem.weight", { 4, { 16, 12, 3, 3 } } },
        { "stem.bias", { 1, { 16, 1, 1, 1 } } },
        { "enc.0.0.film.weight", { 2, { 32, 16, 1, 1 } } },
        { "enc.0.0.film.bias", { 1, { 32, 1, 1, 1 } } },
        { "enc.0.0.conv1.weight", { 4, { 16, 16, 3, 3 } } },
        { "enc.0.0.conv2.weight", { 4, { 16, 16, 3, 3 } } },
        { "down.0.weight", { 4, { 32, 16, 2, 2 } } },
        { "enc.1.0.film.weight", { 2, { 64, 16, 1, 1 } } },
        { "enc.1.0.film.bias", { 1, { 64, 1, 1, 1 } } },
        { "enc.1.0.conv1.weight", { 4, { 32, 32, 3, 3 } } },
        { "enc.1.0.conv2.weight", { 4, { 32, 32, 3, 3 } } },
        { "up.0.weight", { 4, { 32, 16, 2, 2 } } },
        { "dec.0.0.film.weight", { 2, { 32, 16, 1, 1 } } },
        { "dec.0.0.film.bias", { 1, { 32, 1, 1, 1 } } },
        { "dec.0.0.conv1.weight", { 4, { 16, 16, 3, 3 } } },
        { "dec.0.0.conv2.weight", { 4, { 16, 16, 3, 3 } } },
        { "head.weight", { 4, { 12, 16, 3, 3 } } },
        { "head.bias", { 1, { 12, 1, 1, 1 } } },
    };

    memcpy(list, all, sizeof all);
    return G_N_ELEMENTS(all);
}

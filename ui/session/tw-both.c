/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-both.h"

/* The likely picture all but alone: the report is that of it. */
#define NEARLY_ALL "99.999"

TwBoth
tw_both_ref(const TwBoth *both)
{
    return (TwBoth) {
        both->faithful ? g_ptr_array_ref(both->faithful) : NULL,
        both->likely ? g_ptr_array_ref(both->likely) : NULL,
    };
}

void
tw_both_clear(TwBoth *both)
{
    g_clear_pointer(&both->faithful, g_ptr_array_unref);
    g_clear_pointer(&both->likely, g_ptr_array_unref);
}

gboolean
tw_both_wanted(const tw_request *request)
{
    return tw_request_detail(request) > 0;
}

/* At detail 0 several samples are averaged into one. */
gboolean
tw_both_serves(const tw_request *request)
{
    return tw_both_wanted(request) || tw_request_real(request, "samples") < 2;
}

tw_status
tw_both_ask(tw_request *request, tw_error *err)
{
    tw_status status = TW_OK;

    if (tw_request_detail(request) < 1)
        return TW_OK;
    status = tw_request_set(request, "style", "auto", err);
    return status == TW_OK ? tw_request_set(request, "detail", NEARLY_ALL, err)
                           : status;
}

static TwPicture *
mix(TwPicture *faithful, TwPicture *likely, double detail)
{
    TwPicture *picture;

    if (detail <= 0 || detail >= 1)
        return tw_picture_ref(detail <= 0 ? faithful : likely);
    picture = tw_picture_new(faithful->image.width, faithful->image.height);
    if (picture)
        tw_mix(&faithful->image, &likely->image, detail, &picture->image);
    return picture;
}

GPtrArray *
tw_both_mix(const TwBoth *both, double detail)
{
    GPtrArray *mixture =
        g_ptr_array_new_with_free_func((GDestroyNotify) tw_picture_unref);

    for (guint i = 0; i < both->likely->len; i++) {
        TwPicture *picture =
            mix(both->faithful->pdata[i], both->likely->pdata[i], detail);

        if (!picture) {
            g_ptr_array_unref(mixture);
            return NULL;
        }
        g_ptr_array_add(mixture, picture);
    }
    return mixture;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen among the tries, and what they say about themselves. */

#include <string.h>

#include "kernel/tw-tries-private.h"

/* Comes to these values, and tells the settings. */
static void
go_to(TwTries *tries, Past where)
{
    tw_tries_stop(tries);
    tries->taken = !tw_tries_is_center(tries, tries->kind, where.values);
    memcpy(tries->center, where.values, sizeof where.values);
    tries->level = where.level;
    tw_tries_lay_out(tries);
    g_object_freeze_notify(tries->settings);
    for (int i = 0; i < tw_try_kind_axes(tries->kind); i++)
        g_object_set(tries->settings, tw_try_kind_key(tries->kind, i),
                     where.values[i], NULL);
    g_object_thaw_notify(tries->settings);
    tw_tries_compute(tries);
    tw_tries_tell(tries);
}

static void
remember(TwTries *tries)
{
    const Past here = { { tries->center[0], tries->center[1] }, tries->level };

    g_array_append_val(tries->past, here);
}

void
tw_tries_take(TwTries *tries, int index)
{
    Past there = { .level = tries->level + 1 };

    g_return_if_fail(index >= 0 && index < tries->count);
    memcpy(there.values, tries->tries[index].values, sizeof there.values);
    remember(tries);
    go_to(tries, there);
}

gboolean
tw_tries_can_go_back(TwTries *tries)
{
    return tries->past->len > 0;
}

void
tw_tries_go_back(TwTries *tries)
{
    Past last;

    if (tries->past->len == 0)
        return;
    last = g_array_index(tries->past, Past, tries->past->len - 1);
    g_array_set_size(tries->past, tries->past->len - 1);
    go_to(tries, last);
}

gboolean
tw_tries_can_start_over(TwTries *tries)
{
    return tries->kind && tries->level > 0;
}

void
tw_tries_start_over(TwTries *tries)
{
    if (!tw_tries_can_start_over(tries))
        return;
    remember(tries);
    go_to(tries, (Past) { { tries->center[0], tries->center[1] }, 0 });
}

/* --- what there is --- */

TwSession *
tw_tries_session(TwTries *tries)
{
    return tries->session;
}

int
tw_tries_places(TwTries *tries)
{
    if (!tries->kind)
        return 0;
    return tw_try_kind_axes(tries->kind) > 1 ? TW_TRIES_MOST : TW_TRIES_COLUMNS;
}

int
tw_tries_count(TwTries *tries)
{
    return tries->count;
}

const TwTry *
tw_tries_get(TwTries *tries, int index)
{
    return &tries->tries[index];
}

gboolean
tw_tries_is_present(TwTries *tries, int index)
{
    return index == tries->count / 2;
}

char *
tw_tries_text(TwTries *tries, int index)
{
    return tw_try_kind_text(tries->kind, tries->tries[index].values);
}

gboolean
tw_tries_are_fine(TwTries *tries)
{
    return tries->kind &&
           tw_try_kind_is_fine(tries->kind, tries->center, tries->level);
}

gboolean
tw_tries_part(TwTries *tries, cairo_rectangle_int_t *part)
{
    *part = tries->part;
    return tries->kind && part->width > 0;
}

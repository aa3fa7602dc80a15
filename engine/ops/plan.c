/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/plan.h"

#include <stdint.h>

/* The largest place that has no offset yet, the earliest of several. */
static tw_place *
largest(tw_place *places)
{
    tw_place *best = NULL;

    for (tw_place *p = places; p; p = p->next)
        if (!p->placed && (!best || p->bytes > best->bytes))
            best = p;
    return best;
}

/* Of the places in @place's way, the one that begins first at @offset or
 * later, or that reaches past @offset. */
static const tw_place *
obstacle(const tw_place *places, const tw_place *place, size_t offset)
{
    const tw_place *first = NULL;

    for (const tw_place *p = places; p; p = p->next)
        if (p->placed && p->from <= place->to && place->from <= p->to &&
            p->offset + p->bytes > offset &&
            (!first || p->offset < first->offset))
            first = p;
    return first;
}

/* The start of the tightest gap that holds @place. */
static size_t
best_gap(const tw_place *places, const tw_place *place)
{
    size_t offset = 0, best = 0, tightest = SIZE_MAX;
    const tw_place *next;

    while ((next = obstacle(places, place, offset))) {
        if (next->offset > offset) {
            const size_t gap = next->offset - offset;

            if (gap >= place->bytes && gap < tightest) {
                tightest = gap;
                best = offset;
            }
        }
        offset = next->offset + next->bytes;
    }
    return tightest < SIZE_MAX ? best : offset;
}

size_t
tw_plan(tw_place *places)
{
    size_t size = 0;
    tw_place *place;

    for (place = places; place; place = place->next)
        place->placed = false;
    while ((place = largest(places))) {
        place->offset = best_gap(places, place);
        place->placed = true;
        if (place->offset + place->bytes > size)
            size = place->offset + place->bytes;
    }
    return size;
}

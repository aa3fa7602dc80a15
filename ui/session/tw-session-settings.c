/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session is told to compute. */

#include <string.h>

#include "core/i18n.h"
#include "session/tw-session-private.h"

/* --- what to compute --- */

static gboolean
same_table(const tw_request *a, const tw_request *b, const tw_param *table,
           const char *const *but)
{
    for (const tw_param *p = table; p->name; p++)
        if (!g_strv_contains(but, p->name) &&
            (tw_request_param(a, p->name) != tw_request_param(b, p->name) ||
             tw_request_has(a, p->name) != tw_request_has(b, p->name) ||
             strcmp(tw_request_text(a, p->name), tw_request_text(b, p->name))))
            return FALSE;
    return TRUE;
}

static gboolean
has_any(const tw_request *request, const tw_param *table)
{
    for (const tw_param *p = table; p->name; p++)
        if (tw_request_has(request, p->name))
            return TRUE;
    return FALSE;
}

/* Another detail may mean another solver, unless one was chosen. */
static gboolean
same_solver(const tw_request *a, const tw_request *b, const char *const *but)
{
    const tw_param *of_a = tw_request_solver(a)->params;
    const tw_param *of_b = tw_request_solver(b)->params;

    if (tw_request_solver(a) == tw_request_solver(b))
        return same_table(a, b, of_a, but);
    return *but && !has_any(a, of_a) && !has_any(b, of_b);
}

/* @but: keys that may differ. */
static gboolean
same_request(const tw_request *a, const tw_request *b, const char *const *but)
{
    if (!a || !b)
        return a == b;
    return tw_request_task(a) == tw_request_task(b) &&
           same_table(a, b, tw_common_params, but) &&
           same_table(a, b, tw_request_task(a)->params, but) &&
           same_solver(a, b, but);
}

void
tw_session_set_request(TwSession *session, const tw_request *request)
{
    static const char *const nothing[] = { NULL };
    static const char *const detail[] = { "detail", "style", NULL };
    gboolean mix;

    if (same_request(session->request, request, nothing))
        return;
    mix = same_request(session->request, request, detail) &&
          tw_session_can_mix(session, request);
    tw_request_free(session->request);
    session->request = request ? tw_request_copy(request) : NULL;
    if (session->request) { /* the session holds pictures of its own */
        tw_request_kernel(session->request, NULL);
        tw_request_mask(session->request, NULL);
    }
    if (mix && session->request) {
        if (session->shown.both.likely)
            tw_session_mix(session);
        return;
    }
    tw_session_invalidate(session);
    if (request && !session->request) {
        tw_session_set_text(&session->error, _("Not enough memory"));
        tw_session_set_state(session, TW_SESSION_FAILED);
    }
}

static void
set_picture(TwSession *s, TwPicture **slot, TwPicture *picture)
{
    if (*slot == picture)
        return;
    tw_picture_set(slot, picture);
    tw_session_invalidate(s);
}

void
tw_session_set_mask(TwSession *session, TwPicture *mask)
{
    set_picture(session, &session->mask, mask);
}

void
tw_session_set_kernel(TwSession *session, TwPicture *kernel)
{
    set_picture(session, &session->kernel, kernel);
}

void
tw_session_set_region(TwSession *session, const cairo_rectangle_int_t *region)
{
    const cairo_rectangle_int_t all = tw_session_whole(session);
    cairo_rectangle_int_t clipped = all;

    if (region && !tw_crop_intersect(region, &all, &clipped))
        clipped = all;
    if (memcmp(&clipped, &session->region, sizeof clipped) == 0)
        return;
    session->region = clipped;
    tw_session_invalidate(session);
}

/* Results that are there stay: they are not what is wrong. */
void
tw_session_set_paused(TwSession *session, gboolean paused)
{
    if (paused == session->paused)
        return;
    session->paused = paused;
    tw_session_touch(session);
    if (session->state != TW_SESSION_APPLYING && !session->shown.results)
        tw_session_invalidate(session);
}

void
tw_session_set_problem(TwSession *session, const char *sentence)
{
    g_free(session->problem);
    session->problem = g_strdup(sentence);
    tw_session_touch(session);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/tw-turn.h"

#include "session/tw-estimate.h"

struct TwTurn {
    gatomicrefcount count;
    GMainContext *context;

    /* the main thread's */
    TwTurnFunc func;
    gpointer user_data;

    /* the thread's until it has ended, then only read */
    TwCompute compute;
    TwTurn *before;
    tw_error why;

    /* everybody's, under the lock */
    GMutex lock;
    GCond end;
    tw_run *run; /* NULL: ended, or there was no memory for it */
    TwFrame frame;
    gboolean posted, ended;
};

TwTurn *
tw_turn_ref(TwTurn *turn)
{
    g_atomic_ref_count_inc(&turn->count);
    return turn;
}

void
tw_turn_unref(TwTurn *turn)
{
    if (!turn || !g_atomic_ref_count_dec(&turn->count))
        return;
    tw_run_free(turn->run);
    tw_turn_unref(turn->before);
    tw_compute_clear(&turn->compute);
    tw_picture_unref(turn->frame.estimate);
    g_main_context_unref(turn->context);
    g_mutex_clear(&turn->lock);
    g_cond_clear(&turn->end);
    g_free(turn);
}

/* --- reports --- */

static gboolean
deliver(gpointer data)
{
    TwTurn *turn = data;
    TwFrame frame;
    gboolean ended;

    g_mutex_lock(&turn->lock);
    frame = turn->frame;
    turn->frame.estimate = NULL;
    turn->frame.phase = NULL;
    turn->posted = FALSE;
    ended = turn->ended;
    g_mutex_unlock(&turn->lock);
    if (turn->func)
        turn->func(turn, &frame, ended, turn->user_data);
    tw_picture_unref(frame.estimate);
    return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
post(TwTurn *turn)
{
    GSource *source;

    if (turn->posted)
        return;
    turn->posted = TRUE;
    source = g_idle_source_new();
    g_source_set_callback(source, deliver, tw_turn_ref(turn),
                          (GDestroyNotify) tw_turn_unref);
    g_source_attach(source, turn->context);
    g_source_unref(source);
}

static bool
report(const tw_progress *progress, void *user_data)
{
    TwTurn *turn = user_data;
    TwCompute *compute = &turn->compute;
    TwFrame frame = {
        .fraction = progress->fraction,
        .seconds_left = progress->seconds_left,
        .step = progress->step,
        .steps = progress->steps,
        .phase = progress->phase,
        .planned = compute->planned,
        .whole_planned = compute->whole_planned,
        .plan = compute->plan,
        .whole_plan = compute->whole_plan,
    };
    TwPicture *before;

    if (frame.steps > 0 && !compute->loop_began)
        compute->loop_began = g_get_monotonic_time();
    if (progress->estimate)
        frame.estimate =
            tw_estimate_picture(compute, progress->estimate, &frame.where);
    g_mutex_lock(&turn->lock);
    before = turn->frame.estimate;
    if (!frame.estimate) {
        frame.estimate = before;
        frame.where = turn->frame.where;
        before = NULL;
    }
    turn->frame = frame;
    post(turn);
    g_mutex_unlock(&turn->lock);
    tw_picture_unref(before);
    return true;
}

/* --- the thread --- */

static void
end(TwTurn *turn)
{
    tw_run *run;

    g_mutex_lock(&turn->lock);
    run = turn->run;
    turn->run = NULL;
    g_mutex_unlock(&turn->lock);
    tw_run_free(run);
    g_mutex_lock(&turn->lock);
    turn->ended = TRUE;
    post(turn);
    g_cond_broadcast(&turn->end);
    g_mutex_unlock(&turn->lock);
}

static gpointer
work(gpointer data)
{
    TwTurn *turn = data;

    if (turn->before)
        (void) tw_turn_ended(turn->before, G_MAXINT64);
    g_clear_pointer(&turn->before, tw_turn_unref);
    turn->why.status = tw_compute(&turn->compute, turn->run);
    if (turn->why.status != TW_OK) {
        const tw_status status = turn->why.status;

        turn->why = *tw_run_error(turn->run);
        turn->why.status = status;
    }
    end(turn);
    tw_turn_unref(turn);
    return NULL;
}

TwTurn *
tw_turn_start(TwCompute *compute, gboolean given, TwTurn *before,
              TwTurnFunc func, gpointer user_data)
{
    TwTurn *turn = g_new0(TwTurn, 1);
    GThread *thread = NULL;

    g_atomic_ref_count_init(&turn->count);
    turn->context = g_main_context_ref_thread_default();
    turn->func = func;
    turn->user_data = user_data;
    turn->compute = *compute;
    turn->before = before ? tw_turn_ref(before) : NULL;
    turn->why.status = TW_ERR_MEMORY;
    g_mutex_init(&turn->lock);
    g_cond_init(&turn->end);
    if (given) {
        tw_run_config config = tw_compute_config(&turn->compute);

        config.report = report;
        config.user_data = turn;
        turn->run = tw_run_new(&config);
    }
    if (turn->run)
        thread = g_thread_try_new("tweedie", work, tw_turn_ref(turn), NULL);
    if (thread) {
        g_thread_unref(thread);
        return turn;
    }
    if (turn->run)
        tw_turn_unref(turn); /* the reference of the thread */
    end(turn);
    return turn;
}

/* --- the main thread --- */

void
tw_turn_stop(TwTurn *turn)
{
    g_mutex_lock(&turn->lock);
    if (turn->run)
        tw_run_stop(turn->run);
    g_mutex_unlock(&turn->lock);
}

void
tw_turn_cancel(TwTurn *turn)
{
    g_mutex_lock(&turn->lock);
    if (turn->run)
        tw_run_cancel(turn->run);
    g_mutex_unlock(&turn->lock);
}

void
tw_turn_listen(TwTurn *turn, TwTurnFunc func, gpointer user_data)
{
    turn->func = func;
    turn->user_data = user_data;
}

gboolean
tw_turn_ended(TwTurn *turn, gint64 deadline)
{
    gboolean ended;

    g_mutex_lock(&turn->lock);
    while (!turn->ended && g_get_monotonic_time() < deadline)
        (void) g_cond_wait_until(&turn->end, &turn->lock, deadline);
    ended = turn->ended;
    g_mutex_unlock(&turn->lock);
    return ended;
}

TwCompute *
tw_turn_outcome(TwTurn *turn, tw_error *why)
{
    *why = turn->why;
    return &turn->compute;
}

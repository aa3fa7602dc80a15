/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stopped from another thread, while the run waits in its first step. */

#include "check-picture.h"

enum { SIDE = 24 }; /* of the picture */

typedef struct meeting {
    GMutex lock;
    GCond changed;
    gboolean started, stopped;
} meeting;

/* The first estimate waits for the other thread. */
static bool
meet(const tw_progress *progress, void *user_data)
{
    meeting *m = user_data;

    if (!progress->estimate)
        return true;
    g_mutex_lock(&m->lock);
    m->started = TRUE;
    g_cond_signal(&m->changed);
    while (!m->stopped)
        g_cond_wait(&m->changed, &m->lock);
    g_mutex_unlock(&m->lock);
    return true;
}

typedef struct worker {
    tw_run *run;
    tw_report report;
} worker;

static void *
work(void *data)
{
    worker *w = data;
    tw_request *request = check_request("deblur noise=0.01 steps=50");
    tw_image in = check_photo("quail", 0, 0, SIDE, SIDE);

    check_ok(tw_restore(request, check_store(), &in, &in, &w->report, w->run),
             w->run);
    tw_request_free(request);
    check_picture_free(&in);
    return NULL;
}

static void
other_thread(void)
{
    meeting m = { .started = FALSE };
    worker w = { .run = NULL };

    g_mutex_init(&m.lock);
    g_cond_init(&m.changed);
    check_store();
    w.run = tw_run_new(&(tw_run_config) { .report = meet, .user_data = &m });
    GThread *thread = g_thread_new("restore", work, &w);

    g_mutex_lock(&m.lock);
    while (!m.started)
        g_cond_wait(&m.changed, &m.lock);
    tw_run_stop(w.run);
    m.stopped = TRUE;
    g_cond_signal(&m.changed);
    g_mutex_unlock(&m.lock);
    g_thread_join(thread);
    g_assert_true(w.report.stopped);
    g_assert_cmpint(w.report.steps, ==, 1);
    tw_run_free(w.run);
    g_mutex_clear(&m.lock);
    g_cond_clear(&m.changed);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stop/other-thread", other_thread);
    return g_test_run();
}

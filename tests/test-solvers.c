/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every solver of the table, whatever it computes. */

#include <math.h>
#include <string.h>

#include "check.h"
#include "dense.h"
#include "priors/gaussian.h"
#include "solvers/solver.h"

enum { N = DENSE_UNKNOWNS, M = DENSE_MEASURED, STEPS = 5 };

/* A prior that does something at one evaluation: 1, 2, ... */
typedef struct interrupting {
    tw_prior base;
    tw_prior *inner;
    int at;
    gboolean spoils; /* writes NaN; else cancels the run */
} interrupting;

static tw_status
interrupting_denoise(const tw_prior *prior, const tw_tensor *x, double sigma,
                     tw_tensor *x0, tw_tape *tape, tw_run *run)
{
    const interrupting *self = (const interrupting *) prior;

    TW_TRY(self->inner->klass->denoise(self->inner, x, sigma, x0, tape, run));
    if (tw_run_evaluations(run) == self->at) {
        if (self->spoils)
            x0->data[x0->size - 1] = NAN;
        else
            tw_run_cancel(run);
    }
    return TW_OK;
}

static const tw_prior_class interrupting_class = {
    .name = "interrupting",
    .denoise = interrupting_denoise,
};

typedef struct fixture {
    tw_prior *prior;
    interrupting interrupting;
    tw_operator *op;
    tw_tensor *y, *x, *other;
    double sigma[STEPS + 1];
    tw_data data;
    tw_problem problem;
} fixture;

/* A batch above TW_SERIAL, so that loops are shared. */
static void
set_up(fixture *f, const void *data)
{
    const int64_t count = 6000;

    (void) data;
    f->prior = tw_prior_gaussian(N, dense_mean, dense_covariance);
    g_assert_nonnull(f->prior);
    f->interrupting = (interrupting) { .base = *f->prior, .inner = f->prior };
    f->interrupting.base.klass = &interrupting_class;
    f->op = dense_operator(M, N, dense_matrix);
    f->x = check_tensor(tw_shape4(count, 1, 1, N));
    f->other = check_tensor(f->x->shape);
    f->y = check_tensor(tw_shape4(count, 1, 1, M));
    check_fill(f->y, 3);
    tw_schedule_karras(f->sigma, STEPS, .01, 80);
    f->data = tw_data_gaussian(f->op, f->y, .1);
    f->problem = (tw_problem) {
        .prior = f->prior, .data = &f->data, .sigma = f->sigma, .steps = STEPS
    };
}

static void
tear_down(fixture *f, const void *data)
{
    (void) data;
    tw_prior_free(f->prior);
    tw_operator_free(f->op);
    check_free(f->x);
    check_free(f->other);
    check_free(f->y);
}

/* The table's promises to dialogs, and to a plan made from it. */
static void
test_table(fixture *f, const void *data)
{
    (void) data;
    for (int i = 0; tw_solvers[i]; i++) {
        const tw_solver *s = tw_solvers[i];
        int k = 0;

        g_assert_true(tw_solver_find(s->name) == s);
        g_assert_true(s->title && s->paper && s->solve);
        g_assert_cmpfloat(s->low, >, 0);
        g_assert_cmpfloat(s->low, <, s->high);
        while (tw_schedules[k].name &&
               strcmp(tw_schedules[k].name, s->schedule) != 0)
            k++;
        g_assert_nonnull(tw_schedules[k].name);
        for (k = 0; s->params[k].name; k++) {
            g_assert_true(s->params[k].title && s->params[k].blurb);
            if (isnan(s->params[k].initial)) {
                g_assert_true(s->params[k].flags & TW_PARAM_AUTO);
                continue;
            }
            g_assert_cmpfloat(s->params[k].min, <=, s->params[k].initial);
            g_assert_cmpfloat(s->params[k].initial, <=, s->params[k].max);
        }

        tw_run *run = check_run(1, 1);

        check_ok(tw_solve(s, &f->problem, NULL, f->x, run), run);
        /* Heun's steps have two evaluations, but the last. */
        g_assert_cmpint(tw_run_evaluations(run), ==,
                        strcmp(s->name, "edm-heun") ? STEPS : 2 * STEPS - 1);
        tw_run_free(run);
    }
    g_assert_null(tw_solver_find("none"));
}

/* Stopping at any evaluation stops there, and is not called a failure. */
static void
test_cancel(fixture *f, const void *data)
{
    (void) data;
    f->problem.prior = &f->interrupting.base;
    for (int i = 0; tw_solvers[i]; i++)
        for (int at = 1; at <= STEPS; at++) {
            tw_run *run = check_run(1, 1);

            f->interrupting.at = at;
            g_assert_cmpint(
                tw_solve(tw_solvers[i], &f->problem, NULL, f->x, run), ==,
                TW_CANCELLED);
            g_assert_cmpint(tw_run_evaluations(run), ==, at);
            g_assert_cmpstr(tw_run_error(run)->text, ==, "");
            tw_run_free(run);
        }
}

/* NaN from a network ends the run, with a sentence. */
static void
test_diverged(fixture *f, const void *data)
{
    (void) data;
    f->problem.prior = &f->interrupting.base;
    f->interrupting.spoils = TRUE;
    f->interrupting.at = 2;
    for (int i = 0; tw_solvers[i]; i++) {
        tw_run *run = check_run(1, 1);

        g_assert_cmpint(tw_solve(tw_solvers[i], &f->problem, NULL, f->x, run),
                        ==, TW_ERR_DIVERGED);
        g_assert_cmpint(tw_run_evaluations(run), ==, 2);
        g_assert_cmpstr(tw_run_error(run)->text, !=, "");
        tw_run_free(run);
    }
}

/* Not enough for the first tensor: each solver asks whether it got its own. */
static void
test_one_byte(fixture *f, const void *data)
{
    const tw_run_config config = { .threads = 1, .memory_limit = 1 };

    (void) data;
    for (int i = 0; tw_solvers[i]; i++) {
        tw_run *run = tw_run_new(&config);

        g_assert_cmpint(tw_solve(tw_solvers[i], &f->problem, NULL, f->x, run),
                        ==, TW_ERR_MEMORY);
        g_assert_cmpstr(tw_run_error(run)->text, !=, "");
        tw_run_free(run);
    }
}

static void
solve_into(const fixture *f, const tw_solver *solver, uint64_t seed,
           int threads, tw_tensor *x)
{
    tw_run *run = check_run(seed, threads);

    check_ok(tw_solve(solver, &f->problem, NULL, x, run), run);
    tw_run_free(run);
}

/* The seed decides, the number of threads does not. */
static void
test_repeats(fixture *f, const void *data)
{
    static const int threads[] = { 1, 2, 3, 8 };
    const size_t bytes = sizeof(float) * (size_t) f->x->size;

    (void) data;
    for (int i = 0; tw_solvers[i]; i++) {
        const tw_solver *s = tw_solvers[i];

        solve_into(f, s, 7, 1, f->x);
        for (size_t k = 0; k < G_N_ELEMENTS(threads); k++) {
            solve_into(f, s, 7, threads[k], f->other);
            g_assert_cmpmem(f->x->data, bytes, f->other->data, bytes);
        }
        solve_into(f, s, 8, 1, f->other);
        if (s->needs & TW_STARTS_CLEAN) /* draws nothing */
            g_assert_cmpmem(f->x->data, bytes, f->other->data, bytes);
        else
            g_assert_cmpint(memcmp(f->x->data, f->other->data, bytes), !=, 0);
    }
}

/* A run that only sizes tells memory, to the byte, and evaluations. */
static void
test_memory(fixture *f, const void *data)
{
    tw_tensor x = check_sized(f->x->shape), y = check_sized(f->y->shape);
    tw_problem problem = f->problem;

    (void) data;
    const tw_data term = tw_data_gaussian(f->op, &y, .1);

    problem.data = &term;
    problem.start = problem.start ? &x : NULL;
    for (int i = 0; tw_solvers[i]; i++) {
        const tw_solver *s = tw_solvers[i];
        tw_run *run = check_run(1, 1), *sizes = tw_run_new_sizing(1);

        check_ok(tw_solve(s, &problem, NULL, &x, sizes), sizes);
        check_ok(tw_solve(s, &f->problem, NULL, f->x, run), run);
        g_test_message("%s: %zu of %zu bytes", s->name, tw_run_peak(run),
                       tw_run_peak(sizes));
        g_assert_cmpuint(tw_run_peak(run), ==, tw_run_peak(sizes));
        g_assert_cmpint(tw_run_evaluations(run), ==, tw_run_evaluations(sizes));
        tw_run_free(run);
        tw_run_free(sizes);
    }
}

/* An operator without what some solvers need: they say so, at once. */
static void
test_needs(fixture *f, const void *data)
{
    tw_operator_class plain = *f->op->klass;
    const tw_operator_class *whole = f->op->klass;

    (void) data;
    plain.name = "plain";
    for (int linear = 0; linear < 2; linear++)
        for (int i = 0; tw_solvers[i]; i++) {
            const tw_solver *s = tw_solvers[i];
            tw_run *run = check_run(1, 1);

            plain.flags = linear ? TW_OPERATOR_LINEAR : TW_OPERATOR_SPECTRAL;
            f->op->klass = &plain;
            const tw_status status = tw_solve(s, &f->problem, NULL, f->x, run);

            f->op->klass = whole;
            if (s->needs & (linear ? TW_NEEDS_SPECTRAL : TW_NEEDS_LINEAR)) {
                g_assert_cmpint(status, ==, TW_ERR_UNSUPPORTED);
                g_assert_cmpint(tw_run_evaluations(run), ==, 0);
                g_assert_nonnull(strstr(tw_run_error(run)->text, s->name));
                g_assert_nonnull(strstr(tw_run_error(run)->text, "plain"));
            } else {
                check_ok(status, run);
            }
            tw_run_free(run);
        }
}

typedef struct job {
    const tw_solver *solver;
    tw_problem problem;
    tw_tensor *x;
} job;

/* One run, with all that can be made anew. */
static tw_status
whole_run(void *data)
{
    job *j = data;
    const tw_run_config config = { .threads = 1 };
    tw_run *run = tw_run_new(&config);
    tw_prior *prior = tw_prior_gaussian(N, dense_mean, dense_covariance);
    tw_status status = TW_ERR_MEMORY;

    j->problem.prior = prior;
    if (run && prior)
        status = tw_solve(j->solver, &j->problem, NULL, j->x, run);
    tw_prior_free(prior);
    tw_run_free(run);
    return status;
}

static void
test_allocations(fixture *f, const void *data)
{
    tw_tensor *y = check_tensor(tw_shape4(1, 1, 1, M));
    job j = { NULL, f->problem, check_tensor(tw_shape4(1, 1, 1, N)) };

    (void) data;
    const tw_data term = tw_data_gaussian(f->op, y, .1);

    j.problem.data = &term;
    for (int i = 0; tw_solvers[i]; i++) {
        j.solver = tw_solvers[i];
        check_every_allocation(j.solver->name, whole_run, &j);
    }
    check_free(j.x);
    check_free(y);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(fixture *f, const void *data);
    } tests[] = {
        { "/solvers/table", test_table },
        { "/solvers/cancel", test_cancel },
        { "/solvers/diverged", test_diverged },
        { "/solvers/one-byte", test_one_byte },
        { "/solvers/repeats", test_repeats },
        { "/solvers/memory", test_memory },
        { "/solvers/needs", test_needs },
        { "/solvers/allocations", test_allocations },
    };

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, fixture, NULL, set_up, tests[i].test,
                   tear_down);
    return g_test_run();
}

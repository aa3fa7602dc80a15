/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/tape.h"

#include <assert.h>

#include "core/i18n.h"
#include "core/run-private.h"
#include "core/sizing.h"

typedef struct tw_part tw_part;

struct tw_part {
    tw_part *before;
    tw_pull_func pull;
    const void *saved;
    tw_shape in, out;
};

struct tw_tape {
    tw_run *run;
    tw_stack stack; /* parts, and what they saved */
    tw_part *last;
};

tw_tape *
tw_tape_new(tw_run *run)
{
    tw_tape *tape = tw_scratch_bytes(run, sizeof *tape);

    if (tape) {
        *tape = (tw_tape) { .run = run };
        tw_memory_attach(&run->scratch, &tape->stack);
    }
    return tape;
}

void
tw_tape_rewind(tw_tape *tape)
{
    tw_memory_release(&tape->run->memory, &tape->stack, 0);
    tape->last = NULL;
}

void *
tw_tape_bytes(tw_tape *tape, size_t bytes)
{
    return tw_run_take(tape->run, &tape->stack, bytes);
}

tw_status
tw_tape_record(tw_tape *tape, tw_pull_func pull, const void *saved, tw_shape in,
               tw_shape out)
{
    tw_part *part = tw_tape_bytes(tape, sizeof *part);

    assert(!tape->last || tw_shape_equal(tape->last->out, in));
    if (!part)
        return tw_run_check(tape->run);
    *part = (tw_part) { tape->last, pull, saved, in, out };
    tape->last = part;
    return TW_OK;
}

/* An empty tape is the identity. */
static tw_status
pull_all(const tw_part *last, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    if (!last)
        tw_copy(g, v);
    for (const tw_part *part = last; part; part = part->before) {
        tw_tensor *to = g;

        if (part->before) {
            to = tw_scratch_shape(run, part->in);
            TW_TRY(tw_run_check(run));
        }
        TW_TRY(part->pull(part->saved, v, to, run));
        v = to;
    }
    return TW_OK;
}

static tw_status
check_ends(const tw_tape *tape, const tw_tensor *v, const tw_tensor *g,
           tw_run *run)
{
    const tw_part *first = tape->last;

    while (first && first->before)
        first = first->before;
    if (first ? tw_shape_equal(v->shape, tape->last->out) &&
                    tw_shape_equal(g->shape, first->in)
              : tw_shape_equal(v->shape, g->shape))
        return TW_OK;
    return tw_fail(tw_run_error(run), TW_ERR_ARGUMENT,
                   _("A solver pulls a picture of another size than it "
                     "recorded, which is an error in the program"));
}

tw_status
tw_pull(const tw_tape *tape, const tw_tensor *v, tw_tensor *g, tw_run *run)
{
    const size_t mark = tw_run_mark(run);

    if (tw_run_only_counts(run))
        return TW_OK;
    tw_status status = tw_run_poll(run);

    if (status == TW_OK)
        status = check_ends(tape, v, g, run);
    if (status == TW_OK)
        status = pull_all(tape->last, v, g, run);
    tw_run_release(run, mark);
    return status;
}

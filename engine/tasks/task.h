/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one call that both front-ends make: a picture and a few plain settings
 * become a problem (prior, operator, measurement, schedule), a solver solves
 * it, and the result is put back: padding and tiling, alpha, the untouched part
 * outside a mask, the certificate.
 */

#ifndef TW_TASK_H
#define TW_TASK_H

#include "core/image.h"
#include "core/run.h"
#include "priors/store.h"
#include "tasks/request.h"
#include "tasks/verdict.h"

/* log2 of the share of fine detail that the model takes away, of fine detail over
 * coarser, and of the latter. */
enum {
    TW_REPORT_SHARE,
    TW_REPORT_DETAIL,
    TW_REPORT_CONTRAST,
    TW_REPORT_FIGURES
};

enum { TW_FOUND_SIDE = 65 };

/* A blur that was found in the picture, for kernel=auto. */
typedef struct tw_found {
    const char
        *kind; /* "none", "gaussian", "disc", "motion"; NULL: the blur was
                         given, or there is none to find */
    double size,
        angle;   /* as sigma=, radius=, length= and angle= of that kind */
    double sure; /* 0…1: that it is of this kind. Below 0.5 it may be another */
    float kernel[TW_FOUND_SIDE * TW_FOUND_SIDE]; /* its sum is 1 */
} tw_found;

/* What a run says about its result. All in units that mean something to the
 * user; NAN where a task has none. */
typedef struct tw_report {
    double consistency; /* rms of (A(result) - input) / noise: 1 is what noise
                           alone gives */
    double worst;       /* the same in the worst tile of 64 x 64 pixels of y */
    double limit;       /* above it the result does not fit the input: warn */
    tw_fit fit;         /* does it fit what was measured? of the worst result */
    tw_look look;       /* does it look like a photograph? */
    double misfit; /* how sure it is that noise or blur were others than set:
                           1 is the limit; NAN: not known */
    double detail; /* fine detail of the result: 0 is what photographs have,
                           below -1 is smooth, above 1 odd; NAN: not known */
    double found;  /* the noise that the picture itself shows */
    double figures[TW_REPORT_FIGURES]; /* of the look, for a model's card */
    double cells; /* the share 0…1 of the JPEG's coefficients that are in their
                           cells; NAN: there is no JPEG */
    double noise; /* used, as a fraction of the full range */
    double shot;  /* used; 0: plain */
    double seconds;
    int evaluations, tile; /* tile: side, 0 if not tiled */
    int checks;            /* evaluations beside those, for the look */
    int steps;    /* of each sample; if stopped, done of the last one */
    int results;  /* pictures written, the first of @out */
    bool stopped; /* before all steps of all samples were done */
    size_t peak_bytes;
    tw_found blur;
    const char *solver, *model; /* names; valid as long as the store */
    char unknown_words[200];    /* of the prompt; "" if none */
    char warning[400];          /* translated, one sentence; "" if none */
} tw_report;

/* Known before the start. */
typedef struct tw_plan {
    int width, height; /* of the result */
    int results;       /* how many pictures: 1, or samples= with detail */
    int steps, evaluations;
    int checks; /* evaluations beside those, for the look */
    int tile;   /* side, 0: not tiled */
    size_t
        bytes; /* at most: of run memory, of the model's packed weights, of what
                     the operator holds, and of the host's pictures: the input,
                     results of their own, mask and kernel */
    size_t explain_bytes; /* the same of tw_explain() with both its pictures */
    double
        work; /* multiply-adds of all evaluations and checks; what filling large
                     holes takes, as if it were such; with those per second of
                     an earlier run it tells how long this one takes */

    /* The part of the result that the estimates of progress show. */
    int left, top, shown_width, shown_height;
} tw_plan;

struct tw_task {
    const char *name;  /* "deblur" */
    const char *title; /* N_("_Deblur") */
    const char *blurb;
    const tw_param *params; /* ends with an entry whose name is NULL */
};

extern const tw_task *const tw_tasks[]; /* ends with NULL */
const tw_task *tw_task_find(const char *name);

/* Checks the request against a picture of this size and plans it within the
 * memory limit (memory= of the request, or else @memory_limit; 0: none).
 * Fails with TW_ERR_ARGUMENT (missing mask, sizes that differ, ...),
 * TW_ERR_MEMORY (does not fit, even in tiles: says how much is needed),
 * TW_ERR_FILE (no such model). Where it does not fit, the plan has the size and
 * number of the results, and as bytes what would be enough; else bytes is 0. */
tw_status tw_plan_request(const tw_request *request, tw_store *store, int width,
                          int height, size_t memory_limit, tw_plan *plan,
                          tw_error *err);

/* Restores @in into plan.results pictures @out of the planned size; a result
 * may share the memory of @in where the size is the same. On any failure every
 * @out is as it was. Blocks until done; progress, cancelling and the reason for
 * a failure: see core/run.h. @report may be NULL.
 * Pixels outside a mask, and alpha, come back bit-identical.
 *
 * tw_run_stop(): the result is what the step shows in which the run is; before
 * there is any, the first. Of several results, those done before are there too
 * and later ones, report->results and on, stay as they were. Of a mean of
 * samples, the unfinished one counts by the share of its steps. */
tw_status tw_restore(const tw_request *request, tw_store *store,
                     const tw_image *in, tw_image *out, tw_report *report,
                     tw_run *run);

/* The same, for who wants other mixtures of the same run without computing
 * again: if the detail of @request (tw_request_detail()) is between 0 and 1,
 * the faithful results go to @faithful and the likely pictures to @out, both
 * arrays of plan.results; tw_mix() makes of them what tw_restore() would give
 * with any other detail=, byte for byte. At detail 0 only @faithful[0] is
 * written, at 1 only @out; what is not needed is not computed. The report is
 * that of the mixture asked for. Stopped before the likely picture is begun,
 * both are the faithful one. */
tw_status tw_restore_both(const tw_request *request, tw_store *store,
                          const tw_image *in, tw_image *faithful, tw_image *out,
                          tw_report *report, tw_run *run);

/* @out = @faithful + @detail (@likely - @faithful), @detail in 0…1: the straight
 * line from the mean of all pictures that fit to one of them, which trades
 * error for likeness to photographs (Freirich et al. 2021, arXiv:2107.02555). What both have in common (alpha, pixels
 * outside of a mask) stays bit for bit, and a linear measurement that both fit
 * the mixture fits, too. All of one size; @out may be either of the two. */
void tw_mix(const tw_image *faithful, const tw_image *likely, double detail,
            tw_image *out);

#endif

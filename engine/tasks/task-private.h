/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tasks are made of: a task describes its problem, everything else is
 * common to all.
 */

#ifndef TW_TASK_PRIVATE_H
#define TW_TASK_PRIVATE_H

#include "noise/noise.h"
#include "operators/operators.h"
#include "tasks/keys.h"
#include "tasks/task.h"

typedef struct tw_job tw_job;

/* What a task changes of one solver's own values; 0 and NULL: nothing. */
typedef struct tw_tuning {
    const char *solver; /* its name; NULL ends a table */
    int steps;
    double high, low; /* levels */
    const char *key;  /* of a parameter */
    double value;     /* its value, unless the user sets one */
} tw_tuning;

typedef struct tw_task_class {
    tw_task base;                    /* first: tw_tasks[] points to it */
    const char *faithful, *textured; /* names of solvers */
    double detail, worded; /* detail=auto, 0…1: without and with a prompt */
    bool exact; /* noise=auto: the data are taken as exact, but for rounding */
    bool compressed; /* does nothing without a JPEG */
    bool mixes;      /* light adds up in the degradation: light= counts */
    int coarse; /* a JPEG file with smaller steps of luma's lowest frequency is
                   taken as its pixels are */
    int lights; /* see tw_data_clip() */
    bool holes; /* pixels that are not known are for the operator to leave out;
                   else they are filled before */

    /* Sets what does not depend on pixels: box, x, y, top, left and the size of
     * the result. Checks the task's keys. */
    tw_status (*lay_out)(tw_job *job, tw_error *err);

    /* The blur kernel of a request, freed by tw_psf_clear(); NULL: the task has
     * none. */
    tw_status (*psf)(const tw_request *request, tw_psf *psf, tw_error *err);

    /* is_open(): does the request leave open what the kernel is? find() then finds
     * it in y, and the share @done of the whole is then done; it is job->psf then. recall(): takes what was found before. NULL, all
     * three: it never does. */
    bool (*is_open)(const tw_request *request);
    tw_status (*find)(tw_job *job, const tw_tensor *y, double done,
                      tw_found *found, tw_run *run);
    void (*recall)(tw_job *job, const tw_found *found);

    /* A new operator. @known: a byte per pixel of the box, 0: not known; NULL:
     * a sketch, for a run that only sizes. NULL on return: out of memory. */
    tw_operator *(*make)(const tw_job *job, const unsigned char *known);

    /* Changes steps, levels and parameters of the solver where the solver's own
     * do not suit the task, by tw_job_apply() where constants do; noise and hole
     * are known. */
    void (*tune)(tw_job *job);

    /* x = a picture like y, to start from. */
    tw_status (*guess)(const tw_job *job, const tw_tensor *y, tw_tensor *x,
                       tw_run *run);

    /* Fills the holes of @x, which holds y and a smooth guess, with what @in has
     * elsewhere; *@done: false if it does not have enough. Called if job->self;
     * NULL where that never is. */
    tw_status (*complete)(const tw_job *job, const tw_image *in, tw_tensor *x,
                          bool *done, tw_run *run);

    /* What the data fix of the result @x, see explain.h; NULL: by the operator.
     * @variance: of the noise, in units of y. */
    tw_status (*measured)(const tw_tensor *x, double variance, tw_tensor *kept,
                          tw_run *run);

    /* Makes the result fit the data exactly, as far as 0…1 allows; NULL: not
     * done. */
    tw_status (*fit)(const tw_job *job, const tw_tensor *y, tw_tensor *x,
                     tw_run *run);
} tw_task_class;

/* A part of a picture. */
typedef struct tw_box {
    int top, left, height, width;
} tw_box;

/* One request for a picture of known size, from plan to result. */
struct tw_job {
    const tw_request *request;
    const tw_task_class *task;
    const tw_card *card;
    double detail;           /* see tw_request_detail() */
    bool textured, averages; /* averages: the mean of samples= results */
    bool mixes;              /* with the faithful result */
    bool faithful_turn;      /* the solver is that of the faithful result */
    int runs;                /* of the sampling solver */

    int width, height;         /* of the picture */
    tw_box box;                /* the part of it that y shows */
    tw_shape y, x;             /* x: the state, which may have margins */
    int64_t top, left;         /* of the result in x */
    tw_box result;             /* where it goes in the result */
    bool self;                 /* holes are first filled from the picture */
    tw_box holes, around;      /* all holes; where to look for what fits them */
    int out_width, out_height; /* of the result */

    tw_psf psf;                     /* deblur */
    tw_prior *model;                /* with the prompt */
    tw_prior *tiled;                /* NULL: not tiled */
    const tw_prior *prior;          /* of the two, the one to use */
    tw_prior *wide;                 /* of that, if reach is above 1, or NULL */
    double reach;                   /* of the known values of y, at least 1 */
    tw_operator *op;                /* what the solver gets */
    const tw_operator *degradation; /* the same without weights of noise */

    bool has_file;             /* that may be the picture's JPEG */
    bool has_jpeg;             /* before pixels are seen: that may be there */
    tw_jpeg_sampling sampling; /* that is planned for */
    tw_jpeg *jpeg;             /* found, until op has it */
    const tw_jpeg *compressed; /* that of op, or NULL */
    double jpeg_noise; /* what its rounding took, fraction of the full range */

    const unsigned char *known; /* set while running: a byte per pixel of y's
                                   box; see make() */
    tw_noise found;             /* by measuring, if that was asked for */
    double noise, shot;         /* fractions of the full range */
    double y_noise;    /* standard deviation of what the solver gets as y */
    double most_noise; /* of any value of y */
    int hole; /* pixels from the middle of the largest hole to its rim */
    tw_solver solver; /* a copy, with the needs that the task gives it */
    int steps;        /* and levels */
    double high, low;
    double par[TW_KEYS_MAX];

    tw_plan plan;
    int threads; /* that the plan is for, at most */
    char unknown_words[200];
};

/* Geometry alone: what y, x and the result are. Close it also after a failure. */
tw_status tw_job_lay_out(tw_job *job, const tw_request *request, int width,
                         int height, tw_error *err);

/* Geometry, model, operator, solver and plan. @memory_limit: of run memory, 0:
 * none; memory= may lower it. Close it also after a failure. */
tw_status tw_job_open(tw_job *job, const tw_request *request, tw_store *store,
                      int width, int height, size_t memory_limit,
                      tw_error *err);
void tw_job_close(tw_job *job);

/* Fails: the system gives no memory. */
tw_status tw_job_no_memory(tw_error *err);

/* A prior that goes as far as reach. */
tw_status tw_job_widen(tw_job *job, tw_error *err);

/* What reach is as brightness: 1 for white. */
double tw_job_white(const tw_job *job);

/* A new operator, with weights of y's values or NULL; see make(). As long as
 * scratch memory taken now it counts as such. */
tw_status tw_job_make(tw_job *job, const tw_tensor *weights, tw_run *run);

/* noise and shot of the job: those given, or measured in @y where they are NAN. */
tw_status tw_job_measure_noise(tw_job *job, double noise, double shot,
                               const tw_tensor *y, tw_run *run);

/* Of noise that was measured, @variance comes in addition or, if negative, is
 * something else's. */
void tw_job_change_noise(tw_job *job, double variance);

/* Was noise given, or found, that is more than rounding? */
bool tw_job_is_noisy(const tw_job *job);
void tw_job_set_noise(tw_job *job, double y_noise, double most);

/* Solver, parameters, steps and levels; again when noise and hole are known. */
void tw_job_tune(tw_job *job);

/* Takes the row of the job's solver; without one its own values stay. */
void tw_job_apply(tw_job *job, const tw_tuning *rows);

/* The same for the solver of the faithful result that is mixed in, or back. */
void tw_job_turn(tw_job *job, bool faithful);

/* Fills sigma[0…@steps]. */
void tw_job_levels(const tw_job *job, int steps, double *sigma);

/* Chooses tiles and predicts memory, evaluations and work: job->plan. All by
 * running the job in a run that only sizes, once for each choice. */
tw_status tw_job_plan(tw_job *job, size_t memory_limit, tw_error *err);

/* TW_ERR_MEMORY: @bytes are needed (SIZE_MAX: no memory is enough), @limit are
 * allowed. */
tw_status tw_plan_refuse(size_t bytes, size_t limit, tw_error *err);

/* The limit of @run and of memory=; without one all but SIZE_MAX. */
size_t tw_job_limit(const tw_job *job, size_t memory_limit);

/* tw_explain() in a run that only sizes. */
tw_status tw_explain_size(tw_job *job, tw_run *run);

/* Bytes of the pictures that a host holds while the job runs: the input, @results
 * of its result, mask and kernel. Hosts that share some hold less. */
size_t tw_job_pictures(const tw_job *job, int results);

/* Fewer threads for @run if the memory of all does not fit into its limit. */
tw_status tw_job_fit_threads(const tw_job *job, tw_run *run);
int tw_tile_overlap(int tile);

/* What the task takes where the request leaves the choice to it: the share of a
 * likely picture, and the solver. */
double tw_task_detail(const tw_request *request);
const tw_solver *tw_task_solver(const tw_request *request);

/* What the request holds; NULL: not given. */
const tw_image *tw_request_get_kernel(const tw_request *request);
const tw_image *tw_request_get_mask(const tw_request *request);
const char *tw_request_get_file(const tw_request *request);

/* The part of the mask, which must be there, that has white pixels. It is looked
 * for when it is first asked for. Fails as tw_image_check(). */
tw_status tw_request_mask_box(const tw_request *request, tw_box *box,
                              tw_error *err);

#endif

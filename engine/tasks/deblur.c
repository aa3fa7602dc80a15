/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sharper, for a known blur. The scene goes on outside the frame: the state is a
 * canvas with a margin of the kernel's reach, of which only the frame is
 * measured and returned (methods: 7.1).
 */

#include <math.h>
#include <string.h>

#include "blind/blind.h"
#include "core/frame.h"
#include "core/i18n.h"
#include "core/sizing.h"
#include "tasks/task-private.h"

enum { GAUSSIAN, DISC, MOTION, UNKNOWN };

static const char *const kernels[] = { "gaussian", "disc", "motion", "auto",
                                       NULL };

static const char *const borders[] = { "real", "mirror", "periodic", NULL };

static const tw_param params[] = {
    { "kernel", N_("_Blur"),
      N_("Shape of the blur, or a picture of it; auto: found in the picture; "
         "without this key radius= means disc, length= motion"),
      TW_PARAM_PICTURE, 0, UNKNOWN, 0, 0, kernels, NULL },
    { "sigma", N_("R_adius"), N_("gaussian: standard deviation"), TW_PARAM_REAL,
      0.1, 100, 1.5, 0, NULL, N_("px") },
    { "radius", N_("Disc r_adius"),
      N_("disc: radius, as of a lens out of focus"), TW_PARAM_REAL, 0.1, 250, 3,
      0, NULL, N_("px") },
    { "length", N_("Motion _length"),
      N_("motion: pixels in the line, the two at its ends included by half"),
      TW_PARAM_REAL, 1, 500, 10, 0, NULL, N_("px") },
    { "angle", N_("Motion _angle"),
      N_("motion: direction of the line, counter-clockwise from horizontal"),
      TW_PARAM_REAL, -360, 360, 0, 0, NULL, N_("°") },
    { "border", N_("Be_yond the frame"),
      N_("Outside of the frame: the scene goes on, or mirrored, or repeated"),
      TW_PARAM_CHOICE, 0, 2, 0, TW_PARAM_EXPERT, borders, NULL },
    TW_PARAM_END,
};

/* Which kernel is meant; -1: a picture. */
static int
kernel_of(const tw_request *request)
{
    const double kind = tw_request_real(request, "kernel");

    if (tw_request_has(request, "kernel"))
        return isnan(kind) ? -1 : (int) kind;
    if (tw_request_get_kernel(request))
        return -1;
    return tw_request_has(request, "radius")   ? DISC
           : tw_request_has(request, "length") ? MOTION
                                               : GAUSSIAN;
}

/* Without kernel= each of these keys means a kernel of its own. */
static tw_status
check_kernel(const tw_request *request, tw_error *err)
{
    static const char *const keys[] = { "sigma", "radius", "length" };
    const char *first = NULL;

    if (tw_request_has(request, "kernel") || tw_request_get_kernel(request))
        return TW_OK;
    for (int i = 0; i < 3; i++) {
        if (!tw_request_has(request, keys[i]))
            continue;
        if (first)
            return tw_fail(err, TW_ERR_ARGUMENT,
                           _("%s= and %s= contradict each other: they mean "
                             "different kernels; leave one of them out"),
                           first, keys[i]);
        first = keys[i];
    }
    if (tw_request_has(request, "angle") && !tw_request_has(request, "length"))
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("angle= is of motion; give its length= too, or leave "
                         "angle= out"));
    return TW_OK;
}

static tw_status
make_psf(const tw_request *request, tw_psf *psf, tw_error *err)
{
    const tw_image *picture = tw_request_get_kernel(request);

    TW_TRY(check_kernel(request, err));
    switch (kernel_of(request)) {
    case GAUSSIAN:
        return tw_psf_gaussian(tw_request_real(request, "sigma"), psf, err);
    case DISC:
        return tw_psf_disc(tw_request_real(request, "radius"), psf, err);
    case MOTION:
        return tw_psf_motion(tw_request_real(request, "length"),
                             tw_request_real(request, "angle"), psf, err);
    case UNKNOWN:
        return tw_blind_largest(psf, err);
    }
    if (!picture)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("There is no picture of the kernel '%s'; give one, or "
                         "kernel=gaussian, disc or motion"),
                       tw_request_text(request, "kernel"));
    return tw_psf_image(picture, psf, err);
}

static tw_border
border_of(const tw_job *job)
{
    return (tw_border) tw_request_real(job->request, "border");
}

static tw_status
lay_out(tw_job *job, tw_error *err)
{
    TW_TRY(make_psf(job->request, &job->psf, err));
    job->box = job->result = (tw_box) { 0, 0, job->height, job->width };
    job->x = job->y = tw_shape4(1, 3, job->height, job->width);
    job->out_width = job->width;
    job->out_height = job->height;
    if (border_of(job) == TW_BORDER_REAL)
        tw_blur_canvas(&job->psf, job->height, job->width, &job->x, &job->top,
                       &job->left);
    return TW_OK;
}

_Static_assert((int) TW_FOUND_SIDE == (int) TW_BLIND_SIDE,
               "a report holds any kernel");

static bool
is_open(const tw_request *request)
{
    return kernel_of(request) == UNKNOWN;
}

/* The kernel that the picture shows, where the request leaves it open, in the size
 * that was planned. */
static tw_status
find(tw_job *job, const tw_tensor *y, double done, tw_found *found, tw_run *run)
{
    static const char *const names[TW_FAMILIES] = { "none", "gaussian", "disc",
                                                    "motion" };
    const tw_foretell f = { job->prior, y, job->y_noise };
    tw_error *err = tw_run_error(run);
    tw_blind blind;

    tw_run_phase(run, _("Looking for the blur"));
    tw_status status = tw_blind_find(&f, 0.01, done, &blind, run);

    if (status == TW_OK)
        status = tw_psf_pad(&blind.psf, job->psf.width, job->psf.height, err);
    if (status == TW_OK && !tw_run_is_sizing(run)) {
        found->kind = names[blind.named.family];
        if (blind.named.family != TW_FAMILY_NONE)
            found->size = blind.named.size;
        if (blind.named.family == TW_FAMILY_MOTION)
            found->angle = blind.named.angle;
        found->sure = blind.sure;
        memcpy(found->kernel, blind.psf.data, sizeof found->kernel);
        tw_psf_clear(&job->psf);
        job->psf = blind.psf;
    } else
        tw_psf_clear(&blind.psf);
    return status;
}

static void
recall(tw_job *job, const tw_found *found)
{
    if (found->kind)
        memcpy(job->psf.data, found->kernel, sizeof found->kernel);
}

static tw_operator *
make(const tw_job *job, const unsigned char *known)
{
    return (known ? tw_operator_blur : tw_operator_blur_sketch)(
        &job->psf, border_of(job), job->height, job->width);
}

/* moments: 15 steps have a tenth to a fifth less fine texture than 20; from level 1
 * there is more, and as much more grain in smooth places. */
static const tw_tuning rows[] = {
    { "moments", .steps = 20, .high = 3 },
    { .solver = NULL },
};

static void
tune(tw_job *job)
{
    tw_job_apply(job, rows);
}

/* Samples start at high noise levels, where the blur hardly counts; the mean
 * starts from the blurred picture itself. */
static tw_status
guess(const tw_job *job, const tw_tensor *y, tw_tensor *x, tw_run *run)
{
    tw_extend(y, job->top, job->left, x);
    if (job->solver.needs & TW_STARTS_CLEAN)
        return TW_OK;
    return tw_prox(job->degradation, y, x, job->y_noise * job->y_noise, x, run);
}

const tw_task_class tw_task_deblur = {
    .base = {
        .name = "deblur",
        .title = N_("_Deblur"),
        .blurb = N_("Removes a blur of known shape"),
        .params = params,
    },
    .faithful = "hqs",
    .textured = "moments",
    .mixes = true,
    .lights = 3,
    .lay_out = lay_out,
    .psf = make_psf,
    .is_open = is_open,
    .find = find,
    .recall = recall,
    .make = make,
    .tune = tune,
    .guess = guess,
};

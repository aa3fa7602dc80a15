/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks/inspect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "holes/fill.h"
#include "tasks/pixels.h"
#include "tasks/task-private.h"

/* --- noise --- */

static tw_status
measure(tw_job *job, const tw_image *in, tw_run *run)
{
    tw_pixels pixels;

    TW_TRY(tw_image_check(in, TW_IMAGE_PICTURE, tw_run_error(run)));
    TW_TRY(tw_pixels_read(job, in, &pixels, run));
    if (pixels.unknown)
        TW_TRY(tw_fill_holes(pixels.y, pixels.known, run));
    return tw_job_measure_noise(job, (double) NAN,
                                tw_request_real(job->request, "shot"), pixels.y,
                                run);
}

tw_status
tw_measure_noise(const tw_request *request, tw_store *store, const tw_image *in,
                 tw_noise *noise, tw_run *run)
{
    const size_t mark = tw_run_mark(run);
    tw_job job;

    (void) store;
    tw_run_enter(run);
    tw_status status =
        tw_job_lay_out(&job, request, in->width, in->height, tw_run_error(run));

    if (status == TW_OK)
        status = measure(&job, in, run);
    if (status == TW_OK) {
        *noise = job.found;
        noise->noise = job.noise;
        noise->shot = job.shot;
    }
    tw_job_close(&job);
    tw_run_leave(run);
    tw_run_release(run, mark);
    return status;
}

/* --- the kernel --- */

static tw_status
make_psf(const tw_request *request, tw_psf *psf, tw_error *err)
{
    const tw_task_class *task =
        (const tw_task_class *) tw_request_task(request);

    *psf = (tw_psf) { 0 };
    if (!task->psf)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("The task '%s' has no blur kernel; choose 'deblur'"),
                       task->base.name);
    return task->psf(request, psf, err);
}

static int
side_of(const tw_psf *psf)
{
    return psf->width > psf->height ? psf->width : psf->height;
}

tw_status
tw_kernel_side(const tw_request *request, int *side, tw_error *err)
{
    tw_psf psf;
    const tw_status status = make_psf(request, &psf, err);

    if (status == TW_OK)
        *side = side_of(&psf);
    tw_psf_clear(&psf);
    return status;
}

static void
draw(const tw_psf *psf, tw_image *out)
{
    const int top = out->height / 2 - psf->height / 2;
    const int left = out->width / 2 - psf->width / 2;
    float most = 0;

    for (int i = 0; i < psf->width * psf->height; i++)
        most = fmaxf(most, psf->data[i]);
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++) {
            float *pixel = out->data + y * out->stride + 4 * x;
            const int r = y - top, c = x - left;
            const bool inside =
                r >= 0 && r < psf->height && c >= 0 && c < psf->width;

            pixel[0] = inside ? psf->data[r * psf->width + c] / most : 0;
            pixel[1] = pixel[2] = pixel[0];
            pixel[3] = 1;
        }
}

static tw_status
draw_all(const tw_psf *psf, int side, tw_image *out, tw_error *err)
{
    if (out->width != side || out->height != side)
        return tw_fail(err, TW_ERR_ARGUMENT,
                       _("A picture of the kernel must have %d x %d pixels"),
                       side, side);
    draw(psf, out);
    return TW_OK;
}

tw_status
tw_kernel_draw(const tw_request *request, tw_image *out, tw_error *err)
{
    const tw_task_class *task =
        (const tw_task_class *) tw_request_task(request);
    tw_psf psf;
    tw_status status = make_psf(request, &psf, err);

    if (status == TW_OK && task->is_open && task->is_open(request))
        status = tw_fail(err, TW_ERR_ARGUMENT,
                         _("The blur is not known before the picture was "
                           "looked at"));
    if (status == TW_OK)
        status = draw_all(&psf, side_of(&psf), out, err);
    tw_psf_clear(&psf);
    return status;
}

/* Borrows the kernel. */
static tw_psf
psf_of(const tw_found *found, float *copy)
{
    memcpy(copy, found->kernel, sizeof found->kernel);
    return (tw_psf) { TW_FOUND_SIDE, TW_FOUND_SIDE, copy };
}

int
tw_found_side(const tw_found *found)
{
    const int middle = TW_FOUND_SIDE / 2;
    int reach = 0;

    for (int i = 0; i < TW_FOUND_SIDE * TW_FOUND_SIDE; i++)
        if (found->kernel[i] > 0) {
            const int y = abs(i / TW_FOUND_SIDE - middle);
            const int x = abs(i % TW_FOUND_SIDE - middle);

            reach = y > reach ? y : reach;
            reach = x > reach ? x : reach;
        }
    return 2 * reach + 1;
}

tw_status
tw_found_draw(const tw_found *found, tw_image *out, tw_error *err)
{
    float copy[TW_FOUND_SIDE * TW_FOUND_SIDE];
    const tw_psf psf = psf_of(found, copy);

    return draw_all(&psf, tw_found_side(found), out, err);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "budget.h"
#include "color.h"
#include "report.h"
#include "restore.h"

/* Above this change of a channel the way to sRGB and back is worth a warning:
 * conversions that can be undone stay below 0.2 %, separations, XYZ and colors
 * outside sRGB do not. */
static const double lossy = 0.01;

/* What one job needs while it runs. */
typedef struct job_data {
    tw_request *request; /* a copy, with the pictures in it */
    Image *srgb;
    tm_color color;
    tw_image in, mask, kernel;
    tw_plan plan;
    size_t limit; /* of memory; 0: none */
    tw_image *out;
} job_data;

static void
data_clear(job_data *data, const tm_job *job)
{
    for (int i = 0; data->out && i < job->count; i++)
        if (data->out[i].data != data->in.data)
            tm_pixels_free(&data->out[i]);
    data->out = RelinquishMagickMemory(data->out);
    tm_pixels_free(&data->in);
    tm_pixels_free(&data->mask);
    tm_pixels_free(&data->kernel);
    tm_color_clear(&data->color);
    if (data->srgb)
        data->srgb = DestroyImage(data->srgb);
    tw_request_free(data->request);
}

void
tm_job_clear(tm_job *job)
{
    for (int i = 0; job->results && i < job->count; i++)
        tm_result_clear(&job->results[i]);
    job->results = RelinquishMagickMemory(job->results);
}

/* mask=alpha: the engine sees an opaque picture with holes. */
static void
make_opaque(tw_image *pixels)
{
    size_t count = (size_t) pixels->width * (size_t) pixels->height;

    for (float *p = pixels->data; count--; p += 4)
        p[3] = 1;
}

/* All that the plan needs; the picture itself is not among it. */
static bool
prepare(job_data *data, const tm_job *job, const tm_options *options,
        const tm_masks *masks, ExceptionInfo *exception)
{
    char idle[400];

    data->request = tw_request_copy(options->request);
    if (!data->request) {
        tm_say(exception, FilterError, job->image->filename,
               _("Not enough memory"));
        return false;
    }
    if (!tm_kernel_read(data->request, &data->kernel, exception) ||
        !tm_mask_read(masks, job->image, &data->mask, exception))
        return false;
    if (data->kernel.data)
        tw_request_kernel(data->request, &data->kernel);
    if (data->mask.data)
        tw_request_mask(data->request, &data->mask);
    if (tw_request_idle(data->request, idle, sizeof idle))
        tm_say(exception, OptionWarning, job->image->filename, "%s", idle);
    tw_request_file(data->request, job->image->magick_filename);
    return true;
}

static bool
load(job_data *data, const tm_job *job, const tm_masks *masks,
     ExceptionInfo *exception)
{
    const Image *image = job->image;
    double loss;

    data->srgb = tm_color_to_srgb(image, &data->color, exception);
    if (!data->srgb || !tm_pixels_read(data->srgb, &data->in, exception))
        return false;
    if (masks->source == TM_SOURCE_ALPHA)
        make_opaque(&data->in);
    loss = tm_color_loss(image, data->srgb, &data->color, exception);
    if (loss > lossy)
        tm_say(exception, OptionWarning, image->filename,
               _("The picture goes through sRGB, which changes its channels by "
                 "up to %.0f %%"),
               100 * loss);
    return loss >= 0;
}

/* The value of a key that the user may leave to ImageMagick's limits. */
static double
real_or(const tw_request *request, const char *key, double otherwise)
{
    double value = tw_request_real(request, key);

    return tw_request_has(request, key) && !isnan(value) ? value : otherwise;
}

static size_t
memory_limit(const tw_request *request)
{
    return (size_t) real_or(request, "memory", (double) tm_limit_memory());
}

static bool
keeps_size(const tw_plan *p, const Image *image)
{
    return p->width == (int) image->columns && p->height == (int) image->rows;
}

/* Plans the job, and refuses a result that ImageMagick could not hold. */
static bool
plan(job_data *data, const tm_job *job, tw_store *store,
     ExceptionInfo *exception)
{
    const Image *image = job->image;
    tw_error err = { 0 };

    data->limit = memory_limit(data->request);
    if (tw_plan_request(data->request, store, (int) image->columns,
                        (int) image->rows, data->limit, &data->plan,
                        &err) != TW_OK) {
        tm_say_error(exception, image->filename, &err);
        return false;
    }
    if ((MagickSizeType) data->plan.width >
            GetMagickResourceLimit(WidthResource) ||
        (MagickSizeType) data->plan.height >
            GetMagickResourceLimit(HeightResource)) {
        tm_say(exception, FilterError, image->filename,
               _("The result would be %dx%d, above ImageMagick's limits of "
                 "width or height; see -limit and policy.xml"),
               data->plan.width, data->plan.height);
        return false;
    }
    return true;
}

/* Memory for the results; the first may share that of the input. */
static bool
make_room(job_data *data, tm_job *job, ExceptionInfo *exception)
{
    const tw_plan *p = &data->plan;
    bool same = keeps_size(p, job->image);
    size_t count = (size_t) p->results;

    data->out = AcquireQuantumMemory(count, sizeof *data->out);
    job->results = AcquireQuantumMemory(count, sizeof *job->results);
    if (!data->out || !job->results) {
        tm_say(exception, FilterError, job->image->filename,
               _("Not enough memory"));
        return false;
    }
    job->count = p->results;
    for (int i = 0; i < job->count; i++) {
        data->out[i] = (tw_image) { 0 };
        job->results[i] = (tm_result) { 0 };
    }
    for (int i = 0; i < job->count; i++)
        if (i == 0 && same)
            data->out[0] = data->in;
        else if (!tm_pixels_new(p->width, p->height, &data->out[i], exception))
            return false;
    return true;
}

/* Says why a run came to no result. */
static void
say_failure(tw_run *run, tw_status status, const tm_monitor *monitor,
            ExceptionInfo *exception)
{
    const char *name = monitor->image->filename;

    if (status != TW_CANCELLED)
        tm_say_error(exception, name, tw_run_error(run));
    else if (monitor->cancelled)
        tm_say(exception, ModuleError, name, _("Cancelled"));
    else
        tm_say(exception, FilterError, name,
               _("The time limit is over; raise it, or use time= to get the "
                 "best result in time"));
}

static bool
solve(job_data *data, tm_job *job, const tm_options *options, tw_store *store,
      ExceptionInfo *exception)
{
    tm_monitor monitor =
        tm_monitor_new(job->image, tw_request_task(data->request));
    double seconds = tm_limit_seconds(job->image);
    tw_run_config config = {
        .seed = (uint64_t) tw_request_real(data->request, "seed"),
        .threads = (int) real_or(data->request, "threads", tm_limit_threads()),
        .memory_limit = data->limit,
        .time_limit = seconds < 0 ? 1e-9 : seconds,
        .report = tm_monitor_report,
        .user_data = &monitor,
    };
    tw_run *run = tw_run_new(&config);
    tw_status status;

    if (!run) {
        tm_say(exception, FilterError, job->image->filename,
               _("Not enough memory"));
        return false;
    }
    if (options->verbose)
        tm_report_plan(options, job->image, &data->plan, tw_run_threads(run));
    status = TW_CANCELLED;
    if (tm_monitor_show(&monitor, 0))
        status = tw_restore(data->request, store, &data->in, data->out,
                            &job->report, run);
    if (status == TW_OK)
        (void) tm_monitor_show(&monitor, 1);
    if (status != TW_OK)
        say_failure(run, status, &monitor, exception);
    tw_run_free(run);
    return status == TW_OK;
}

/* A copy of the sRGB picture, and for the last result the picture itself: it may
 * be large. */
static Image *
take_srgb(job_data *data, bool last, ExceptionInfo *exception)
{
    Image *image = data->srgb;

    if (!last)
        return CloneImage(image, 0, 0, MagickTrue, exception);
    data->srgb = NULL;
    return image;
}

/* The engine's pixels to images in the picture's own color space. */
static bool
keep(job_data *data, tm_job *job, bool uncover, ExceptionInfo *exception)
{
    bool same = keeps_size(&data->plan, job->image);
    bool ok = true;

    for (int i = 0; ok && i < job->count; i++) {
        tm_result *result = &job->results[i];

        if (same) {
            Image *work = take_srgb(data, i == job->count - 1, exception);

            ok = work && tm_result_same_size(work, &data->out[i], uncover,
                                             result, exception);
        } else {
            ok = tm_result_new_size(data->srgb, &data->out[i], result,
                                    exception);
        }
        ok = ok && tm_color_from_srgb(result->work, &data->color, exception);
    }
    return ok;
}

bool
tm_job_run(tm_job *job, const tm_options *options, const tm_masks *masks,
           tw_store *store, ExceptionInfo *exception)
{
    job_data data = { 0 };
    bool ok = prepare(&data, job, options, masks, exception) &&
              plan(&data, job, store, exception) &&
              load(&data, job, masks, exception) &&
              make_room(&data, job, exception) &&
              solve(&data, job, options, store, exception) &&
              keep(&data, job, masks->source == TM_SOURCE_ALPHA, exception);

    data_clear(&data, job);
    return ok;
}

bool
tm_job_commit(tm_job *job, const tm_options *options, ExceptionInfo *exception)
{
    /* Copies first: the image is the pattern for all of them. */
    for (int i = job->count - 1; i >= 0; i--) {
        Image *image = i > 0
                           ? CloneImage(job->image, 0, 0, MagickTrue, exception)
                           : job->image;

        if (!image)
            return false;
        if (i > 0) {
            Image *place = job->image;

            InsertImageInList(&place, image);
        }
        if (!tm_result_commit(image, &job->results[i], exception))
            return false;
        tm_report_properties(image, options, &job->report, exception);
    }
    if (options->kernel_out &&
        !tm_kernel_write(&job->report.blur, options->kernel_out, exception))
        return false;
    if (options->verbose)
        tm_report_result(&job->report);
    tm_report_warnings(job->image, &job->report, exception);
    return true;
}

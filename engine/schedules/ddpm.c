/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Evenly spaced in the timestep t = 0...999 of the linear-beta chain:
 *
 *     beta_t = 1e-4 ... 0.02,  abar_t = prod (1 - beta),
 *     sigma_t = sqrt((1 - abar_t) / abar_t)
 *
 * Ho et al. 2020, arXiv:2006.11239, section 4. Between timesteps ln sigma is
 * interpolated linearly, and continued beyond the ends (0.01 and 157), so that
 * any two levels can be asked for.
 */

#include <math.h>

#include "schedules/schedule.h"

enum { STEPS = 1000 };

/* ln sigma_t of every timestep. */
static void
chain(double *logs)
{
    double abar = 1;

    for (int t = 0; t < STEPS; t++) {
        abar *= 1 - (1e-4 + (0.02 - 1e-4) * t / (STEPS - 1));
        logs[t] = 0.5 * log((1 - abar) / abar);
    }
}

/* The timestep, not rounded, of a level. */
static double
timestep(const double *logs, double level)
{
    const double l = log(level);
    int t = 0;

    while (t < STEPS - 2 && logs[t + 1] < l)
        t++;
    return t + (l - logs[t]) / (logs[t + 1] - logs[t]);
}

static double
level_at(const double *logs, double timestep)
{
    const double t = fmin(fmax(floor(timestep), 0), STEPS - 2);
    const double *l = logs + (int) t;

    return exp(l[0] + (timestep - t) * (l[1] - l[0]));
}

void
tw_schedule_ddpm(double *sigma, int steps, double low, double high)
{
    double logs[STEPS];

    chain(logs);
    const double from = timestep(logs, high), to = timestep(logs, low);

    for (int i = 1; i < steps - 1; i++)
        sigma[i] = level_at(logs, from + (to - from) * i / (steps - 1));
    sigma[steps - 1] = low;
    sigma[0] = high;
    sigma[steps] = 0;
}

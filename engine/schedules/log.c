/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A geometric sequence, as plug-and-play methods use it.
 * Zhang et al. 2021, arXiv:2008.13751, section 4.2.
 */

#include <math.h>

#include "schedules/schedule.h"

void
tw_schedule_log(double *sigma, int steps, double low, double high)
{
    const double from = log(high), to = log(low);

    for (int i = 1; i < steps - 1; i++)
        sigma[i] = exp(from + (to - from) * i / (steps - 1));
    sigma[steps - 1] = low;
    sigma[0] = high;
    sigma[steps] = 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The levels of EDM: evenly spaced in sigma^(1/rho), rho = 7.
 * Karras et al. 2022, arXiv:2206.00364, eq. 5.
 */

#include <math.h>

#include "schedules/schedule.h"

void
tw_schedule_karras(double *sigma, int steps, double low, double high)
{
    const double rho = 7;
    const double from = pow(high, 1 / rho), to = pow(low, 1 / rho);

    for (int i = 1; i < steps - 1; i++)
        sigma[i] = pow(from + (to - from) * i / (steps - 1), rho);
    sigma[steps - 1] = low;
    sigma[0] = high;
    sigma[steps] = 0;
}

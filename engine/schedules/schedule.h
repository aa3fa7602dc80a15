/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which noise levels a solver visits.
 */

#ifndef TW_SCHEDULE_H
#define TW_SCHEDULE_H

/* Each fills sigma[0...steps]: sigma[0] = high, sigma[steps - 1] = low,
 * sigma[steps] = 0, strictly decreasing. steps is at least 1; with 1 step only
 * high and 0 are there. */
typedef void (*tw_schedule_func)(double *sigma, int steps, double low,
                                 double high);

/* Evenly spaced in sigma^(1/7). Karras et al. 2022, arXiv:2206.00364, eq. 5. */
void tw_schedule_karras(double *sigma, int steps, double low, double high);

/* Evenly spaced in log sigma. */
void tw_schedule_log(double *sigma, int steps, double low, double high);

/* Evenly spaced in the timestep of the 1000-step linear-beta chain.
 * Ho et al. 2020, arXiv:2006.11239, section 4. */
void tw_schedule_ddpm(double *sigma, int steps, double low, double high);

typedef struct tw_schedule {
    const char *name; /* "karras" */
    tw_schedule_func fill;
} tw_schedule;

extern const tw_schedule tw_schedules[]; /* ends with a NULL name */

#endif

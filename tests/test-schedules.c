/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>

#include "schedules/schedule.h"

/* Ends, 0 behind the last, strict decrease: for every schedule of the table,
 * any number of steps, ranges beyond what networks are trained on too. */
static void
test_contract(void)
{
    static const double ranges[][2] = {
        { 0.01, 80 },   { 0.002, 100 }, { 0.02, 0.4 },
        { 1e-4, 9e-3 }, { 200, 1e4 },   { 0.5, 0.500001 },
    };
    double sigma[1002];

    for (int k = 0; tw_schedules[k].name; k++)
        for (size_t r = 0; r < G_N_ELEMENTS(ranges); r++)
            for (int steps = 1; steps <= 1000; steps += steps < 20 ? 1 : 245) {
                const double low = ranges[r][0], high = ranges[r][1];

                sigma[steps + 1] = -7;
                tw_schedules[k].fill(sigma, steps, low, high);
                g_assert_cmpfloat(sigma[0], ==, high);
                if (steps > 1)
                    g_assert_cmpfloat(sigma[steps - 1], ==, low);
                g_assert_cmpfloat(sigma[steps], ==, 0);
                g_assert_cmpfloat(sigma[steps + 1], ==, -7);
                for (int i = 0; i < steps; i++)
                    g_assert_cmpfloat(sigma[i], >, sigma[i + 1]);
            }
}

static void
test_formulas(void)
{
    double sigma[6];

    /* The middle of five: ((80^(1/7) + 0.01^(1/7)) / 2)^7. */
    tw_schedule_karras(sigma, 5, 0.01, 80);
    g_assert_cmpfloat_with_epsilon(
        sigma[2], pow((pow(80, 1 / 7.) + pow(0.01, 1 / 7.)) / 2, 7), 1e-12);

    tw_schedule_log(sigma, 5, 0.01, 100);
    for (int i = 0; i < 5; i++)
        g_assert_cmpfloat_with_epsilon(sigma[i], pow(10, 2 - i), 1e-12);
}

/* The levels of the linear-beta chain, to the digits that were noted from an
 * implementation in another language. */
static void
test_ddpm(void)
{
    static const struct {
        int t;
        double sigma, unit; /* of its last digit */
    } known[] = {
        { 0, 0.01000, 1e-5 }, { 1, 0.01483, 1e-5 }, { 9, 0.04357, 1e-5 },
        { 49, 0.1728, 1e-4 }, { 99, 0.3388, 1e-4 }, { 199, 0.7193, 1e-4 },
        { 299, 1.234, 1e-3 }, { 499, 3.424, 1e-3 }, { 749, 17.25, 1e-2 },
        { 999, 157.4, 1e-1 },
    };
    double sigma[1001], abar = 1;

    for (int t = 0; t < 1000; t++)
        abar *= 1 - (1e-4 + 0.0199 * t / 999);
    tw_schedule_ddpm(sigma, 1000, sqrt(1e-4 / (1 - 1e-4)),
                     sqrt((1 - abar) / abar));
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        g_assert_cmpfloat_with_epsilon(sigma[999 - known[i].t], known[i].sigma,
                                       known[i].unit / 2);

    /* A level half way between two timesteps: the geometric mean. */
    tw_schedule_ddpm(sigma, 3, sigma[500], sigma[499]);
    g_assert_cmpfloat_with_epsilon(sigma[1], sqrt(sigma[0] * sigma[2]), 1e-12);
}

/* Names are unique, so that one can be asked for. */
static void
test_names(void)
{
    for (int i = 0; tw_schedules[i].name; i++)
        for (int j = 0; j < i; j++)
            g_assert_cmpstr(tw_schedules[i].name, !=, tw_schedules[j].name);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedules/contract", test_contract);
    g_test_add_func("/schedules/formulas", test_formulas);
    g_test_add_func("/schedules/ddpm", test_ddpm);
    g_test_add_func("/schedules/names", test_names);
    return g_test_run();
}

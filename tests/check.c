/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
check_close(const char *what, const float *a, const float *b, int64_t size,
            double limit)
{
    double difference = 0, norm = 0, worst = -1;
    int64_t place = 0;

    for (int64_t i = 0; i < size; i++) {
        const double d = fabs((double) a[i] - (double) b[i]);

        difference += d * d;
        norm += (double) b[i] * (double) b[i];
        if (!(d <= worst)) {
            worst = d;
            place = i;
        }
    }
    const double error = sqrt(difference) / (norm > 0 ? sqrt(norm) : 1);

    if (!(error <= limit)) {
        g_test_message("%s: relative error %g (limit %g); most at [%" PRId64
                       "]: %g, expected %g",
                       what, error, limit, place, (double) a[place],
                       (double) b[place]);
        g_test_fail();
    }
}

void
check_near(const char *what, double a, double b, double limit)
{
    if (!(fabs(a - b) <= limit)) {
        g_test_message("%s: %.9g, expected %.9g (within %g)", what, a, b,
                       limit);
        g_test_fail();
    }
}

void
check_ok(tw_status status, tw_run *run)
{
    if (status != TW_OK) {
        g_test_message("status %d: %s", status,
                       run ? tw_run_error(run)->text : "");
        g_test_fail();
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-operators.h"

#include <math.h>

void
check_scene(tw_tensor *out)
{
    const int64_t h = out->shape.dim[2], w = out->shape.dim[3];

    for (int64_t i = 0; i < out->size; i++) {
        const double row = (double) (i / w % h), column = (double) (i % w);
        const double disk =
            hypot(fmod(row, 40) - 20, fmod(column, 50) - 25) < 12 ? 0.9 : -0.2;

        out->data[i] = (float) (disk + 0.7 * sin(row / 9 + column / 13));
    }
    tw_clamp(out, -1, 1);
}

bool
check_set_up(fixture *f, int index, int threads)
{
    f->op = tw_operator_example(index, &f->xs);
    if (!f->op)
        return false;
    f->run = check_run(1, threads);
    f->ys = tw_y_shape(f->op, f->xs);
    f->x = check_tensor(f->xs);
    f->z = check_tensor(f->xs);
    f->g = check_tensor(f->xs);
    f->y = check_tensor(f->ys);
    f->e = check_tensor(f->ys);
    f->linear = f->op->klass->flags & TW_OPERATOR_LINEAR;
    check_fill(f->x, 11);
    check_fill(f->z, 12);
    check_fill(f->y, 13);
    if (!f->linear) { /* Gauss-Newton wants a problem that makes sense */
        check_scene(f->z);
        check_ok(tw_forward(f->op, f->z, f->e, f->run), f->run);
        tw_lin2(f->y, 0.02, f->y, 1, f->e);
        tw_lin2(f->z, 1, f->z, 0.1, f->x);
    }
    return true;
}

void
check_tear_down(fixture *f)
{
    check_free(f->x);
    check_free(f->z);
    check_free(f->g);
    check_free(f->y);
    check_free(f->e);
    tw_run_free(f->run);
    tw_operator_free(f->op);
}

double
check_distance(const tw_tensor *a, const tw_tensor *b)
{
    tw_tensor *d = check_tensor(a->shape);

    tw_lin2(d, 1, a, -1, b);
    const double norm = tw_norm(d);

    check_free(d);
    return norm;
}

const char *
check_title(const fixture *f, int index, const char *what)
{
    static char text[100];

    g_snprintf(text, sizeof text, "%d %s: %s", index, f->op->klass->name, what);
    return text;
}

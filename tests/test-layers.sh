#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Includes may only go down this list (or stay in the folder).
order="core kernels weights ops nets priors operators schedules solvers tasks"
status=0
for f in $(find "${1:-engine}" -mindepth 2 -name '*.[ch]'); do
    here=$(basename "$(dirname "$f")")
    below=${order%%"$here"*}
    for inc in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$f"); do
        case " $below $here " in
        *" $inc "*) ;;
        *)
            echo "$f: must not include $inc/"
            status=1
            ;;
        esac
    done
done
exit $status

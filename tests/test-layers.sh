#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-layers.sh ENGINE: includes may only go down this list (or stay in the folder).
order="core jpeg kernels weights ops nets priors holes operators data schedules solvers tasks"
wrong=$(find "$1" -mindepth 2 -name '*.[ch]' | while read -r file; do
    here=$(basename "$(dirname "$file")")
    below=${order%%"$here"*}
    sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | while read -r folder; do
        case " $below $here " in
        *" $folder "*) ;;
        *) echo "$file: must not include $folder/" ;;
        esac
    done
done)
[ -z "$wrong" ] || {
    echo "$wrong"
    exit 1
}

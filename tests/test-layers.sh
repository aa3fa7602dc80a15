#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-layers.sh ENGINE: includes may only go down this list (or stay in the folder),
# and front-ends, beside ENGINE, include what tweedie.h does.
order="core jpeg noise kernels weights ops nets priors holes operators data schedules solvers blind tasks"
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

# Beyond it only the translations, and in ui/ the loops over pictures.
open=$(sed -n 's/^#include "\(.*\)"/\1/p' "$1/tweedie.h")
folders=$(echo "$order" | tr ' ' '|')
wrong=$(grep -rE "^#include \"($folders)/" "$1/../ui" "$1/../gimp-plugin" "$1/../magick-coder" |
    while IFS='"' read -r file name _; do
    case $file:$name in
    *:core/i18n.h | */ui/*:core/parallel.h) continue ;;
    esac
    echo "$open" | grep -qxF "$name" || echo "$file$name: not in tweedie.h"
done)
[ -z "$wrong" ] || {
    echo "$wrong"
    exit 1
}

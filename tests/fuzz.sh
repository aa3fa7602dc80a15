#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz.sh PROGRAM SEEDS...: runs a fuzzer for FUZZ_SECONDS (60), from folders of
# seeds that are only read. An input that breaks it is left in the current folder.
set -e
program=$1
shift
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
"$program" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=1024 \
    -print_final_stats=1 "$corpus" "$@"

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-hardening.sh FILE...: what was built is position independent, guards its
# stack and its copies, and is read-only where it was linked.
status=0
miss() {
    echo "$1: $2" >&2
    status=1
}
for file; do
    readelf -hW "$file" | grep -q 'Type: *DYN' || miss "$file" "has a fixed address"
    readelf -lW "$file" | grep -q GNU_RELRO || miss "$file" "no RELRO"
    readelf -lW "$file" | grep GNU_STACK | grep -q 'RWE' && miss "$file" "the stack can be executed"
    readelf -dW "$file" | grep -qE 'BIND_NOW|NOW' || miss "$file" "no BIND_NOW"
    names=$(readelf --dyn-syms -W "$file")
    echo "$names" | grep -q __stack_chk_fail || miss "$file" "no stack protector"
    echo "$names" | grep -qE '__(mem|str|v?s?n?printf|fread|read|pread)[a-z0-9]*_chk' ||
        miss "$file" "no _FORTIFY_SOURCE"
done
exit $status

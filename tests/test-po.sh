#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test-po.sh CHECKOUT: po/POTFILES lists every source with strings for users; every
# language has all of them, keeps their formats, and guesses none.
cd "$1" || exit
status=0

listed=$(grep -v '^#' po/POTFILES)
found=$(
    {
        find engine gimp-plugin magick-coder ui -name '*.[ch]' ! -name i18n.h \
            -exec grep -lE '(^|[^A-Za-z0-9_])(N?_|ngettext)\("' {} +
        find . -name '*.metainfo.xml.in' | sed 's|^./||'
    } | LC_ALL=C sort
)
if [ "$found" != "$listed" ]; then
    printf 'po/POTFILES must list:\n%s\n' "$found"
    status=1
fi

strings=$(mktemp)
trap 'rm -f "$strings"' EXIT
echo "$listed" |
    xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --files-from=- -o "$strings" || status=1
for po in po/*.po; do
    [ -e "$po" ] || continue
    grep -qx "$(basename "$po" .po)" po/LINGUAS || status=1
    msgcmp "$po" "$strings" || status=1
    msgfmt --check -o /dev/null "$po" || status=1
done
exit $status

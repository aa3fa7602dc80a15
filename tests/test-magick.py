#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module in a real ImageMagick, as a user runs it. TAP, one line per case.

test-magick.py PROGRAM MODULES PHOTOS [OTHER_PROGRAM OTHER_MODULES]
"""

import os
import sys
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "magick"))
import host  # noqa: E402
import errors, formats, settings, tasks, words  # noqa: E401,E402,F401


def run(function, arguments):
    """One TAP line's text: ok, not ok or a skip."""
    machine = host.Host(*arguments[:3])
    machine.other = arguments[3:]
    try:
        function(machine)
        return "ok", ""
    except host.Skip as skip:
        return "ok", f" # SKIP {skip}"
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print("#", line, flush=True)
        return "not ok", ""
    finally:
        machine.close()


def main():
    wanted = os.environ.get("TWEEDIE_TEST_CASES", "").split()
    cases = [c for c in host.CASES
             if not wanted or any(w in c.__name__ for w in wanted)]
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, function in enumerate(cases, 1):
        verdict, remark = run(function, sys.argv[1:])
        failed += verdict != "ok"
        name = f"{function.__module__}: {function.__name__}".replace("_", "-")
        print(f"{verdict} {number} - {name}{remark}", flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases as lines of TAP: what the tests of the real hosts share."""

import os
import traceback


def chosen(cases):
    """Those whose names hold one of the words of TWEEDIE_TEST_CASES, or all."""
    wanted = os.environ.get("TWEEDIE_TEST_CASES", "").split()
    return [c for c in cases
            if not wanted or any(w in c.__name__ for w in wanted)]


def _run(function, make, skip):
    machine = make()
    try:
        function(machine)
        return "ok", ""
    except skip as reason:
        return "ok", f" # SKIP {reason}"
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print("#", line, flush=True)
        return "not ok", ""
    finally:
        machine.close()


def run(cases, make, skip):
    """Each case with a machine of its own, which make() gives; @skip: the exception
    of a case that cannot be run here. How many failed."""
    cases = chosen(cases)
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for number, function in enumerate(cases, 1):
        verdict, remark = _run(function, make, skip)
        failed += verdict != "ok"
        name = f"{function.__module__}: {function.__name__}".replace("_", "-")
        print(f"{verdict} {number} - {name}{remark}", flush=True)
    return failed

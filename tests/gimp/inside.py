# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside GIMP's Python: all cases, one TAP line each."""

import importlib
import os
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.environ["TWEEDIE_TEST_GIMP"])
import host  # noqa: E402

for module in ["procedures", "pixels", "masks", "outputs", "recipes",
               "refusals"]:
    importlib.import_module(module)


def run(function):
    machine = host.Host()
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
    for number, function in enumerate(cases, 1):
        verdict, remark = run(function)
        name = f"{function.__module__}: {function.__name__}".replace("_", "-")
        print(f"{verdict} {number} - {name}{remark}", flush=True)


main()

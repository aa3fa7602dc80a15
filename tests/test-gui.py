#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialogs in a real GIMP, as a user sees them. TAP, one line per case.

test-gui.py EXECUTABLE

TWEEDIE_TEST_CASES="inpaint cancel" runs those whose names hold one of the words.
A failed case leaves a picture of the screen in the current folder.
"""

import os
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "gui"))
import tap  # noqa: E402
from desktop import Desktop, Missing, end_by_signals  # noqa: E402

SKIPPED = 77
LONGEST = 3000  # characters of GIMP's words


class Hosts:
    """One GIMP for all cases, another one after a case that failed."""

    def __init__(self, desktop, plug_in):
        self.desktop, self.plug_in, self.host = desktop, plug_in, None

    def get(self):
        from gimp import Gimp
        if not self.host:
            self.host = Gimp(self.desktop, self.plug_in)
        return self.host

    def close(self):
        if self.host:
            self.host.close()
        self.host = None


def run(function, number, hosts):
    """Whether the case passed."""
    try:
        function(hosts.get())
        return True
    except Exception:  # pylint: disable=broad-except
        text = traceback.format_exc()
        if hosts.host:
            text += hosts.host.log()[-LONGEST:]
        for line in text.splitlines():
            print("#", line, flush=True)
        hosts.desktop.screenshot(f"gui-failed-{number}.png")
        hosts.close()
        return False


def run_all(desktop, plug_in):
    import cases_filters, cases_settings, cases_life  # noqa: E401,F401
    import cases_layout  # noqa: F401
    import cases_menu, cases_privacy, cases_undo  # noqa: E401,F401
    import fixture
    cases = tap.chosen(fixture.CASES)
    hosts = Hosts(desktop, plug_in)
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    try:
        for number, function in enumerate(cases, 1):
            passed = run(function, number, hosts)
            failed += not passed
            print("ok" if passed else "not ok", number, "-",
                  function.__name__.replace("_", "-"), flush=True)
    finally:
        hosts.close()
    return failed > 0


def main():
    end_by_signals()
    desktop = None
    try:
        desktop = Desktop()
        import gimp
        gimp.stock_plug_ins()
        import screen  # noqa: F401
        return run_all(desktop, os.path.dirname(os.path.abspath(sys.argv[1])))
    except (Missing, ImportError, ValueError) as problem:
        print(f"1..0 # SKIP {problem} is missing")
        return SKIPPED
    finally:
        if desktop:
            desktop.close()


if __name__ == "__main__":
    sys.exit(main())

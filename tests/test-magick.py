#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module in a real ImageMagick, as a user runs it. TAP, one line per case.

test-magick.py PROGRAM MODULES PHOTOS [OTHER_PROGRAM OTHER_MODULES]
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "magick"))
import host  # noqa: E402
import tap  # noqa: E402
import errors, formats, jpeg, noise, settings, tasks, verdicts, words  # noqa: E401,E402,F401


def machine():
    made = host.Host(*sys.argv[1:4])
    made.other = sys.argv[4:]
    return made


if __name__ == "__main__":
    sys.exit(tap.run(host.CASES, machine, host.Skip) > 0)

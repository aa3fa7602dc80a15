# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside GIMP's Python: all cases, one TAP line each."""

import importlib
import os
import sys

sys.dont_write_bytecode = True
here = os.environ["TWEEDIE_TEST_GIMP"]
sys.path[:0] = [here, os.path.dirname(here)]
import host  # noqa: E402
import tap  # noqa: E402

for module in ["procedures", "pixels", "masks", "outputs", "recipes",
               "refusals"]:
    importlib.import_module(module)

tap.run(host.CASES, host.Host, host.Skip)

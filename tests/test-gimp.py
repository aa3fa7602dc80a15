#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug-in in a real GIMP, without windows. TAP, one line per case.

test-gimp.py GIMP_CONSOLE PLUG_INS_OF_GIMP EXECUTABLE

The cases (gimp/*.py) run inside GIMP's Python, all in one GIMP with a profile of
its own, which is made here and thrown away.
"""

import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NEEDED = ["file-png", "python-eval", "script-fu"]


def make_profile(folder, gimp_plug_ins, plug_in):
    """An empty profile that knows these plug-ins only: GIMP asks each one what
    it does at its first start."""
    plug_ins = os.path.join(folder, "plug-ins")
    os.makedirs(plug_ins)
    for name in NEEDED:
        os.symlink(os.path.join(gimp_plug_ins, name),
                   os.path.join(plug_ins, name))
    os.symlink(os.path.abspath(plug_in), os.path.join(plug_ins, "tweedie"))
    # A word that GIMP does not know would make it ignore all of the file.
    with open(os.path.join(folder, "gimprc"), "w") as file:
        file.write("(check-updates no)\n(debug-policy never)\n"
                   "(show-welcome-dialog no)\n"
                   f"(plug-in-path \"{plug_ins}\")\n")


def main():
    program, gimp_plug_ins, executable = sys.argv[1:]
    folder = tempfile.mkdtemp(prefix="tweedie-gimp-")
    environment = dict(os.environ, GIMP3_DIRECTORY=folder,
                       TWEEDIE_TEST_GIMP=os.path.join(HERE, "gimp"))
    environment.pop("DISPLAY", None)
    script = os.path.join(HERE, "gimp", "inside.py")
    try:
        make_profile(folder, gimp_plug_ins, os.path.dirname(executable))
        done = subprocess.run(
            [program, "--no-interface", "--no-data",
             "--batch-interpreter", "python-fu-eval",
             "-b", f"exec(open({script!r}).read())", "--quit"],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

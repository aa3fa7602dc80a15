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


def run(command, folder, environment):
    """What is no TAP, GIMP's own, becomes a remark."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for line in process.stdout:
        line = line.decode("utf-8", "replace").rstrip()
        tap = line.startswith(("ok ", "not ok ", "1..", "#"))
        if line:
            print(line if tap else "# " + line, flush=True)
    return process.wait()


def main():
    program, gimp_plug_ins, executable = sys.argv[1:]
    folder = tempfile.mkdtemp(prefix="tweedie-gimp-")
    environment = dict(os.environ, GIMP3_DIRECTORY=folder,
                       TWEEDIE_TEST_GIMP=os.path.join(HERE, "gimp"))
    environment.pop("DISPLAY", None)
    script = os.path.join(HERE, "gimp", "inside.py")
    try:
        make_profile(folder, gimp_plug_ins, os.path.dirname(executable))
        status = run(
            [program, "--no-interface", "--no-data",
             "--batch-interpreter", "python-fu-eval",
             "-b", f"exec(open({script!r}).read())", "--quit"],
            folder, environment)
    finally:
        shutil.rmtree(folder)
    return status


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""One step to undo, whatever was written."""

import os

from fixture import PICTURES, case
from gimp import Gimp
from screen import Window

PICTURE = os.path.join(PICTURES, "small.png")
WRITTEN = [
    ("denoise", "Denoise", {"output": "replace", "noise": "0.05"}),
    ("upscale", "Upscale", {"output": "in-place", "scale": 1.5,
                               "steps": "2"}),
]


def state(gimp):
    return gimp.main.run("""
        image = Gimp.get_images()[0]
        answer = [describe(image), Gimp.Selection.bounds(image)[1:]]
    """)


@case
def undo_and_redo(host):
    """Pixels of the layer, and of the whole image, with a selection."""
    gimp = Gimp(host.desktop, host.plug_in, "-s", PICTURE, windows=True)
    try:
        canvas = Window("gimp", "frame", "[small]",
                        alive=gimp.check_alive)
        gimp.main.run("Gimp.get_images()[0].select_rectangle("
                      "Gimp.ChannelOps.REPLACE, 5, 6, 30, 20)")
        for task, step, settings in WRITTEN:
            before = state(gimp)
            status = gimp.main.run(
                f"answer = run({task!r}, Gimp.get_images()[0], "
                f"Gimp.RunMode.NONINTERACTIVE, {settings!r})")
            assert status[0] == "success", status
            after = state(gimp)
            assert after != before, task
            canvas.choose_menu("Edit", "Undo " + step)
            canvas.wait(lambda b=before: state(gimp) == b,
                        "one step takes back " + task)
            canvas.choose_menu("Edit", "Redo " + step)
            canvas.wait(lambda a=after: state(gimp) == a, "and forth " + task)
    finally:
        gimp.close()

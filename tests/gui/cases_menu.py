# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole of GIMP, from the menu to the undo step."""

import os

from fixture import PICTURES, case
from gimp import Gimp
from screen import Window, fresh, is_state

PICTURE = os.path.join(PICTURES, "small.png")


def names(gimp):
    return gimp.main.run("""
        answer = [layer.get_name() for image in Gimp.get_images()
                  for layer in image.get_layers()]
    """)


def start(gimp):
    """The windows of the picture and of the filter, when that is done."""
    canvas = Window("gimp", "frame", "[small]", alive=gimp.check_alive)
    canvas.choose_menu("Filters", "Enhance", "Tweedie", "Denoise...")
    dialog = Window("tweedie", alive=gimp.check_alive)
    dialog.wait(lambda: any(fresh(bar).get_description().startswith("Done")
                            for bar in dialog.all("progress")), "Done")
    return canvas, dialog


@case
def from_the_menu(host):
    """Filters > Enhance > Tweedie > Denoise..., Apply, Edit > Undo."""
    gimp = Gimp(host.desktop, host.plug_in, "-s", PICTURE, windows=True)
    try:
        canvas, dialog = start(gimp)
        dialog.press("button", "Apply")
        dialog.wait(lambda: len(names(gimp)) == 2, "there is another layer")
        canvas.choose_menu("Edit", "Undo Denoise")
        canvas.wait(lambda: len(names(gimp)) == 1, "one step takes it away")
    finally:
        gimp.close()


@case
def view_closed_meanwhile(host):
    """File > Close View takes the image from under the dialog."""
    gimp = Gimp(host.desktop, host.plug_in, "-s", PICTURE, windows=True)
    try:
        canvas, dialog = start(gimp)
        canvas.choose_menu("File", "Close View")
        dialog.wait(lambda: "The image was closed meanwhile" in dialog.texts(),
                    "the dialog says so")
        assert not is_state(dialog.find("button", "Apply"), "SENSITIVE")
        assert names(gimp) == []
        dialog.press("button", "Cancel")
        dialog.wait(lambda: not dialog.is_open(), "the dialog is gone")
    finally:
        gimp.close()

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


def entries(canvas, *path):
    """What a menu holds, in its order."""
    menu = canvas.root
    for name in path:
        menu = next(item for item in canvas.all(under=menu, hidden=True)
                    if item.get_name() == name)
    return [menu.get_child_at_index(i).get_name()
            for i in range(fresh(menu).get_child_count())]


@case
def repetition_is_apart_from_the_tasks(host):
    gimp = Gimp(host.desktop, host.plug_in, "-s", PICTURE, windows=True)
    try:
        canvas = Window("gimp", "frame", "[small]", alive=gimp.check_alive)
        path = ("Filters", "Enhance", "Tweedie")
        canvas.wait(lambda: "Upscale..." in entries(canvas, *path), "the menu")
        found = entries(canvas, *path)
        assert found[-1] == "Repeat from Recipe", found
    finally:
        gimp.close()


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


CLOSED = "The image was closed meanwhile: Apply makes a new one."


@case
def view_closed_meanwhile(host):
    """File > Close View takes the image from under the dialog: a new one holds
    the result."""
    gimp = Gimp(host.desktop, host.plug_in, "-s", PICTURE, windows=True)
    try:
        canvas, dialog = start(gimp)
        gimp.main.run("""
            image, = Gimp.get_images()
            first = digest(image.get_layers()[0])
        """)
        canvas.choose_menu("File", "Close View")
        dialog.wait(lambda: CLOSED in dialog.texts(), "the dialog says so")
        assert names(gimp) == []
        dialog.press("button", "Apply")
        dialog.wait(lambda: len(names(gimp)) == 1, "there is another image")
        dialog.wait(lambda: not dialog.is_open(), "the dialog is gone")
        told = gimp.main.run("""
            image, = Gimp.get_images()
            layer, = image.get_layers()
            answer = [image.get_resolution()[1:], layer.get_name(),
                      digest(layer) != first]
        """)
        assert told == [[72, 72], "Denoise (photo), small.png", True], told
        gimp.check_alive()
    finally:
        gimp.close()

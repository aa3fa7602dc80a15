# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing moves under the pointer, and all of it is on the screen."""

import screen
from desktop import Display
from fixture import Dialog, case
from gimp import Gimp


def places(dialog):
    """What people look at and aim at: preview, Stop or Restart, Apply, zoom."""
    stop = dialog.get("button", "Stop") or dialog.get("button", "Restart")
    zoom = next(text for text in dialog.texts() if text.endswith(" %"))
    return {
        "preview": dialog.box(dialog.preview()),
        "stop": dialog.box(stop),
        "apply": dialog.box(dialog.find("button", "Apply")),
        "cancel": dialog.box(dialog.find("button", "Cancel")),
        "zoom in": dialog.box(dialog.find("button", "Zoom in")),
        "view": dialog.box(dialog.find("combo", "View")),
        "zoom": zoom,
    }


class Steady:
    """Compares the places at every state with those of the first."""

    def __init__(self, dialog):
        self.dialog, self.first = dialog, places(dialog)

    def check(self, state):
        now = places(self.dialog)
        assert now == self.first, (state, now, self.first)


@case
def nothing_moves(host):
    """From the start to done, changed, stopped, failed, with Details open."""
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    steady = Steady(dialog)
    dialog.press("toggle", "More")
    steady.check("more")
    dialog.set_number("Detail", 100)
    steady.check("changed")
    dialog.wait_status("Step")
    steady.check("computing")
    dialog.wait_done()
    steady.check("done")
    dialog.press("toggle", "Details")
    dialog.find("label", "Method")
    steady.check("details")
    dialog.press("toggle", "Details")
    dialog.check("Steps: Automatic", False)
    dialog.set_number("Steps", 1000)
    dialog.wait(lambda: "of 2000" in dialog.status(),
                "a thousand steps, and as many of the faithful result")
    dialog.press("button", "Stop")
    dialog.wait_status("Stopped")
    steady.check("stopped")
    dialog.set_text("Method's settings", "nonsense=1")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply waits")
    steady.check("a wrong setting")
    dialog.set_text("Method's settings", "")
    dialog.set_number("Steps", 999)
    dialog.wait(lambda: "of 1998" in dialog.status(), "it computes again")
    dialog.press("button", "Apply")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply is at work")
    steady.check("applying")
    dialog.press("button", "Cancel")
    dialog.cancel()


@case
def nothing_moves_while_painting(host):
    dialog = Dialog(host, "inpaint", "original.png")
    dialog.wait_status("Paint over")
    steady = Steady(dialog)
    x, y = dialog.place(0.4, 0.4)
    screen.drag([(x, y), (x + 15, y + 5), (x + 40, y + 10)])
    dialog.wait(lambda: dialog.can("button", "Undo"), "there is a stroke")
    steady.check("painted")
    dialog.wait_status("Done")
    steady.check("done")
    dialog.press("button", "Clear")
    dialog.wait_status("Paint over")
    steady.check("nothing is painted")
    dialog.cancel()


def check_inside(dialog, width, height):
    for name in ("Apply", "Cancel", "Details", "Stop"):
        button = (dialog.get("button", name) or dialog.get("toggle", name)
                  or dialog.find("button", "Restart"))
        left, top, wide, high = dialog.box(button)
        assert left >= 0 and left + wide <= width, (name, left, wide)
        assert top >= 0 and top + high <= height, (name, top, high)


@case
def small_screens(host):
    """Apply and Cancel are on a laptop's screen, with Details and More open."""
    for width, height in ((1280, 720), (1024, 768)):
        display = Display(f"{width}x{height}")
        gimp = Gimp(host.desktop, host.plug_in)
        try:
            for task in ("denoise", "deblur", "inpaint", "upscale"):
                dialog = Dialog(gimp, task, "small.png", (40, 10, 80, 60))
                dialog.find("button", "Apply")
                check_inside(dialog, width, height)
                dialog.press("toggle", "More")
                if task != "inpaint":
                    dialog.wait_done()
                    dialog.press("toggle", "Details")
                    dialog.find("label", "Method")
                check_inside(dialog, width, height)
                dialog.cancel()
        finally:
            gimp.close()
            display.close()

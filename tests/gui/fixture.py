# SPDX-License-Identifier: GPL-3.0-or-later
"""One dialog at a time, and what cases ask of it."""

import os
import re
import subprocess

import screen
from gimp import HERE
from screen import Window, is_state, title

PICTURES = os.path.join(os.path.dirname(HERE), "quality")
PART = (150, 60, 256, 192)
CASES = []


def case(function):
    """Registers a test."""
    CASES.append(function)
    return function


class Dialog(Window):
    """The dialog of one filter, on a picture of its own."""

    def __init__(self, host, task, picture, part=PART, before="",
                 settings="None"):
        self.host, self.task, self.part = host, task, part
        self.path = os.path.join(PICTURES, picture)
        host.forget()
        host.main.run(f"image = load({self.path!r}, {part!r})")
        if before:
            host.main.run(before)
        self.at_first = host.main.run("answer = describe(image)")
        # The other extension must find it, too.
        self.image = host.main.run("answer = image.get_id()")
        host.main.send(f"""
            answer = run({task!r}, image, Gimp.RunMode.INTERACTIVE, {settings})
        """)
        super().__init__("tweedie", alive=self.check_running)

    def check_running(self):
        """A filter that ended has no dialog."""
        self.host.check_alive()
        if self.host.main.has_answer():
            raise AssertionError(f"ended: {self.host.main.receive()}")

    # --- what is seen ---

    def status(self):
        """The line above the bar."""
        bar = next(self.all("progress"))
        return screen.fresh(bar).get_description()

    def wait_status(self, start):
        """Until the line begins so."""
        self.wait(lambda: self.status().startswith(start),
                  f"status {start!r}, not {self.status()!r}")

    def wait_done(self):
        self.wait_status("Done")

    def preview(self):
        return self.find(None, "Preview")

    def can(self, role, name):
        return is_state(self.find(role, name), "SENSITIVE")

    def place(self, x, y):
        """On the screen, the point (0…1, 0…1) of the preview."""
        left, top, width, height = self.box(self.preview())
        return left + x * width, top + y * height

    def look(self, left, right):
        """The preview's pixels between two parts of its width: bytes R, G, B of
        the middle of its height, row by row."""
        x, y, width, height = self.box(self.preview())
        part = (int(x + left * width), y + height * 2 // 5,
                int((right - left) * width), height // 5)
        crop = "{2}x{3}+{0}+{1}".format(*part)
        shot = subprocess.run(
            [self.host.desktop.grab, "-silent", "-window", "root", "-crop", crop,
             "+repage", "-depth", "8", "rgb:-"], check=True, capture_output=True)
        return part[2], shot.stdout

    # --- how it ends ---

    def finish(self, button):
        """Presses it; status, message and the image afterwards."""
        self.press("button", button)
        return self.end()

    def end(self):
        status, message = self.host.main.receive()
        return status, message, self.host.main.run("answer = describe(image)")

    def cancel(self):
        """Nothing has changed then."""
        status, _message, after = self.finish("Cancel")
        assert status == "cancel", status
        assert after == self.at_first, (self.at_first, after)

    def apply(self):
        status, message, after = self.finish("Apply")
        assert status == "success", (status, message)
        return after

    def expect(self, settings, before=""):
        """What the same request makes of the same picture without a dialog."""
        host = self.host
        host.main.run(f"other = load({self.path!r}, {self.part!r})")
        if before:
            host.main.run(before)
        status = host.main.run(f"""
            answer = run({self.task!r}, other, Gimp.RunMode.NONINTERACTIVE,
                         {settings})
        """)
        assert status[0] == "success", status
        return host.main.run("answer = describe(other)")


def roughness(width, pixels):
    """Mean difference of neighbors in a row: of noise, mostly."""
    row = 3 * width
    total = count = 0
    for start in range(0, len(pixels) - row + 1, row):
        for i in range(start, start + row - 3):
            total += abs(pixels[i] - pixels[i + 3])
            count += 1
    return total / count


def check_names(dialog):
    """Whoever does not see the screen can tell what has the keyboard."""
    for widget in dialog.all():
        if is_state(widget, "FOCUSABLE") and is_state(widget, "SHOWING"):
            role = widget.get_role_name()
            assert title(widget) or role in ("scroll pane", "split pane",
                                             "label"), (role, widget.get_description())


def check_words(dialog):
    """Nothing speaks of keys and names of choices, which only scripts know."""
    raw = re.compile(r"\b[a-z][a-z-]*=|\b(auto|faithful|textured|gaussian|disc|"
                     r"motion|drawable|alpha|network|self|new-[a-z]+|in-place):")
    dialog.press("toggle", "More")
    for widget in dialog.all(hidden=True):
        for text in (title(widget), widget.get_description()):
            assert not raw.search(text or ""), text
    dialog.press("toggle", "More")

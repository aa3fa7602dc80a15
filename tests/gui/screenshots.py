#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every dialog: at the start, while it refines, and done.

screenshots.py EXECUTABLE CATALOGS PHOTO FOLDER [LANGUAGE...]

CATALOGS: where LL/LC_MESSAGES/tweedie.mo are. The pictures are FOLDER/
LANGUAGE-TASK-STATE.png.
"""

import gettext
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import Desktop, end_by_signals, program  # noqa: E402

LOCALES = {"en": "C.UTF-8", "de": "de_DE.UTF-8", "ar": "ar_EG.UTF-8",
           "ja": "ja_JP.UTF-8"}
LINE = "13x1:.5,1,1,1,1,1,1,1,1,1,1,1,.5"
# What happened to the photograph, and settings as GIMP stores them.
TASKS = {
    "denoise": (["-seed", "1", "-attenuate", "2", "+noise", "Gaussian"],
                '(detail "100")'),
    "deblur": (["-define", "convolve:scale=!", "-morphology", "Convolve", LINE],
               '(kernel "motion")(length 13)(angle 0)'),
    "inpaint": ([], ""),
    "upscale": (["-resize", "40%"], ""),
}


def make_locale(folder, name):
    """A locale of the system's sources, for this run only."""
    path = os.path.join(folder, name)
    if name != "C.UTF-8" and not os.path.isdir(path):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["localedef", "--no-archive", "-i", name.split(".")[0],
                        "-f", "UTF-8", path], check=False)
    os.environ["LOCPATH"] = folder


def hold_still(folder):
    """No animations: themes fade what becomes usable, as Details at the end, and a
    picture taken at once would show it gray. For programs that are started later."""
    path = os.path.join(folder, "gtk-3.0")
    os.makedirs(path)
    with open(os.path.join(path, "settings.ini"), "w", encoding="utf-8") as file:
        file.write("[Settings]\ngtk-enable-animations=0\n")
    os.environ["XDG_CONFIG_HOME"] = folder


def start(host, task, picture):
    """Opens the dialog with settings as if they were those of the last time."""
    folder = os.path.join(host.folder, "plug-in-settings")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(
        folder, f"GimpProcedureConfigRun-plug-in-tweedie-{task}.last")
    with open(path, "w", encoding="utf-8") as file:
        file.write(TASKS[task][1])
    host.main.run(f"""
        image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE,
                               Gio.File.new_for_path({picture!r}))
    """)
    host.main.send(f"answer = run({task!r}, image, Gimp.RunMode.INTERACTIVE)")


class Shots:
    """The pictures of one dialog."""

    def __init__(self, desktop, window, stem):
        self.desktop, self.window, self.stem = desktop, window, stem

    def fraction(self):
        bar = next(self.window.all("progress"))
        return bar.get_value_iface().get_current_value()

    def take(self, state):
        box = self.window.box(self.window.root)
        self.desktop.screenshot(f"{self.stem}-{state}.png", box)

    def paint(self, preview):
        import screen
        left, top, width, height = self.window.box(preview)
        points = [(0.3, 0.54), (0.36, 0.54), (0.36, 0.57), (0.3, 0.57),
                  (0.3, 0.6), (0.36, 0.6)]  # a white spot of the bark
        screen.drag([(left + x * width, top + y * height) for x, y in points])

    def take_all(self, preview, paint):
        self.window.wait(lambda: self.window.box(preview)[2] > 1, "it is drawn")
        self.take("start")
        if paint:
            self.paint(preview)
        self.window.wait(lambda: 0.3 < self.fraction(), "it refines")
        self.take("refining")
        self.window.wait(lambda: self.fraction() >= 1, "it is done")
        self.take("done")


def shoot(desktop, host, translate, task, picture, stem):
    from screen import Window
    start(host, task, picture)
    window = Window("tweedie", alive=host.check_alive)
    preview = window.find(None, translate("Preview"))
    Shots(desktop, window, stem).take_all(preview, task == "inpaint")
    buttons = [button for button in window.all("button")]
    buttons[-2].get_action_iface().do_action(0)  # Cancel, before Apply
    host.main.receive()


def main():
    executable, catalogs, photo, folder, *languages = map(str, sys.argv[1:])
    end_by_signals()
    folder = os.path.abspath(folder)
    os.makedirs(folder, exist_ok=True)
    os.environ["TWEEDIE_LOCALE_DIR"] = os.path.abspath(catalogs)
    magick = program("magick-im7.q16", "magick")
    desktop = Desktop()
    try:
        hold_still(desktop.folder)
        from gimp import Gimp
        import screen  # noqa: F401
        for language in languages or LOCALES:
            make_locale(os.path.join(folder, "locale"), LOCALES[language])
            host = Gimp(desktop, os.path.dirname(os.path.abspath(executable)),
                        language=LOCALES[language])
            translate = gettext.translation(
                "tweedie", catalogs, [language], fallback=True).gettext
            for task in TASKS:
                picture = os.path.join(folder, task + ".png")
                subprocess.run([magick, photo, *TASKS[task][0], picture],
                               check=True)
                shoot(desktop, host, translate, task, picture,
                      os.path.join(folder, f"{language}-{task}"))
            host.close()
    finally:
        desktop.close()


if __name__ == "__main__":
    main()

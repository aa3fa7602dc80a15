# SPDX-License-Identifier: GPL-3.0-or-later
"""A prompt is in no file of GIMP."""

import os

from fixture import Dialog, case

PROMPT = "grandmother portrait"


def files_with(folder, words):
    """Names of the files that hold the words."""
    found = []
    for path, _folders, names in os.walk(folder):
        for name in names:
            name = os.path.join(path, name)
            if os.path.isfile(name) and not os.path.islink(name):
                with open(name, "rb") as file:
                    if words.encode() in file.read():
                        found.append(os.path.relpath(name, folder))
    return found


@case
def prompt_is_private(host):
    """Neither what GIMP keeps with the image nor its settings have it."""
    dialog = Dialog(host, "denoise", "noisy.png", (150, 60, 80, 64))
    dialog.set_text("Prompt", PROMPT)
    dialog.wait_done()
    dialog.apply()
    path = os.path.join(host.folder, "private.xcf")
    host.main.run(f"""
        Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image,
                       Gio.File.new_for_path({path!r}), None)
    """)
    assert files_with(host.folder, PROMPT) == []
    assert files_with(host.folder, "tweedie-recipe") == ["private.xcf"]
    os.remove(path)

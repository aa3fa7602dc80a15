# SPDX-License-Identifier: GPL-3.0-or-later
"""Kernels that are pictures, the buttons of all settings, the display's colors."""

import os

from cases_filters import kernel_size
from fixture import PICTURES, Dialog, case
from gimp import Gimp

SMALL = (150, 60, 96, 80)
KERNEL = os.path.join(PICTURES, "motion-kernel.png")  # 33 x 33
# A layer of 5 x 3 in the image that is called {0}, above its picture.
LAYER = """
kernel = Gimp.Layer.new({0}, "kernel", 5, 3, Gimp.ImageType.RGB_IMAGE, 100,
                        Gimp.LayerMode.NORMAL)
{0}.insert_layer(kernel, None, 0)
kernel.fill(Gimp.FillType.WHITE)
"""


@case
def deblur_with_a_kernel_from_a_file(host):
    dialog = Dialog(host, "deblur", "blur.png", SMALL)
    dialog.choose("Blur", "From a file")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "a file is wanted")
    dialog.set_text("Picture file", KERNEL)
    dialog.wait(lambda: kernel_size(dialog) == "33 × 33 px",
                "the kernel of the file is shown")
    image = dialog.apply()
    expected = dialog.expect({"kernel": "file", "kernel-file": KERNEL})
    assert len(image["layers"]) == 2 and image == expected, (image, expected)


@case
def deblur_with_a_kernel_from_a_layer(host):
    dialog = Dialog(host, "deblur", "blur.png", SMALL, LAYER.format("image"),
                    "{'kernel': 'drawable', 'kernel-drawable': kernel}")
    dialog.wait(lambda: kernel_size(dialog) == "5 × 5 px",
                "the kernel of the layer is shown, in a square")
    image = dialog.apply()
    expected = dialog.expect(
        "{'kernel': 'drawable', 'kernel-drawable': kernel}",
        LAYER.format("other"))
    assert len(image["layers"]) == 3 and image == expected, (image, expected)


def settings(dialog):
    return [dialog.number("spin", name) for name in ("Variants", "Strength")]


def change(dialog, samples, strength):
    dialog.set_number("Variants", samples)
    dialog.set_number("Strength", strength)
    dialog.wait(lambda: settings(dialog) == [samples, strength], "they are set")


@case
def settings_are_saved_loaded_and_reset(host):
    dialog = Dialog(host, "denoise", "noisy.png", SMALL,
                    settings="{'strength': 0.8}")
    at_first = settings(dialog)
    assert at_first == [1, 80], at_first
    change(dialog, 2, 50)
    dialog.press("button", "Save Settings")
    change(dialog, 3, 60)
    for buttons, wanted in ((["Load Saved Settings"], [2, 50]),
                            (["Reset", "Reset to Initial Values"], at_first),
                            (["Reset", "Reset to Factory Defaults"], [1, 100])):
        for button in buttons:
            dialog.press("button", button)
        dialog.wait(lambda w=wanted: settings(dialog) == w,
                    f"{buttons[-1]}: {wanted}")
    dialog.cancel()


# An sRGB color, and the same one in numbers of Adobe RGB (1998).
COLOR = "ea8248"
SHOWN = (210, 129, 77)


def is_flat(pixels):
    return pixels == pixels[:3] * (len(pixels) // 3)


def look_at_color(host):
    """What the screen shows of a picture of this color."""
    dialog = Dialog(host, "denoise", "original.png", SMALL, f"""
        Gimp.context_set_foreground(Gegl.Color.new("#{COLOR}"))
        image.get_layers()[0].fill(Gimp.FillType.FOREGROUND)
    """)
    dialog.wait_done()
    dialog.choose("View", "Before")
    dialog.wait(lambda: is_flat(dialog.look(0.4, 0.6)[1]), "nothing is over it")
    shown = dialog.look(0.4, 0.6)[1][:3]
    dialog.cancel()
    return shown


@case
def colors_are_those_of_the_display(host):
    shown = look_at_color(host)
    assert shown.hex() == COLOR, shown.hex()
    path = os.path.join(host.folder, "display.icc")
    host.main.run(f"""
        with open({path!r}, "wb") as file:
            file.write(bytes(Gimp.ColorProfile.new_rgb_adobe().get_icc_profile()))
    """)
    gimp = Gimp(host.desktop, host.plug_in, words=f"""
        (color-management (mode display) (display-profile-from-gdk no)
                          (display-profile "{path}"))
    """)
    try:
        shown = look_at_color(gimp)
        assert max(abs(a - b) for a, b in zip(shown, SHOWN)) <= 1, shown.hex()
    finally:
        gimp.close()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be done is said in a sentence, and nothing is touched."""

import glob
import os
import threading

import numpy as np
from gi.repository import Gimp

from host import (Refused, case, channel, inside, only, put, select,
                  stored)


def untouched(h, word, image, drawables, task="denoise", **arguments):
    """Refused with a sentence that holds the word; the image is as it was."""
    layers = image.get_layers()
    before = [stored(layer) for layer in layers if not layer.is_group()]
    dirty = image.is_dirty()
    arguments = dict({"steps": "2"}, **arguments)
    h.refuses(word, h.call, task, image, drawables, **arguments)
    assert image.get_layers() == layers
    assert image.is_dirty() == dirty
    for layer, pixels in zip((x for x in layers if not x.is_group()), before):
        assert np.all(stored(layer) == pixels)


@case
def indexed(h):
    image = h.image()
    image.convert_indexed(Gimp.ConvertDitherType.NONE,
                          Gimp.ConvertPaletteType.GENERATE, 16, False, False,
                          "")
    untouched(h, "Mode", image, image.get_layers())


@case
def group(h):
    image = h.image()
    it = Gimp.GroupLayer.new(image, "group")
    image.insert_layer(it, None, 0)
    untouched(h, "group", image, [it])


@case
def no_layer_and_several_layers(h):
    image = h.image()
    h.layer(image, np.zeros((8, 8, 3)))
    untouched(h, "one", image, image.get_layers())
    untouched(h, "No layer", image, [])


@case
def locked(h):
    image = h.image()
    layer = image.get_layers()[0]
    layer.set_lock_content(True)
    untouched(h, "locked", image, [layer], output="replace")
    untouched(h, "locked", image, [layer], "upscale", output="in-place")
    # A new layer does not touch this one.
    result = h.run("denoise", image)
    assert not result.layer.get_lock_content() and layer.get_lock_content()


@case
def locked_alpha(h):
    pixels = np.full((64, 64, 4), 255)
    pixels[20:30, 20:30, 3] = 0
    image = h.image(pixels, alpha=True)
    layer = image.get_layers()[0]
    layer.set_lock_alpha(True)
    untouched(h, "alpha", image, [layer], "inpaint", output="replace")


@case
def text_layer(h):
    image = h.image()
    text = Gimp.TextLayer.new(image, "text", Gimp.context_get_font(), 20,
                              Gimp.Unit.pixel())
    image.insert_layer(text, None, 0)
    untouched(h, "text", image, [text])


@case
def floating_selection(h):
    image = h.image()
    layer = image.get_layers()[0]
    select(image, 8, 8, 16, 16)
    Gimp.edit_copy([layer])
    floating = Gimp.edit_paste(layer, True)[0]
    h.refuses("anchor", h.call, "denoise", image, [floating])


@case
def channels(h):
    image = h.image()
    mask = channel(image, inside(image, 8, 8, 9, 9))
    untouched(h, "Layers", image, [mask])
    quick = channel(image, inside(image, 8, 8, 9, 9), "Qmask")
    untouched(h, "Quick Mask", image, [quick])


@case
def selection_elsewhere(h):
    image = h.image()
    layer = h.layer(image, np.full((16, 16, 3), 90), at=(40, 40))
    select(image, 0, 0, 20, 20)
    for task in ("denoise", "deblur", "inpaint"):
        untouched(h, "selection", image, [layer], task)


@case
def empty_masks(h):
    image = h.image()
    layers = image.get_layers()
    untouched(h, "select", image, layers, "inpaint")
    untouched(h, "transparent", image, layers, "inpaint", mask="alpha")
    untouched(h, "mask", image, layers, "inpaint", mask="drawable")
    black = channel(image, inside(image, 0, 0, 0, 0))
    untouched(h, "black", image, layers, "inpaint", mask="drawable",
              mask_drawable=black)


@case
def kernels(h):
    image = h.image()
    layers = image.get_layers()
    untouched(h, "file", image, layers, "deblur", kernel="file")
    untouched(h, "nowhere.png", image, layers, "deblur", kernel="file",
              kernel_file=h.path("nowhere.png"))
    untouched(h, "layer", image, layers, "deblur", kernel="drawable")


@case
def settings_of_the_engine(h):
    image = h.image()
    layers = image.get_layers()
    untouched(h, "nonesuch", image, layers, model="nonesuch")
    untouched(h, "noise", image, layers, noise="7")
    untouched(h, "etta", image, layers, settings="etta=1")
    untouched(h, "KEY=VALUE", image, layers, settings="quickly")
    untouched(h, "prompt", image, layers, settings="'prompt=a castle'")


@case
def too_little_memory(h):
    image = h.image()
    untouched(h, "emory", image, image.get_layers(), memory="1MiB")


class Peak:
    """The most memory that the plug-in's process had, in MiB, while inside."""

    def __enter__(self):
        self.most, self.over = 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def watch(self):
        while not self.over.wait(0.002):
            for name in glob.glob("/proc/[0-9]*/status"):
                try:
                    with open(name) as file:
                        lines = dict(x.split(":", 1) for x in file)
                except OSError:  # it has just ended
                    continue
                if lines["Name"].strip() == "tweedie":
                    high = int(lines.get("VmHWM", "0").split()[0]) / 1024
                    self.most = max(self.most, high)


@case
def memory_is_planned_before_the_copy(h):
    """What is refused is not copied: 3000x2000 take 92 MiB as floats. (A small
    picture takes the plug-in and its libraries; a tile of GIMP is small.)"""
    only("TWEEDIE_TEST_PRELOAD" not in os.environ, "sanitizers take memory")
    most = []
    for width, height in ((64, 48), (3000, 2000)):
        image = h.image(np.full((height, width, 3), 90, np.uint8))
        select(image, 5, 5, 20, 20)
        for task in ("upscale", "inpaint"):
            with Peak() as peak:
                h.refuses("MiB", h.run, task, image, memory="20MiB")
            assert peak.most > 0
            most.append(peak.most)
    assert max(most[2:]) < min(most[:2]) + 46, most


@case
def memory_counts_the_pictures(h):
    """The number in the refusal counts the layer and its result as floats, and
    for inpaint the mask: 16 bytes for each pixel, even where next to nothing is
    to be filled."""
    said = []
    image = h.image(np.full((2000, 3000, 3), 90, np.uint8))
    try:
        h.run("inpaint", image, memory="20MiB")
    except Refused as refused:
        said.append(int(str(refused).split("needs ")[1].split()[0]))
    assert len(said) == 1 and said[0] >= 3 * 6e6 * 16 / 2**20, said


@case
def not_a_number_in_the_picture(h):
    image = h.image(precision="FLOAT_NON_LINEAR")
    layer = image.get_layers()[0]
    pixels = np.full((64, 80, 3), 0.5, np.float32)
    pixels[7, 9] = np.nan
    put(layer, pixels, "R'G'B'")
    h.refuses("not a number", h.run, "denoise", image)

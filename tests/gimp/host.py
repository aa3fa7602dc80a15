# SPDX-License-Identifier: GPL-3.0-or-later
"""Images of GIMP as arrays, and the plug-in's procedures as functions."""

import configparser
import os
import shutil
import subprocess
import tempfile

import gi
import numpy as np
from PIL import Image as File

gi.require_version("Gimp", "3.0")
gi.require_version("Gegl", "0.4")
from gi.repository import Gegl, Gimp, Gio  # noqa: E402

CASES = []
# One evaluation of the network where the task allows it.
FAST = {"noise": "0.05", "steps": "2"}
WIDTH, HEIGHT = 80, 64  # of most pictures


def case(function):
    """A test: its name is its TAP line, its argument a fresh Host."""
    CASES.append(function)
    return function


class Skip(Exception):
    pass


def only(condition, reason):
    """Skips the running case unless the condition holds."""
    if not condition:
        raise Skip(reason)


class Refused(Exception):
    """The sentence that a procedure said instead of working."""


class Result:
    def __init__(self, values):
        self.image, self.layer, self.consistency = (
            values.index(i) for i in (1, 2, 3))


def area_of(drawable):
    return Gegl.Rectangle.new(0, 0, drawable.get_width(),
                              drawable.get_height())


def stored(drawable):
    """The bytes as they are stored: (height, width, bytes of a pixel)."""
    data = bytes(drawable.get_buffer().get(area_of(drawable), 1.0, None,
                                           Gegl.AbyssPolicy.NONE))
    return np.frombuffer(data, np.uint8).reshape(
        drawable.get_height(), drawable.get_width(), -1)


def as_stored(drawable):
    """The samples of a 32-bit floating point drawable."""
    height, width = drawable.get_height(), drawable.get_width()
    return stored(drawable).view(np.float32).reshape(height, width, -1)


def values(drawable, model="R'G'B'A"):
    """float32 samples in a model, in sRGB."""
    data = bytes(drawable.get_buffer().get(area_of(drawable), 1.0,
                                           model + " float",
                                           Gegl.AbyssPolicy.NONE))
    return np.frombuffer(data, np.float32).reshape(
        drawable.get_height(), drawable.get_width(), -1)


def put(drawable, pixels, model):
    """float samples into a drawable."""
    buffer = drawable.get_buffer()
    buffer.set(area_of(drawable), model + " float",
               np.ascontiguousarray(pixels, np.float32).tobytes())
    buffer.flush()
    drawable.update(0, 0, drawable.get_width(), drawable.get_height())


def photo(width=WIDTH, height=HEIGHT, left=200, top=220):
    """A piece of a photograph, 8 bits, R, G, B."""
    name = os.path.join(os.environ["TWEEDIE_TEST_PHOTOS"], "castle.jpg")
    with File.open(name) as file:
        return np.asarray(file.convert("RGB"))[top:top + height,
                                               left:left + width]


def recipe(layer):
    parasite = layer.get_parasite("tweedie-recipe")
    assert parasite, layer.get_name()
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(bytes(parasite.get_data()).decode())
    return parser


class Host:
    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="tweedie-test-")
        self.images = []

    def close(self):
        for image in self.images:
            if image.is_valid():
                image.delete()
        shutil.rmtree(self.dir)

    def path(self, name):
        return os.path.join(self.dir, name)

    # --- images ---

    def image(self, pixels=None, precision="U8_NON_LINEAR", gray=False,
              alpha=False, profile=None):
        """An image with one layer; pixels: 0...255, R, G, B or R, G, B, A."""
        pixels = photo() if pixels is None else np.asarray(pixels)
        height, width = pixels.shape[:2]
        kind = Gimp.ImageBaseType.GRAY if gray else Gimp.ImageBaseType.RGB
        image = Gimp.Image.new_with_precision(
            width, height, kind, getattr(Gimp.Precision, precision))
        self.images.append(image)
        if profile:
            assert image.set_color_profile(profile)
        self.layer(image, pixels, gray, alpha)
        return image

    def layer(self, image, pixels, gray=False, alpha=False, name="photo",
              at=(0, 0)):
        height, width, channels = pixels.shape
        kind = ("GRAY" if gray else "RGB") + ("A_IMAGE" if alpha else "_IMAGE")
        layer = Gimp.Layer.new(image, name, width, height,
                               getattr(Gimp.ImageType, kind), 100,
                               Gimp.LayerMode.NORMAL)
        image.insert_layer(layer, None, 0)
        layer.set_offsets(*at)
        put(layer, pixels / 255.0, "R'G'B'A" if channels == 4 else "R'G'B'")
        return layer

    def load(self, name):
        image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE,
                               Gio.File.new_for_path(self.path(name)))
        self.images.append(image)
        return image

    def save(self, image, name):
        assert Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image,
                              Gio.File.new_for_path(self.path(name)), None)
        return self.path(name)

    # --- procedures ---

    def call(self, task, image, drawables, **arguments):
        """plug-in-tweedie-TASK; "keep_prompt" is the argument keep-prompt."""
        procedure = Gimp.get_pdb().lookup_procedure("plug-in-tweedie-" + task)
        config = procedure.create_config()
        config.set_property("image", image)
        config.set_core_object_array("drawables", drawables)
        for key, value in arguments.items():
            key = key.replace("_", "-")
            config.set_property(key, value)
            # A value that is out of range would be dropped silently.
            assert config.get_property(key) == value, (key, value)
        result = procedure.run(config)
        if result.index(0) != Gimp.PDBStatusType.SUCCESS:
            raise Refused(result.index(1) if result.length() > 1 else "")
        result = Result(result)
        if result.image not in self.images:
            self.images.append(result.image)
        return result

    def run(self, task, image, **arguments):
        """On the layer at the bottom, fast."""
        return self.call(task, image, [image.get_layers()[-1]],
                         **dict(FAST, **arguments))

    def refuses(self, word, function, *arguments, **keywords):
        """A call that fails with a sentence that holds the word."""
        try:
            function(*arguments, **keywords)
        except Refused as refused:
            assert word in str(refused), (word, str(refused))
        else:
            raise AssertionError("not refused: " + word)

    def magick(self, *arguments):
        """ImageMagick with the module of this build."""
        program = os.environ.get("TWEEDIE_TEST_MAGICK")
        only(program, "no ImageMagick")
        subprocess.run([program] + list(arguments), cwd=self.dir, check=True)


def channel(image, mask, name="mask"):
    """A saved channel that is white where the array is True."""
    it = Gimp.Channel.new(image, name, image.get_width(), image.get_height(),
                          50, Gegl.Color.new("red"))
    image.insert_channel(it, None, 0)
    it.get_buffer().set(area_of(it), "Y u8",
                        (255 * mask).astype(np.uint8).tobytes())
    it.update(0, 0, it.get_width(), it.get_height())
    return it


def select(image, left, top, width, height, feather=0):
    image.select_rectangle(Gimp.ChannelOps.REPLACE, left, top, width, height)
    if feather:
        Gimp.Selection.feather(image, feather)


def inside(image, left, top, width, height):
    """True in a rectangle."""
    mask = np.zeros((image.get_height(), image.get_width()), bool)
    mask[top:top + height, left:left + width] = True
    return mask

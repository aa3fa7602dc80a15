# SPDX-License-Identifier: GPL-3.0-or-later
# What tests can use inside GIMP: read by its extensions, see gimp.py.
import hashlib
from gi.repository import Gegl, Gimp, Gio

FORMAT = "R'G'B'A u8"


def load(path, box):
    """The part (left, top, width, height) of a picture, as an image."""
    image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE,
                           Gio.File.new_for_path(path))
    left, top, width, height = box
    image.crop(width, height, left, top)
    return image


def pixels(drawable):
    buffer = drawable.get_buffer()
    return buffer.get(Gegl.Rectangle.new(0, 0, drawable.get_width(),
                                         drawable.get_height()),
                      1.0, FORMAT, Gegl.AbyssPolicy.NONE)


def digest(drawable):
    return hashlib.sha256(pixels(drawable)).hexdigest()


def describe(image):
    """Everything that a filter may have changed."""
    return {
        "size": [image.get_width(), image.get_height()],
        "layers": [[layer.get_name(), layer.get_width(), layer.get_height(),
                    digest(layer)] for layer in image.get_layers()],
        "channels": [channel.get_name() for channel in image.get_channels()],
    }


def run(task, image, mode, settings=None):
    """The status and what the procedure says."""
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-tweedie-" + task)
    config = procedure.create_config()
    config.set_property("run-mode", mode)
    config.set_property("image", image)
    config.set_core_object_array("drawables", image.get_layers()[-1:])
    for key, value in (settings or {}).items():
        config.set_property(key, value)
    values = procedure.run(config)
    status = values.index(0)
    if status in (Gimp.PDBStatusType.SUCCESS, Gimp.PDBStatusType.CANCEL):
        return [status.value_nick, ""]
    return [status.value_nick, Gimp.get_pdb().get_last_error()]

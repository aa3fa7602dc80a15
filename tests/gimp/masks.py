# SPDX-License-Identifier: GPL-3.0-or-later
"""What inpaint restores, by where its mask comes from."""

import numpy as np
from gi.repository import Gimp

from host import (HEIGHT, WIDTH, case, channel, inside, photo, put, select, stored,
                  values)


def changed_by(h, image, layer=None, **arguments):
    """Where inpaint changed the layer."""
    layer = layer or image.get_layers()[-1]
    before = stored(layer)
    h.call("inpaint", image, [layer], output="replace", steps="2",
           **arguments)
    return np.any(stored(layer) != before, 2)


def is_hole(changed, hole):
    """Changed in nearly all of the hole and nowhere else."""
    assert not np.any(changed & ~hole), np.argwhere(changed & ~hole)[:3]
    assert np.mean(changed[hole]) > 0.9, np.mean(changed[hole])


@case
def selection(h):
    image = h.image()
    select(image, 20, 16, 12, 9)
    is_hole(changed_by(h, image), inside(image, 20, 16, 12, 9))


@case
def layer_that_is_not_at_the_origin(h):
    image = h.image(photo(120, 100))
    layer = h.layer(image, photo(), at=(30, 25))
    select(image, 40, 40, 12, 9)
    want = np.zeros((HEIGHT, WIDTH), bool)
    want[15:24, 10:22] = True
    is_hole(changed_by(h, image, layer), want)


@case
def channels_of_all_curves(h):
    for precision in ("U8_NON_LINEAR", "U8_LINEAR", "FLOAT_NON_LINEAR"):
        image = h.image(precision=precision)
        hole = inside(image, 30, 20, 10, 10)
        mask = channel(image, hole)
        is_hole(changed_by(h, image, mask="drawable", mask_drawable=mask),
                hole)


@case
def layer_as_mask(h):
    image = h.image()
    mask = h.layer(image, np.full((10, 14, 3), 255), name="mask", at=(30, 20))
    is_hole(changed_by(h, image, mask="drawable", mask_drawable=mask),
            inside(image, 30, 20, 14, 10))


@case
def grown(h):
    image = h.image()
    select(image, 30, 20, 10, 10)
    changed = changed_by(h, image, grow=3)
    rows, columns = np.nonzero(changed)
    assert (rows.min(), rows.max()) == (17, 32)
    assert (columns.min(), columns.max()) == (27, 42)


@case
def channel_in_its_own_curve(h):
    """What is stored as 0.4 covers 0.4, whatever the curve of the channel."""
    for precision, curve in (("U8_NON_LINEAR", "Y'"), ("U8_LINEAR", "Y"),
                             ("U16_NON_LINEAR", "Y")):
        image = h.image(precision=precision)
        hole = inside(image, 30, 20, 10, 10)
        mask = channel(image, hole)
        put(mask, 0.4 * hole, curve)
        result = h.run("inpaint", image, mask="drawable", mask_drawable=mask)
        got = values(result.layer.get_mask(), "Y")[25, 35, 0]
        assert abs(got - 0.4) < 0.003, (precision, got)


@case
def soft_edges_mix(h):
    """What a soft mask replaces is the layer below its new one, mixed."""
    image = h.image(precision="FLOAT_NON_LINEAR")
    layer = image.get_layers()[0]
    before = values(layer, "R'G'B'")
    select(image, 32, 24, 16, 16)
    arguments = {"grow": 4, "feather": 6.0}
    result = h.run("inpaint", image, **arguments)
    new = values(result.layer, "R'G'B'")
    weight = values(result.layer.get_mask(), "Y")
    assert np.any((weight > 0.1) & (weight < 0.9))
    h.run("inpaint", image, output="replace", **arguments)
    want = before + weight * (new - before)
    assert np.max(np.abs(values(layer, "R'G'B'") - want)) < 1e-5


def with_hole():
    alpha = np.full((HEIGHT, WIDTH, 1), 255)
    alpha[20:28, 30:44] = 0
    return np.concatenate([photo(), alpha], 2)


@case
def transparent_pixels_are_filled(h):
    for source in ("auto", "alpha"):
        image = h.image(with_hole(), alpha=True)
        layer = image.get_layers()[0]
        is_hole(changed_by(h, image, mask=source),
                inside(image, 30, 20, 14, 8))
        assert np.all(values(layer)[..., 3] == 1)
        assert np.std(values(layer)[20:28, 30:44, 0]) > 0


@case
def transparent_pixels_stay_in_a_selection(h):
    image = h.image(with_hole(), alpha=True)
    select(image, 20, 16, 40, 20)
    changed = changed_by(h, image)
    alpha = values(image.get_layers()[0])[..., 3]
    assert np.any(changed)
    assert np.all((alpha == 0) == inside(image, 30, 20, 14, 8))


@case
def selection_goes_before_transparency(h):
    image = h.image(with_hole(), alpha=True)
    select(image, 4, 4, 10, 10)
    is_hole(changed_by(h, image), inside(image, 4, 4, 10, 10))


@case
def quick_mask_is_the_mask(h):
    image = h.image()
    layer = image.get_layers()[0]
    hole = inside(image, 30, 20, 10, 10)
    quick = channel(image, hole, "Qmask")
    image.set_selected_channels([quick])
    before = stored(layer)
    h.call("inpaint", image, [quick], output="replace", steps="2")
    is_hole(np.any(stored(layer) != before, 2), hole)


@case
def mask_that_is_edited_is_not_the_picture(h):
    image = h.image()
    layer = image.get_layers()[0]
    mask = layer.create_mask(Gimp.AddMaskType.WHITE)
    layer.add_mask(mask)
    before = stored(layer)
    h.call("denoise", image, [mask], output="replace", noise="0.05")
    assert np.any(stored(layer) != before)
    assert np.all(stored(mask) == 255)


@case
def kernel_of_a_layer_and_of_a_file(h):
    """A picture of the Gaussian gives what kernel=gaussian gives."""
    axis = np.arange(-6, 7)
    line = np.exp(-axis ** 2 / (2 * 1.5 ** 2))
    kernel = np.repeat(np.outer(line, line)[..., None] * 255, 3, 2)
    image = h.image(precision="FLOAT_NON_LINEAR")
    layer = h.layer(image, kernel, name="kernel")
    other = h.image(kernel, "U16_NON_LINEAR")
    h.save(other, "kernel.png")
    results = [
        h.run("deblur", image, kernel="gaussian", sigma=1.5),
        h.run("deblur", image, kernel="drawable", kernel_drawable=layer),
        h.run("deblur", image, kernel="file",
              kernel_file=h.path("kernel.png"))]
    a, b, c = (values(r.layer)[..., :3] for r in results)
    assert np.max(np.abs(a - b)) < 0.02 and np.max(np.abs(b - c)) < 0.002
    assert np.max(np.abs(a - values(image.get_layers()[-1])[..., :3])) > 0.05

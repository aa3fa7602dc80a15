# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written, and what stays bit for bit."""

import numpy as np
from gi.repository import Gimp

from host import (HEIGHT, WIDTH, as_stored, case, inside, photo, select,
                  stored, values)

PRECISIONS = [kind + curve for kind in ("U8", "U16", "U32", "HALF", "FLOAT",
                                        "DOUBLE")
              for curve in ("_NON_LINEAR", "_LINEAR")]


def with_alpha(pixels):
    """Transparent on the left, half so below."""
    alpha = np.full(pixels.shape[:2] + (1,), 255)
    alpha[:, :20] = 0
    alpha[-20:] = 100
    return np.concatenate([pixels, alpha], 2)


def stays_outside(h, task, image, **arguments):
    """Replaces the pixels of a rectangle only, and keeps alpha."""
    layer = image.get_layers()[0]
    before, alpha = stored(layer), values(layer)[..., 3]
    select(image, 32, 16, 32, 24)
    result = h.run(task, image, output="replace", **arguments)
    assert result.layer == layer
    changed = np.any(stored(layer) != before, 2)
    rectangle = inside(image, 32, 16, 32, 24)
    name = image.get_precision().value_name
    assert not np.any(changed & ~rectangle), name
    assert np.mean(changed[rectangle]) > 0.5, (name, changed.mean())
    assert np.all(values(layer)[..., 3] == alpha), name


@case
def precisions(h):
    for precision in PRECISIONS:
        stays_outside(h, "denoise", h.image(precision=precision))


@case
def precisions_with_alpha(h):
    pixels = with_alpha(photo())
    for precision in PRECISIONS[::3] + ["DOUBLE_LINEAR"]:
        image = h.image(pixels, precision=precision, alpha=True)
        stays_outside(h, "inpaint", image)


@case
def gray(h):
    pixels = with_alpha(photo())
    for number, precision in enumerate(PRECISIONS):
        alpha = (number + number // 2) % 2 == 1
        image = h.image(pixels if alpha else photo(), precision, gray=True,
                        alpha=alpha)
        stays_outside(h, "denoise", image)


@case
def profiles(h):
    for precision in ("U8_NON_LINEAR", "U16_LINEAR", "U32_NON_LINEAR",
                      "FLOAT_NON_LINEAR"):
        for profile in (Gimp.ColorProfile.new_rgb_adobe(),
                        Gimp.ColorProfile.new_rgb_srgb_linear()):
            image = h.image(precision=precision, profile=profile)
            stays_outside(h, "denoise", image)
    image = h.image(gray=True,
                    profile=Gimp.ColorProfile.new_d50_gray_lab_trc())
    stays_outside(h, "denoise", image)


@case
def curve_of_the_image_does_not_matter(h):
    """Linear or not, and whatever the precision: the same picture to the
    engine, so the same result but for the rounding to 8 bits."""
    results = []
    for precision in ("FLOAT_NON_LINEAR", "FLOAT_LINEAR", "U16_NON_LINEAR"):
        image = h.image(precision=precision)
        result = h.run("denoise", image, output="new-layer")
        results.append(values(result.layer))
    for other in results[1:]:
        assert np.max(np.abs(other - results[0])) < 1e-3


@case
def wide_colors_are_not_cut_off(h):
    """A green that sRGB has no place for."""
    green = np.zeros((HEIGHT, WIDTH, 3))
    green[..., 1] = 230
    image = h.image(green, "FLOAT_NON_LINEAR")
    image.set_color_profile(Gimp.ColorProfile.new_rgb_adobe())
    layer = image.get_layers()[0]
    assert np.min(values(layer)) < -0.1
    result = h.run("denoise", image, noise="0.01")
    error = as_stored(result.layer)[..., :3] - as_stored(layer)
    assert np.max(np.abs(error)) < 0.03


@case
def values_above_white_are_denoised_and_kept(h):
    noise = np.random.default_rng(1).normal(0, 25, (HEIGHT, WIDTH, 3))
    for precision in "FLOAT_NON_LINEAR", "FLOAT_LINEAR":
        image = h.image(3.0 * photo() + noise, precision)
        layer = image.get_layers()[0]
        result = h.run("denoise", image, noise="25/255")
        after = values(result.layer)[..., :3]
        truth = 3.0 * photo() / 255.0
        bright = truth > 1.2
        assert np.mean(bright) > 0.05, np.mean(bright)
        error = (after - truth)[bright]
        assert abs(np.mean(error)) < 0.03 and np.std(error) < 0.08, (
            precision, np.mean(error), np.std(error))
        same = h.run("denoise", image, noise="25/255", strength=0.0)
        assert np.array_equal(stored(same.layer)[..., :3],
                              stored(layer)[..., :3]), precision


@case
def feathered_selection_blends(h):
    image = h.image(precision="FLOAT_NON_LINEAR")
    layer = image.get_layers()[0]
    before = values(layer)[..., :3]
    whole = h.run("denoise", image, output="new-image")
    full = values(whole.layer)[..., :3]
    select(image, 24, 16, 40, 32, feather=10)
    weight = values(image.get_selection(), "Y")[..., :1]
    h.run("denoise", image, output="replace")
    # Eight bits of the selection; the area around it is the same picture.
    want = before + weight * (full - before)
    assert np.max(np.abs(values(layer)[..., :3] - want)) < 0.004


def check_magick(h, image, words, task, **arguments):
    """Restores the image, as a PNG file, in both programs."""
    h.save(image, "in.png")
    image = h.load("in.png")
    result = h.run(task, image, output="new-image", **arguments)
    h.save(result.image, "gimp.png")
    h.magick("in.png", "-process", "tweedie " + words, "magick.png")
    pixels = []
    for name in ("gimp", "magick"):
        h.magick(name + ".png", "-depth", "16", name + ".rgba")
        with open(h.path(name + ".rgba"), "rb") as file:
            pixels.append(np.frombuffer(file.read(), ">u2").astype(int))
    difference = np.abs(pixels[0] - pixels[1])
    assert np.all(difference == 0), (words, difference.max(),
                                     np.mean(difference > 0))


@case
def same_bytes_as_magick(h):
    common = " noise=0.05 steps=2"
    for precision in ("U8_NON_LINEAR", "U16_NON_LINEAR"):
        image = h.image(precision=precision)
        check_magick(h, image, "denoise" + common, "denoise")
        check_magick(h, image, "deblur sigma=1.2" + common, "deblur",
                     sigma=1.2)
        check_magick(h, image, "upscale scale=1.5" + common, "upscale",
                     scale=1.5)
        check_magick(h, image, "denoise style=textured seed=3" + common,
                     "denoise", style="textured", seed=3.0)
        image = h.image(precision=precision, gray=True)
        check_magick(h, image, "denoise" + common, "denoise")


@case
def same_holes_as_magick(h):
    for precision in ("U8_NON_LINEAR", "U16_NON_LINEAR"):
        image = h.image(with_alpha(photo()), precision, alpha=True)
        check_magick(h, image, "inpaint mask=alpha noise=0.05 steps=2",
                     "inpaint")

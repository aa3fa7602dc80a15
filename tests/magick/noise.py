# SPDX-License-Identifier: GPL-3.0-or-later
"""noise=auto in pictures as people have them; over eight photographs and more ISO
values, says tests/quality/camera."""

import os
import sys

import numpy as np

from host import case, psnr

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../quality"))
import sensor  # noqa: E402


def save(h, name, x, quality, *options):
    """An array of 0...255 as a JPEG file."""
    h.write("x.pam", 257 * x)
    h.ok("x.pam", *options, "-quality", str(quality), name)


def denoised(h, name):
    """The result, and the noise that was found, of 255, without that of the JPEG."""
    result = h.tweedie(name, "denoise jpeg=no")
    return result, 255 * float(h.says("out.png", "%[tweedie:noise]"))


@case
def noise_of_a_camera_is_found(h):
    """Demosaicing and JPEG have emptied the finest band: before it was measured at
    all scales, a fifth was found. The strengths are those of the noise alone, by
    models/noise/scenes.py."""
    for name, at, strength in (("castle", "+200+220", 11.0),
                               ("rockpool", "+160+160", 11.4)):
        h.photo(name, 192, 192, at)
        clean, noisy = sensor.photographed(h.read(name + ".png") / 257, 1600,
                                           np.random.default_rng(1))
        save(h, "shot.jpg", noisy, 92, "-sampling-factor", "4:2:0")
        save(h, "clean.jpg", clean, 100, "-sampling-factor", "4:2:0")
        truth, before = h.read("clean.jpg"), h.read("shot.jpg")
        result, found = denoised(h, "shot.jpg")
        assert 0.7 < found / strength < 1.4, (name, found)
        assert psnr(result, truth) > psnr(before, truth) + 2, name


@case
def white_noise_is_found_in_a_jpeg(h):
    h.photo("oxpecker", 192, 192, "+128+128")
    save(h, "y.jpg", h.noisy(h.read("oxpecker.png"), 20 / 255) / 257, 90)
    found = denoised(h, "y.jpg")[1]
    assert 18 < found < 23, found


@case
def texture_is_not_noise(h):
    """A clean photograph of quality 92 comes back as it is."""
    for name, at in ("speaker", "+200+200"), ("castle", "+128+128"):
        h.photo(name, 256, 256, at)
        save(h, "y.jpg", h.read(name + ".png") / 257, 92,
             "-sampling-factor", "4:2:0")
        result, found = denoised(h, "y.jpg")
        assert found < 1, (name, found)
        assert psnr(result, h.read("y.jpg")) > 42, name

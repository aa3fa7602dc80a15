# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simple camera makes of a scene: photons on a Bayer mosaic, demosaicing,
white balance, color matrix, curve, JPEG. Its noise is what photographs have:
stronger in the dark and in color, and alike in neighboring pixels."""
import io

import numpy as np
from PIL import Image

# Electrons of a green pixel at white with ISO 100, and of the noise of reading.
WELL, READ = 20000, 4
# What red, green and blue of the sensor are multiplied by under daylight.
BALANCE = np.array([2.0, 1.0, 1.6])
# From the sensor's colors to those of sRGB; the rows add up to 1, so gray stays.
MATRIX = np.array([[1.70, -0.55, -0.15], [-0.22, 1.55, -0.33], [0.02, -0.50, 1.48]])
# Of lens and low-pass filter; without them a mosaic shows moire.
LENS = np.outer([1, 2, 1], [1, 2, 1]) / 16


def linear(x):
    """From sRGB, 0...255, to light, 0...1."""
    x = x / 255
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


def srgb(x):
    x = np.clip(x, 0, 1)
    return 255 * np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)


def jpeg(x, quality, chroma='4:2:0'):
    """x after saving and reading."""
    file = io.BytesIO()
    Image.fromarray(np.rint(np.clip(x, 0, 255)).astype(np.uint8)).save(
        file, 'jpeg', quality=quality, subsampling=chroma)
    return np.asarray(Image.open(file)).astype(float)


def convolved(x, kernel):
    """2-D, the borders mirrored about the outer pixels, so that the mosaic's colors
    stay where they are."""
    r = kernel.shape[0] // 2
    p = np.pad(x, r, 'reflect')
    h, w = x.shape
    return sum(kernel[j, i] * p[j:j + h, i:i + w]
               for j in range(2 * r + 1) for i in range(2 * r + 1) if kernel[j, i])


# Malvar, He and Cutler 2004, "High-quality linear interpolation for demosaicing of
# Bayer-patterned color images", figure 2; in eighths.
CROSS = np.array([[0, 0, -1, 0, 0], [0, 0, 2, 0, 0], [-1, 2, 4, 2, -1],
                  [0, 0, 2, 0, 0], [0, 0, -1, 0, 0]]) / 8
ROW = np.array([[0, 0, .5, 0, 0], [0, -1, 0, -1, 0], [-1, 4, 5, 4, -1],
                [0, -1, 0, -1, 0], [0, 0, .5, 0, 0]]) / 8
CORNERS = np.array([[0, 0, -1.5, 0, 0], [0, 2, 0, 2, 0], [-1.5, 0, 6, 0, -1.5],
                    [0, 2, 0, 2, 0], [0, 0, -1.5, 0, 0]]) / 8


def demosaiced(m):
    """Rows of red and green, green and blue."""
    cross, row = convolved(m, CROSS), convolved(m, ROW)
    column, corners = convolved(m, ROW.T), convolved(m, CORNERS)
    out = np.repeat(m[..., None], 3, 2)
    out[::2, ::2, 1] = cross[::2, ::2]
    out[1::2, 1::2, 1] = cross[1::2, 1::2]
    for c, (j, i) in ((0, (0, 0)), (2, (1, 1))):
        out[j::2, 1 - i::2, c] = row[j::2, 1 - i::2]
        out[1 - j::2, i::2, c] = column[1 - j::2, i::2]
        out[1 - j::2, 1 - i::2, c] = corners[1 - j::2, 1 - i::2]
    return out


def developed(mosaic):
    """From a mosaic, 0...1, to sRGB, 0...255."""
    balance = mosaic.copy()
    balance[::2, ::2] *= BALANCE[0]
    balance[1::2, 1::2] *= BALANCE[2]
    return srgb(np.clip(demosaiced(balance), 0, 1) @ MATRIX.T)


def photographed(x, iso, rng, well=WELL):
    """A scene as an sRGB picture, photographed: what the mean of many shots shows,
    and one shot; 0...255, before JPEG."""
    h, w = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    light = linear(x[:h, :w])
    light = np.stack([convolved(light[..., c], LENS) for c in range(3)], -1)
    sensor = np.clip(light @ np.linalg.inv(MATRIX).T, 0, 1) / BALANCE
    mosaic = sensor[..., 1].copy()
    mosaic[::2, ::2] = sensor[::2, ::2, 0]
    mosaic[1::2, 1::2] = sensor[1::2, 1::2, 2]
    electrons = well * 100 / iso
    shot = rng.poisson(mosaic * electrons) + rng.normal(0, READ, mosaic.shape)
    return developed(mosaic), developed(shot / electrons)

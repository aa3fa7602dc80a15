# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of known noise to learn from: photographs made small, so that their own
noise is gone, seen by simulated cameras."""
import csv
import functools
import os
import sys

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../../tests/quality'))
import sensor  # noqa: E402
from features import CHANNELS, energies, tiles  # noqa: E402

# Those of tests/quality/photos.
MEASURED = ('Ross_Jones_Rockpool_(Sydney)_by_Chris_Carignan', 'PrimulaRed',
            'Speaker_Weave_by_Phil_Jackson', 'Backyard_Mushrooms_by_Kurt_Zitzelman',
            'P1310728_by_Ferran_Reyes', 'Nagoya_Castle', 'oxpecker', 'porcupine')


def photographs(data):
    """Files of at least 1,000 pixels."""
    with open(os.path.join(data, 'manifest.tsv')) as f:
        files = [r['file'] for r in csv.DictReader(f, delimiter='\t')]
    paths = [os.path.join(data, 'photos', p) for p in files
             if os.path.splitext(os.path.basename(p))[0] not in MEASURED]
    return [p for p in paths if max(Image.open(p).size) >= 1000]


@functools.cache
def half(path):
    """The photograph at half its size."""
    im = Image.open(path)
    im.draft('RGB', [s // 2 for s in im.size])
    return im.convert('RGB')


def scene(path, rng):
    """A crop of the photograph at 1/2.5 to a fifth of its size: 96 to 384 pixels, or
    as far as it goes. Half of them where there is least that is flat, of eight
    places: what is clean there is easily taken for noise."""
    im = half(path)
    shrink = rng.uniform(1.25, 2.5)
    side = np.exp(rng.uniform(np.log(96), np.log(384)))
    box = [min(side * shrink, s) for s in im.size]
    size = [max(round(b / shrink), 96) for b in box]
    places = []
    for _ in range(8 if rng.random() < 0.5 else 1):
        left, top = (rng.uniform(0, s - b) for s, b in zip(im.size, box))
        places.append((left, top, left + box[0], top + box[1]))
    place = max(places, key=lambda p: busy(im, p)) if len(places) > 1 else places[0]
    x = np.asarray(im.resize(size, Image.LANCZOS, place), float)
    return x[:, ::-1] if rng.random() < 0.5 else x


def busy(im, place):
    """How much there is to see in all but a tenth of the blocks of a place."""
    x = np.asarray(im.resize((96, 96), Image.NEAREST, place).convert('L'), float)
    return np.quantile(x.reshape(12, 8, 12, 8).std((1, 3)), 0.1)


def camera(x, rng):
    """One camera, at random: (what it shows without noise, with noise)."""
    matrix = sensor.MATRIX.copy()
    sensor.MATRIX = np.eye(3) + rng.uniform(0.2, 1.2) * (matrix - np.eye(3))
    try:
        iso = np.exp(rng.uniform(np.log(25), np.log(12800)))
        clean, noisy = sensor.photographed(x, iso, rng)
    finally:
        sensor.MATRIX = matrix
    if rng.random() < 0.4:  # a smoothing or sharpening camera
        amount = rng.uniform(-0.6, 0.9)

        def filtered(x):
            soft = np.stack([sensor.convolved(x[..., c], sensor.LENS)
                             for c in range(3)], -1)
            return np.clip(x + amount * (soft - x), 0, 255)
        clean, noisy = filtered(clean), filtered(noisy)
    if rng.random() < 0.25:  # made smaller afterwards
        shrink = rng.uniform(1.2, 2)

        def small(x):
            size = int(x.shape[1] / shrink), int(x.shape[0] / shrink)
            im = Image.fromarray(np.rint(np.clip(x, 0, 255)).astype(np.uint8))
            return np.asarray(im.resize(size, Image.BICUBIC), float)
        clean, noisy = small(clean), small(noisy)
    return clean, noisy


def white(x, rng):
    level = np.exp(rng.uniform(np.log(1), np.log(60)))
    return x, np.clip(x + rng.normal(0, level, x.shape), 0, 255)


def rgb(path):
    return np.asarray(Image.open(path).convert('RGB')).astype(float)


def gray(x):
    return np.repeat(x @ [[0.299], [0.587], [0.114]], 3, 2)


def saved(x, quality, chroma):
    return sensor.jpeg(x, quality, chroma) if quality else np.rint(np.clip(x, 0, 255))


def strength(noise):
    """How strong noise is in each channel of features.py, standard deviations."""
    found, _ = energies(tiles(noise + 127))
    return np.sqrt(np.concatenate([e.mean((0, 1)).ravel() for e in found]))


def example(path, rng):
    """(picture, strength of its noise)."""
    x = scene(path, rng)
    kind = rng.choice(['camera', 'white', 'clean'], p=[0.55, 0.1, 0.35])
    quality = int(rng.integers(70, 101)) if rng.random() < 0.8 else 0
    chroma = rng.choice(['4:2:0', '4:4:4'], p=[0.7, 0.3])
    if kind == 'clean':
        if rng.random() < 0.3:
            x = camera(x, rng)[0]
        if rng.random() < 0.1:
            x = gray(x)
        return saved(x, quality, chroma), np.zeros(CHANNELS)
    clean, noisy = (camera if kind == 'camera' else white)(x, rng)
    if rng.random() < 0.1:
        clean, noisy = gray(clean), gray(noisy)
    y, z = saved(noisy, quality, chroma), saved(clean, quality, chroma)
    return y, strength(y - z)

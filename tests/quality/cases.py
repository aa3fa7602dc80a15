# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs made worse in known ways, always in the same way (fixed seeds).

A case is one photograph with one thing wrong: files for the program, the words
to give it, and the picture that it should find again."""
import os
import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Case:
    picture: str           # "castle"
    job: str               # "blur"
    words: str             # "deblur kernel=gaussian sigma=2 noise=2.55/255"
    truth: str             # file names
    input: str
    mask: str = None
    kernel: str = None
    mirrored: bool = False  # the blur saw a mirror at the border, not a scene

    def rgb(self, name):
        return rgb(getattr(self, name))

    def blur_kernel(self):
        if not self.kernel:
            return gaussian(2)
        k = np.asarray(Image.open(self.kernel)).astype(float)
        return k / k.sum()


def rgb(path):
    return np.asarray(Image.open(path).convert('RGB')).astype(float)


def line(length, angle, samples=4001):
    """A line of light through the kernel's center: each point is shared between
    its four neighbors. Degrees count counter-clockwise."""
    t = ((np.arange(samples) + 0.5) / samples - 0.5) * length
    r = int(np.ceil(length / 2))
    x = t * np.cos(np.radians(angle)) + r
    y = -t * np.sin(np.radians(angle)) + r
    kernel = np.zeros((2 * r + 2, 2 * r + 2))
    i, j = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = x - i, y - j
    for dj, wy in ((0, 1 - fy), (1, fy)):
        for di, wx in ((0, 1 - fx), (1, fx)):
            np.add.at(kernel, (j + dj, i + di), wy * wx)
    return kernel[:-1, :-1] / samples


def gaussian(sigma):
    k = np.exp(-np.arange(-np.ceil(4 * sigma), np.ceil(4 * sigma) + 1) ** 2
               / (2 * sigma ** 2))
    return np.outer(k, k) / k.sum() ** 2


def disc(radius, fine=16):
    """The share of each pixel that the disc covers."""
    r = int(np.ceil(radius))
    p = (np.arange((2 * r + 1) * fine) + 0.5) / fine - r - 0.5
    inside = (p[:, None] ** 2 + p ** 2 <= radius ** 2).astype(float)
    k = inside.reshape(2 * r + 1, fine, 2 * r + 1, fine).mean((1, 3))
    return k / k.sum()


def blurred(x, kernel):
    """What a camera records of a scene that goes on: only where the kernel has
    all its neighbors. Smaller than x by the kernel's side less one."""
    n = kernel.shape[0]
    h, w = x.shape[0] - n + 1, x.shape[1] - n + 1
    y = np.zeros((h, w, 3))
    for j in range(n):
        for i in range(n):
            y += kernel[n - 1 - j, n - 1 - i] * x[j:j + h, i:i + w]
    return y


class Maker:
    """Writes the files of cases into a folder."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def save(self, x, *name):
        path = os.path.join(self.folder, '-'.join(name) + '.png')
        Image.fromarray(np.clip(np.rint(x), 0, 255).astype(np.uint8)).save(path)
        return path

    def case(self, photo, job):
        """photo: a file, or 'astronaut' for the prepared pictures."""
        if photo == 'astronaut':
            return astronaut(job)
        name = os.path.splitext(os.path.basename(photo))[0]
        rng = np.random.default_rng(zlib.crc32(f'{name} {job}'.encode()))
        x = rgb(photo)
        kind, *rest = JOBS[job]
        truth, y, words, extra = kind(self, x, rng, name, job, *rest)
        return Case(name, job, words, self.save(truth, name, job, 'truth'),
                    self.save(y, name, job, 'input'), **extra)

    # Each: (truth, degraded, words, names of more files).

    def denoise(self, x, rng, name, job, noise):
        y = x + rng.normal(0, noise, x.shape)
        return x, y, f'denoise noise={noise}/255', {}

    def deblur(self, x, rng, name, job, kernel, words):
        r = kernel.shape[0] // 2
        y = blurred(x, kernel)
        y += rng.normal(0, 2.55, y.shape)
        path = os.path.join(self.folder, f'{name}-{job}-kernel.png')
        k = np.rint(kernel / kernel.max() * 65535).astype(np.uint16)
        Image.fromarray(k).save(path)
        words = f'deblur kernel={words or path} noise=2.55/255'
        return x[r:-r, r:-r], y, words, {'kernel': path}

    def upscale(self, x, rng, name, job, scale, kernel):
        x = x[:x.shape[0] // scale * scale, :x.shape[1] // scale * scale]
        h, w = x.shape[0] // scale, x.shape[1] // scale
        filter = Image.BOX if kernel == 'box' else Image.BICUBIC
        y = np.asarray(Image.fromarray(x.astype(np.uint8)).resize((w, h), filter))
        return x, y, f'upscale scale={scale} kernel={kernel}', {}

    def inpaint(self, x, rng, name, job, where):
        missing = where(*x.shape[:2], rng)
        path = self.save(missing * 255., name, job, 'mask')
        y = np.where(missing[..., None], 0, x)
        return x, y, f'inpaint mask={path} noise=0', {'mask': path}


def text(h, w, rng):
    mask = np.asarray(Image.open(os.path.join(HERE, 'text-mask.png'))) > 127
    return np.tile(mask, (-(-h // 512), -(-w // 512)))[:h, :w]


def random(h, w, rng):
    return rng.random((h, w)) < 0.7


def hole(h, w, rng):
    mask = np.zeros((h, w), bool)
    mask[h // 2 - 48:h // 2 + 48, w // 2 - 48:w // 2 + 48] = True
    return mask


JOBS = {
    'denoise10': (Maker.denoise, 10),
    'denoise': (Maker.denoise, 25),
    'denoise50': (Maker.denoise, 50),
    'blur': (Maker.deblur, gaussian(2), 'gaussian sigma=2'),
    'disc': (Maker.deblur, disc(4), 'disc radius=4'),
    'motion': (Maker.deblur, line(14, 30), None),
    'upscale': (Maker.upscale, 4, 'box'),
    'bicubic': (Maker.upscale, 4, 'bicubic'),
    'text': (Maker.inpaint, text),
    'random': (Maker.inpaint, random),
    'hole': (Maker.inpaint, hole),
}

# What is prepared in this folder: input, words.
ASTRONAUT = {
    'denoise': ('noisy', 'denoise noise=25/255'),
    'blur': ('blur', 'deblur kernel=gaussian sigma=2 noise=2.55/255'),
    'motion': ('motion', 'deblur kernel={here}/motion-kernel.png noise=2.55/255'),
    'upscale': ('small', 'upscale scale=4 kernel=box'),
    'text': ('text', 'inpaint mask={here}/text-mask.png noise=0'),
    'random': ('random', 'inpaint mask={here}/random-mask.png noise=0'),
    # As PyTorch did it; tests/quality/remove fills holes as users do.
    'hole': ('hole', 'inpaint mask={here}/hole-mask.png noise=0 fill=network'),
}


def astronaut(job):
    if job not in ASTRONAUT:
        return None
    name, words = ASTRONAUT[job]

    def file(name):
        path = os.path.join(HERE, name + '.png')
        return path if os.path.exists(path) else None
    return Case('astronaut', job, words.format(here=HERE), file('original'),
                file(name), file(name + '-mask'), file(name + '-kernel'),
                mirrored=job == 'blur')

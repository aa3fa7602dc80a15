# SPDX-License-Identifier: GPL-3.0-or-later
"""Random training patches from photographs that are held in memory as uint8."""
import numpy as np
import torch
from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def read(path, max_side):
    """The photograph as (H, W, 3), no side longer than max_side; None where it
    cannot be read."""
    try:
        im = Image.open(path)
        im.draft('RGB', (max_side * 2, max_side * 2))
        im = im.convert('RGB')
    except (OSError, SyntaxError, ValueError) as e:
        print('skip', path, e)
        return None
    scale = max_side / max(im.size)
    if scale < 1:
        im = im.resize((round(im.width * scale), round(im.height * scale)),
                       Image.LANCZOS)
    return np.asarray(im)


class Patches:
    """photos: arrays; weights: how often each is drawn; lo, hi: range of the
    random scale. A draw: photograph, scale, place, flips."""

    def __init__(self, photos, weights, lo, hi, seed):
        self.photos, self.lo, self.hi = photos, lo, hi
        p = np.asarray(weights, float)
        self.cumulative = np.cumsum(p / p.sum())
        self.rng = np.random.default_rng(seed)

    def one(self, n):
        """(n, n, 3) and which photograph it comes from."""
        r = self.rng
        while True:
            i = min(int(np.searchsorted(self.cumulative, r.random())),
                    len(self.photos) - 1)
            a = self.photos[i]
            # Sharp photographs (hi = 1) are used at their own scale often.
            if self.hi[i] == 1.0 and r.random() < 0.4:
                scale = 1.0
            else:
                scale = r.uniform(self.lo[i], self.hi[i])
            k = min(int(np.ceil(n / scale)), *a.shape[:2])
            if k >= n:
                return self.crop(a, k, n), i

    def crop(self, a, k, n):
        r = self.rng
        y = r.integers(0, a.shape[0] - k + 1)
        x = r.integers(0, a.shape[1] - k + 1)
        c = a[y:y + k, x:x + k]
        if k != n:
            box = n / k <= 0.7 and r.random() < 0.2
            c = np.asarray(Image.fromarray(c).resize(
                (n, n), Image.BOX if box else Image.LANCZOS))
        if r.random() < 0.5:
            c = c[:, ::-1]
        if r.random() < 0.15:
            c = c.transpose(1, 0, 2)
        if r.random() < 0.1:
            c = c[::-1]
        return c

    def batch(self, count, n):
        """(count, n, n, 3) uint8 and the photographs' numbers."""
        x, ids = zip(*(self.one(n) for _ in range(count)))
        return torch.from_numpy(np.stack(x)), list(ids)

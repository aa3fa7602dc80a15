# SPDX-License-Identifier: GPL-3.0-or-later
"""How close two pictures are, and pictures to look at them side by side."""
import numpy as np
from PIL import Image, ImageDraw


def psnr(a, b):
    """dB over all pixels and channels, peak 255."""
    return 10 * np.log10(255 ** 2 / max(np.mean((a - b) ** 2), 1e-12))


def smooth(x):
    """Gaussian window of 11 pixels, std 1.5, where it fits."""
    g = np.exp(-np.arange(-5, 6) ** 2 / 4.5)
    g /= g.sum()
    x = sum(w * x[i:x.shape[0] - 10 + i] for i, w in enumerate(g))
    return sum(w * x[:, i:x.shape[1] - 10 + i] for i, w in enumerate(g))


def ssim(a, b):
    """Wang et al. 2004, "Image quality assessment", eq. 13; mean over pixels
    and channels."""
    ma, mb = smooth(a), smooth(b)
    va, vb = smooth(a * a) - ma * ma, smooth(b * b) - mb * mb
    cov = smooth(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return np.mean((2 * ma * mb + c1) * (2 * cov + c2)
                   / ((ma * ma + mb * mb + c1) * (va + vb + c2)))


def interesting(x, side, where=None):
    """Top left corner of the square with the most detail, or around a mask that
    covers little of the picture."""
    h, w = x.shape[:2]
    side = min(side, h, w)
    if where is not None and where.mean() < 0.1:
        ys, xs = np.where(where)
        top, left = int(ys.mean()) - side // 2, int(xs.mean()) - side // 2
        return (min(max(top, 0), h - side), min(max(left, 0), w - side))
    detail = np.zeros((h, w))
    detail[1:, 1:] = (np.abs(np.diff(x, axis=0))[:, 1:]
                      + np.abs(np.diff(x, axis=1))[1:]).mean(2)
    total = np.pad(detail, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    box = (total[side:, side:] - total[:-side, side:] - total[side:, :-side]
           + total[:-side, :-side])
    return np.unravel_index(box.argmax(), box.shape)


def octave(x, truth, side=256):
    """Fine texture: power of luma from 0.25 to 0.5 cycles per pixel over that of
    the truth, in the square with the most detail (Hann window). 1 is as much as a
    photograph has; less is smooth."""
    top, left = interesting(truth, side)

    def power(a):
        y = a[top:top + side, left:left + side] @ [0.299, 0.587, 0.114]
        h, w = y.shape
        y = (y - y.mean()) * np.outer(np.hanning(h), np.hanning(w))
        f = np.hypot(np.fft.fftfreq(h)[:, None], np.fft.fftfreq(w))
        return (abs(np.fft.fft2(y)) ** 2)[(f >= 0.25) & (f <= 0.5)].sum()
    return power(x) / max(power(truth), 1e-12)


def enlarged(x, like):
    """Nearest neighbor, to the size of another picture."""
    f = like.shape[0] // x.shape[0]
    return x.repeat(f, 0).repeat(f, 1) if f > 1 else x


def sheet(rows, path, side=256):
    """Crops at 100 %. rows: (cells, mask or None); cells: (title, picture), the
    last one being the truth, where the crop is chosen."""
    line = 14
    canvas = Image.new('RGB', (len(rows[0][0]) * side, len(rows) * (side + line)),
                       'white')
    draw = ImageDraw.Draw(canvas)
    for j, (cells, where) in enumerate(rows):
        truth = cells[-1][1]
        y, x = interesting(truth, side, where)
        for i, (title, picture) in enumerate(cells):
            crop = enlarged(picture, truth)[y:y + side, x:x + side]
            draw.text((i * side + 2, j * (side + line) + 1), title, fill='black')
            canvas.paste(Image.fromarray(crop.astype(np.uint8)),
                         (i * side, j * (side + line) + line))
    canvas.save(path)

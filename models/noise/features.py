# SPDX-License-Identifier: GPL-3.0-or-later
"""What engine/noise/ looks at in a picture, as it does: the energies of three
Haar bands in brightness and two differences of color, in blocks."""
import numpy as np

# Brightness, red against blue, green against both; white noise stays as strong.
OPPONENT = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
TILE = 32  # pixels; at each scale a tile has 4, 4, 1 blocks of 8, 4, 4 coefficients
SIDES = 8, 4, 4
LEAST = 0.01  # of 255^2: below, an energy is nothing
QUANTILES = 0.02, 0.1, 0.3
FLAT = 0.1  # the share of tiles that are called flat
FEW_CLIPPED = 32  # pixels of a tile that counts
CHANNELS = 18  # scale, plane, slopes or diagonals
ENERGIES = slice(0, CHANNELS * (len(QUANTILES) + 1))
TURNS = 6  # scale; in all places and in flat ones
COUNT = ENERGIES.stop + TURNS + 1


def tiles(x):
    """x (H, W, 3), 0...255: (tiles, 32, 32, 3), those that are hardly clipped if
    there are any."""
    h, w = x.shape[0] // TILE, x.shape[1] // TILE
    t = x[:h * TILE, :w * TILE].reshape(h, TILE, w, TILE, 3).swapaxes(1, 2)
    t = t.reshape(-1, TILE, TILE, 3)
    clipped = ((t <= 0.1275) | (t >= 254.8725)).any(-1).sum((1, 2))
    return t[clipped <= FEW_CLIPPED] if (clipped <= FEW_CLIPPED).any() else t


def energies(t):
    """Two lists of the three scales: (tiles, blocks, plane, slopes and diagonals),
    and how unlike horizontal and vertical slopes of brightness are (tiles, blocks)."""
    out, turns, p = [], [], t @ OPPONENT.T
    for side in SIDES:
        a, b = p[:, ::2, ::2], p[:, ::2, 1::2]
        c, d = p[:, 1::2, ::2], p[:, 1::2, 1::2]
        bands = np.stack([a - b + c - d, a + b - c - d, a - b - c + d], -1) / 2
        n, s = len(t), bands.shape[1] // side
        bands = bands.reshape(n, s, side, s, side, 3, 3).transpose(0, 1, 3, 5, 6, 2, 4)
        v = bands.reshape(n, s * s, 3, 3, side * side).var(-1)
        v *= side * side / (side * side - 1)  # the mean was taken away
        out.append(np.stack([v[..., :2].mean(-1), v[..., 2]], -1))
        h = np.log(np.maximum(v[:, :, 0, :2], LEAST))
        turns.append(np.abs(h[..., 0] - h[..., 1]))
        p = (a + b + c + d) / 2
    return out, turns


def features(x):
    t = tiles(x)
    found, turns = energies(t)
    logs = [np.log(np.maximum(e, LEAST)) for e in found]
    # A tile's energy in all channels alike: the flattest are seen as a whole.
    whole = np.concatenate([e.mean(1).reshape(len(t), 6) for e in logs], 1)
    order = np.argsort(whole.mean(1), kind='stable')
    some = order[:max(1, int(FLAT * len(t)))]
    parts = [np.sort(e.reshape(-1, 6), 0) for e in logs]
    low = [np.concatenate([e[int(q * len(e))] for e in parts]) for q in QUANTILES]
    turned = [e[of].mean() for of in (order, some) for e in turns]
    return np.concatenate([*low, whole[some].mean(0), turned, [np.log(len(t))]])

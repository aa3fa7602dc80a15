# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py OLD NEW VAL: two weight files (.safetensors or a checkpoint .pt) on
the held-out crops of prepare.py; exit status 1 unless NEW is better.

Mean denoising PSNR in dB at peak 2 (pictures in [-1, 1]) at six noise levels."""
import sys

import torch

from network import PhotoUNet, denoise, fill, load

LEVELS = (0.05, 0.1, 0.196, 0.4, 1.0, 4.0)


def network(path):
    if path.endswith('.pt'):
        return fill(PhotoUNet(), torch.load(path, map_location='cpu')['ema'])
    return load(path)


@torch.no_grad()
def measure(net, x, levels=LEVELS):
    out = []
    for s in levels:
        noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(7))
        d = torch.cat([denoise(net, y, torch.full((len(y),), s), bf16=False)
                       for y in (x + s * noise).split(4)])
        error = ((d.clamp(-1, 1) - x) ** 2).mean((1, 2, 3))
        out.append((10 * torch.log10(4 / error)).mean().item())
    return out


def main():
    torch.set_num_threads(2)
    x = torch.load(sys.argv[3])
    old, new = (measure(network(p), x) for p in sys.argv[1:3])
    print('sigma    old    new   gain')
    for s, a, b in zip(LEVELS, old, new):
        print('%.3f %6.2f %6.2f %+6.2f' % (s, a, b, b - a))
    gain = sum(new) / len(new) - sum(old) / len(old)
    print('mean gain %+.3f dB' % gain)
    sys.exit(gain <= 0)


if __name__ == '__main__':
    main()

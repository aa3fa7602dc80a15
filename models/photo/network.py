# SPDX-License-Identifier: GPL-3.0-or-later
"""The photographic prior in PyTorch: a convolutional U-Net without normalization,
preconditioned as in EDM (Karras et al. 2022, arXiv:2206.00364, table 1).

engine/nets/photo-unet.c computes the same; this file is for training, for golden
outputs and for comparisons."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

SIGMA_DATA = 0.5


class ResBlock(nn.Module):
    """x + conv2(silu((1 + a) conv1(silu(x)) + b)), [a, b] from the embedding."""

    def __init__(self, width, emb):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.film = nn.Linear(emb, 2 * width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x, e):
        h = self.conv1(F.silu(x))
        a, b = self.film(e)[:, :, None, None].chunk(2, 1)
        h = torch.addcmul(b.to(h.dtype), h, (1 + a).to(h.dtype))
        return x + self.conv2(F.silu(h))


class PhotoUNet(nn.Module):
    def __init__(self, widths=(64, 128, 192, 256), blocks=2, emb=256, text=80,
                 factor=2):
        super().__init__()
        self.cfg = dict(widths=list(widths), blocks=blocks, emb=emb, text=text,
                        factor=factor)
        self.factor = factor
        freqs = torch.exp(torch.linspace(0, math.log(200.0), 64))
        self.register_buffer('freqs', freqs, persistent=False)
        self.emb1 = nn.Linear(128, emb)
        self.emb2 = nn.Linear(emb, emb)
        self.text = nn.Linear(text, emb, bias=False)
        nn.init.zeros_(self.text.weight)

        # Stem and head have 12 channels, padded to 16 here: a convolution
        # library computes wrong gradients otherwise. Files hold the 12.
        ends = -(-3 * factor * factor // 16) * 16
        self.stem = nn.Conv2d(ends, widths[0], 3, padding=1)
        self.head = nn.Conv2d(widths[0], ends, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

        def level(width):
            return nn.ModuleList([ResBlock(width, emb) for _ in range(blocks)])
        steps = list(zip(widths, widths[1:]))
        self.enc = nn.ModuleList([level(w) for w in widths])
        self.down = nn.ModuleList(
            [nn.Conv2d(a, b, 2, stride=2, bias=False) for a, b in steps])
        self.up = nn.ModuleList(
            [nn.ConvTranspose2d(b, a, 2, stride=2, bias=False) for a, b in steps])
        self.dec = nn.ModuleList([level(w) for w in widths[:-1]])

    def embed(self, log_sigma, text=None):
        c = (log_sigma / 4)[:, None] * self.freqs[None]
        e = self.emb1(torch.cat([c.sin(), c.cos()], 1))
        if text is not None:
            e = e + self.text(text)
        return F.silu(self.emb2(F.silu(e)))

    def forward(self, x, e):
        x = F.pixel_unshuffle(x, self.factor)
        channels = x.shape[1]
        x = F.pad(x, (0, 0, 0, 0, 0, self.stem.in_channels - channels))
        x = self.stem(x.contiguous(memory_format=torch.channels_last))
        skips = []
        for i, level in enumerate(self.enc):
            for block in level:
                x = block(x, e)
            if i < len(self.down):
                skips.append(x)
                x = self.down[i](x)
        for i in reversed(range(len(self.dec))):
            x = self.up[i](x) + skips[i]
            for block in self.dec[i]:
                x = block(x, e)
        return F.pixel_shuffle(self.head(F.silu(x))[:, :channels], self.factor)


def denoise(net, x, sigma, text=None, bf16=True):
    """x: (N, 3, H, W) in [-1, 1] plus noise, sigma: (N,), H and W multiples of 16.
    Returns D(x, sigma) in float32."""
    s = sigma[:, None, None, None]
    r = (s * s + SIGMA_DATA ** 2).rsqrt()
    e = net.embed(sigma.log(), text)
    with torch.autocast('cpu', torch.bfloat16, enabled=bf16):
        f = net((x * r).contiguous(memory_format=torch.channels_last), e)
    return (SIGMA_DATA * r) ** 2 * x + s * SIGMA_DATA * r * f.to(x.dtype)


def fill(net, weights):
    """Puts named tensors into the network; what the file holds without padding
    (stem and head) gets its zeros."""
    own = net.state_dict()
    for name, value in weights.items():
        padded = torch.zeros_like(own[name])
        padded[tuple(slice(n) for n in value.shape)] = value.to(padded.dtype)
        own[name] = padded
    net.load_state_dict(own)
    return net


def load(path):
    """The network with the weights of a safetensors file, ready to evaluate."""
    from safetensors.torch import load_file
    net = fill(PhotoUNet(), load_file(path))
    return net.to(memory_format=torch.channels_last).eval()

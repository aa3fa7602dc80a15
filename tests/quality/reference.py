#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""reference.py [--photos FOLDER] [--jobs a,b] [--threads N] [--weights FILE]

The jobs of this folder done in PyTorch with the default prior: what the program
must reach. Without --photos: the prepared astronaut. Prints a table with tabs
(picture, job, style, PSNR in dB, evaluations), the form of reference.tsv.

Two loops, both with the denoiser D(x, sigma) only. Pictures are in [-1, 1], v is
the variance of the noise in these units.
  faithful  half quadratic splitting (Zhang et al. 2021, "Plug-and-play image
            restoration with deep denoiser prior", arXiv:2008.13751, eq. 6):
            z = argmin |y - A z|^2 / (2 v) + lambda |z - x|^2 / (2 sigma^2)
            x = D(z, sigma)
  textured  the posterior mean of x given D(x, sigma) as a Gaussian of variance
            r2 = q sd^2 sigma^2 / (sd^2 + sigma^2), then fresh noise
Needs python3-torch, python3-safetensors, python3-numpy, python3-pil."""
import argparse
import glob
import os
import sys
import tempfile

import numpy as np
import torch
import torch.nn.functional as F

from cases import HERE, JOBS, Maker
from figures import psnr

MODEL = os.path.join(HERE, '..', '..', 'models', 'photo')
sys.path.insert(0, MODEL)
from network import denoise, load  # noqa: E402

LAMBDA = 0.1  # on blur.png .05 loses .8, .07 .1, .2 .3 and .5 .7 dB
STYLES = ('faithful', 'textured')


class Prior:
    def __init__(self, path):
        self.net, self.calls = load(path), 0

    @torch.no_grad()
    def __call__(self, x, sigma):
        self.calls += 1
        h, w = x.shape[-2:]
        padded = F.pad(x, (0, -w % 16, 0, -h % 16), mode='reflect')
        d = denoise(self.net, padded, torch.full((1,), float(sigma)), bf16=False)
        return d[..., :h, :w].clamp(-1, 1)


def geometric(n, first, last):
    return [first * (last / first) ** (i / (n - 1)) for i in range(n)]


def karras(n, first, last, rho=7):
    a, b = first ** (1 / rho), last ** (1 / rho)
    return [(a + i / (n - 1) * (b - a)) ** rho for i in range(n)] + [0.0]


def faithful(D, start, prox, n=8, first=0.4, last=0.02):
    x = start
    for s in geometric(n, first, last):
        x = D(prox(x, s * s / LAMBDA), s)
    return x


def textured(D, start, prox, n=15, first=1.0, last=0.01, q=1.5, seed=0):
    g = torch.Generator().manual_seed(seed)
    levels = karras(n, first, last)
    x = start + levels[0] * torch.randn(start.shape, generator=g)
    for s, t in zip(levels, levels[1:]):
        x0 = prox(D(x, s), q * 0.25 * s * s / (0.25 + s * s))
        x = x0 + t * torch.randn(start.shape, generator=g)
    return x


class MirrorBlur:
    """Convolution with mirrored borders: diagonal on the doubled picture."""

    def __init__(self, y, kernel, v):
        self.h, self.w = y.shape[-2:]
        self.v, self.start = v, y
        self.K = spectrum(kernel, 2 * self.h, 2 * self.w)
        self.Y = self.forward(y)

    def forward(self, x):
        x = torch.cat([x, x.flip(-1)], -1)
        return torch.fft.rfft2(torch.cat([x, x.flip(-2)], -2))

    def prox(self, x, r2):
        c = self.v / r2
        X = (self.K.conj() * self.Y + c * self.forward(x)) / (self.K.abs() ** 2 + c)
        size = (2 * self.h, 2 * self.w)
        return torch.fft.irfft2(X, s=size)[..., :self.h, :self.w]

    def cut(self, x):
        return x


class SceneBlur:
    """The scene goes on beyond the border: the picture is estimated with a
    margin, A = convolve, then cut the margin off; prox by conjugate gradients."""

    def __init__(self, y, kernel, v, iterations=10):
        m = self.margin = kernel.shape[0] // 2
        self.y, self.v, self.iterations = y, v, iterations
        self.size = (y.shape[-2] + 2 * m, y.shape[-1] + 2 * m)
        self.K = spectrum(kernel, *self.size)
        self.start = torch.from_numpy(np.pad(
            y.numpy(), ((0, 0), (0, 0), (m, m), (m, m)), mode='symmetric'))

    def cut(self, x):
        m = self.margin
        return x[..., m:-m, m:-m]

    def A(self, x):
        return self.cut(torch.fft.irfft2(torch.fft.rfft2(x) * self.K, s=self.size))

    def At(self, r):
        R = torch.fft.rfft2(F.pad(r, (self.margin,) * 4))
        return torch.fft.irfft2(R * self.K.conj(), s=self.size)

    def prox(self, x, r2):
        c = self.v / r2
        z, r = x.clone(), self.At(self.y - self.A(x))
        p, rr = r.clone(), (r * r).sum()
        for _ in range(self.iterations):
            q = self.At(self.A(p)) + c * p
            step = rr / (p * q).sum()
            z, r = z + step * p, r - step * q
            new = (r * r).sum()
            p, rr = r + new / rr * p, new
        return z


def spectrum(kernel, h, w):
    n = kernel.shape[0]
    k = torch.zeros(h, w)
    k[:n, :n] = torch.from_numpy(kernel).float()
    return torch.fft.rfft2(torch.roll(k, (-(n // 2), -(n // 2)), (0, 1)))


def deblur(D, case, style, y, kernel):
    blur = (MirrorBlur if case.mirrored else SceneBlur)(y, kernel, 0.02 ** 2)
    if style == 'faithful':
        return blur.cut(faithful(D, blur.start, blur.prox))
    return blur.cut(textured(D, blur.prox(blur.start, 1.0), blur.prox))


def upscale(D, case, style, y, f, v=(2 / 255) ** 2 / 12):
    def up(r):
        return r.repeat_interleave(f, -1).repeat_interleave(f, -2)

    def prox(x, r2):
        return x + r2 / (f * f * v + r2) * up(y - F.avg_pool2d(x, f))
    start = F.interpolate(y, scale_factor=f, mode='bicubic')
    loop = (faithful(D, start, prox, n=20) if style == 'faithful'
            else textured(D, start, prox))
    return prox(loop, 1e9)


def grown(y, m, n=400):
    """First guess in holes: what is known grows inwards, then heat flows."""
    nine = torch.ones(3, 1, 3, 3) / 9

    def blur(x):
        return F.conv2d(F.pad(x, (1,) * 4, mode='replicate'), nine, groups=3)
    known = (~m).float().expand_as(y).clone()
    x = y * known
    while known.min() == 0:
        w = blur(known)
        new = (known == 0) & (w > 0)
        x = torch.where(new, blur(x * known) / w.clamp_min(1e-9), x)
        known = torch.where(new, torch.ones_like(w), known)
    for _ in range(n):
        x = torch.where(m, blur(x), y)
    return x


def inpaint(D, case, style, y, m):
    def paste(x, r2=None):
        return torch.where(m, x, y)
    wide = case.job == 'hole'
    if style == 'faithful':
        first = 1.0 if wide else 0.4
        return paste(faithful(D, grown(y, m), paste, n=40, first=first))
    start = torch.zeros_like(y) if wide else grown(y, m)
    return textured(D, start, paste, n=30, first=80.0 if wide else 1.0)


def restore(D, case, style):
    """The result in 0...255, or None for jobs that have no reference."""
    y = torch.from_numpy(case.rgb('input')).permute(2, 0, 1)[None].float() / 127.5 - 1
    if case.job.startswith('denoise'):
        if style == 'textured':
            return None
        x = D(y, 2 * float(case.words.split('=')[1].split('/')[0]) / 255)
    elif case.words.startswith('deblur'):
        x = deblur(D, case, style, y, case.blur_kernel())
    elif case.job == 'upscale':
        x = upscale(D, case, style, y, 4)
    elif case.mask:
        mask = torch.from_numpy(case.rgb('mask')[None, None, ..., 0] > 127)
        x = inpaint(D, case, style, y, mask)
    else:
        return None
    x = (x.clamp(-1, 1) * 127.5 + 127.5).round()
    return x[0].permute(1, 2, 0).numpy().astype(float)


def main():
    args = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    args.add_argument('--photos')
    args.add_argument('--jobs', default='denoise,blur,motion,upscale,text,random,hole')
    args.add_argument('--threads', type=int, default=2)
    args.add_argument('--weights', default=os.path.join(MODEL, 'photo.safetensors'))
    a = args.parse_args()
    unknown = set(a.jobs.split(',')) - set(JOBS)
    if unknown:
        args.error(f'no such job: {", ".join(sorted(unknown))}')
    torch.set_num_threads(a.threads)
    D = Prior(a.weights)
    pictures = (sorted(glob.glob(os.path.join(a.photos, '*.jpg'))) if a.photos
                else ['astronaut'])
    with tempfile.TemporaryDirectory() as folder:
        for picture in pictures:
            for job in a.jobs.split(','):
                case = Maker(folder).case(picture, job)
                for style in STYLES if case else ():
                    D.calls = 0
                    x = restore(D, case, style)
                    if x is not None:
                        print(case.picture, job, style,
                              '%.2f' % psnr(x, case.rgb('truth')), D.calls,
                              sep='\t', flush=True)


if __name__ == '__main__':
    main()

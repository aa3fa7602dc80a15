# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the photographic prior on the photographs of OUT/list.tsv (prepare.py).

    train.py OUT --minutes M [--patches 96x16,160x6] [--init FILE] [--lr LR]

--patches: side x batch; each step draws one of them (long structures need large
patches, variety needs many). OUT/ckpt.pt holds network, averaged weights and
optimizer; an existing one is continued. While OUT/pause exists, training waits.
SIGTERM ends it after the current step, with a checkpoint."""
import argparse
import csv
import json
import math
import os
import queue
import random
import signal
import threading
import time

import torch

from compare import LEVELS, measure
from data import Patches, read
from network import SIGMA_DATA, PhotoUNet, denoise, fill
from optimizer import Muon

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('out')
    p.add_argument('--minutes', type=float, default=60)
    p.add_argument('--patches', default='96x16,160x6')
    p.add_argument('--init', help='weights to start from (.safetensors)')
    p.add_argument('--lr', type=float, default=1e-3)
    p.add_argument('--warmup', type=int, default=300, help='steps')
    p.add_argument('--decay', type=float, default=0.25,
                   help='last share of the time, in which the rate falls to 0')
    p.add_argument('--threads', type=int, default=2)
    p.add_argument('--seed', type=int, default=1)
    return p.parse_args()


class Photographs:
    """Batches of patches with the tags of their photographs, made ahead by a
    thread."""

    def __init__(self, a, seed):
        with open(os.path.join(HERE, 'card.json')) as f:
            tags = json.load(f)['prompt']['tags']
        self.slot = {t: i for i, t in enumerate(tags)}
        with open(os.path.join(a.out, 'list.tsv')) as f:
            rows = list(csv.DictReader(f, delimiter='\t'))
        read_rows = [(r, read(r['file'], int(r['max_side']))) for r in rows]
        rows, photos = zip(*((r, x) for r, x in read_rows if x is not None))
        self.tags = [[self.slot[t] for t in r['tags'].split(',') if t in self.slot]
                     for r in rows]
        weights = [float(r['weight']) * x.shape[0] * x.shape[1]
                   for r, x in zip(rows, photos)]
        self.patches = Patches(photos, weights, [float(r['smin']) for r in rows],
                               [float(r['smax']) for r in rows], seed)
        self.shapes = [tuple(map(int, s.split('x'))) for s in a.patches.split(',')]
        self.rng, self.ahead = random.Random(seed), queue.Queue(8)
        print(len(photos), 'photographs,',
              round(sum(x.size for x in photos) / 3e6), 'megapixels', flush=True)
        threading.Thread(target=self.feed, daemon=True).start()

    def feed(self):
        while True:
            side, count = self.rng.choice(self.shapes)
            self.ahead.put(self.patches.batch(count, side))

    def next(self, text):
        """Pictures in [-1, 1] and their multi-hot tags. Half of the pictures
        come without tags, which is what guidance compares with, and single tags
        are left out at random."""
        x, ids = self.ahead.get()
        x = x.permute(0, 3, 1, 2).float() / 127.5 - 1
        x = x + (torch.rand_like(x) - 0.5) / 127.5  # undo the rounding to 8 bits
        hot = torch.zeros(len(ids), text)
        for j, i in enumerate(ids):
            if random.random() < 0.5:
                for t in self.tags[i]:
                    hot[j, t] = float(random.random() < 0.8)
        return x.contiguous(memory_format=torch.channels_last), hot


def noise_levels(n):
    """Mostly where pictures form, some everywhere."""
    center = torch.randn(n) * 1.3 - 2.0
    lo, hi = math.log(0.003), math.log(100.0)
    wide = lo + torch.rand(n) * (hi - lo)
    ln = torch.where(torch.rand(n) < 0.65, center, wide)
    return ln.clamp(math.log(0.002), math.log(120.0)).exp()


def loss_of(net, x, tags):
    """EDM's weighted error: about 1 for an untrained network at every level."""
    sigma = noise_levels(len(x))
    s = sigma[:, None, None, None]
    d = denoise(net, x + s * torch.randn_like(x), sigma, tags)
    weight = (s * s + SIGMA_DATA ** 2) / (s * SIGMA_DATA) ** 2
    return (weight * (d - x) ** 2).mean()


class Training:
    def __init__(self, a):
        self.a, self.path = a, os.path.join(a.out, 'ckpt.pt')
        self.net, self.step = PhotoUNet(), 0
        saved = (torch.load(self.path, map_location='cpu')
                 if os.path.exists(self.path) else None)
        if saved:
            fill(self.net, saved['net'])
        elif a.init:
            from safetensors.torch import load_file
            fill(self.net, load_file(a.init))
        self.net = self.net.to(memory_format=torch.channels_last)
        # Muon for the kernels, AdamW for vectors, stem and head.
        kernels = [p for n, p in self.net.named_parameters()
                   if p.ndim == 4 and 'stem' not in n and 'head' not in n]
        own = {id(p) for p in kernels}
        self.muon = Muon(kernels)
        self.adam = torch.optim.AdamW(
            [p for p in self.net.parameters() if id(p) not in own],
            lr=a.lr, betas=(0.9, 0.99), weight_decay=0.0, fused=True)
        self.ema = {k: v.detach().clone() for k, v in self.net.state_dict().items()}
        if saved:
            self.step, self.ema = saved['step'], saved['ema']
            self.adam.load_state_dict(saved['opt'])
            self.muon.momentum = saved['mom']

    def save(self):
        torch.save(dict(net=self.net.state_dict(), ema=self.ema, cfg=self.net.cfg,
                        step=self.step, opt=self.adam.state_dict(),
                        mom=self.muon.momentum), self.path + '.new')
        os.replace(self.path + '.new', self.path)

    def update(self, x, tags, rate):
        for p in self.net.parameters():
            p.grad = None
        loss = loss_of(self.net, x, tags)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        for group in self.adam.param_groups:
            group['lr'] = rate
        self.adam.step()
        self.muon.step(rate)
        self.step += 1
        keep = min(0.9998, self.step / (self.step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.ema.values()),
                                 list(self.net.state_dict().values()), 1 - keep)
        return loss.item()

    def validate(self, x):
        averaged = fill(PhotoUNet(), self.ema)
        found = measure(averaged.to(memory_format=torch.channels_last), x)
        print('held out', {s: round(p, 2) for s, p in zip(LEVELS, found)},
              flush=True)


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    with open(os.path.join(a.out, 'pid'), 'w') as f:
        f.write(str(os.getpid()))
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    t = Training(a)
    torch.manual_seed(a.seed + t.step)
    random.seed(a.seed + t.step)
    photographs = Photographs(a, a.seed + t.step)
    val = os.path.join(a.out, 'val.pt')
    val = torch.load(val) if os.path.exists(val) else None
    first, start, checked, total = t.step, time.time(), time.time(), 0.0
    while not stopping:
        spent = (time.time() - start) / 60 / a.minutes
        if spent > 1:
            break
        rate = a.lr * min(1, (t.step - first + 1) / a.warmup)
        if a.decay > 0:
            rate *= min(1, (1 - spent) / a.decay)
        total += t.update(*photographs.next(t.net.cfg['text']), rate)
        if t.step % 100 == 0:
            print('step %d loss %.4f rate %.1e' % (t.step, total / 100, rate),
                  flush=True)
            total = 0.0
        while os.path.exists(os.path.join(a.out, 'pause')) and not stopping:
            time.sleep(1)
        if time.time() - checked > 600:
            if val is not None:
                t.validate(val)
            t.save()
            checked = time.time()
    t.save()
    if val is not None and not stopping:
        t.validate(val)


if __name__ == '__main__':
    main()

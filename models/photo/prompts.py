# SPDX-License-Identifier: GPL-3.0-or-later
"""prompts.py WEIGHTS PHOTOS.tsv FOLDER

Do the right words help? For photographs that the prior has not seen (a table
with the columns file and tags, files relative to FOLDER) prints by how much the
words of the photograph itself, and on average those of the others, change the
denoiser's squared error, in percent of the error without words."""
import csv
import json
import os
import sys

import numpy as np
import torch
from PIL import Image

from network import denoise, load

HERE = os.path.dirname(os.path.abspath(__file__))


def crop(path, side=256):
    im = Image.open(path).convert('RGB')
    scale = max(side / min(im.size), min(1, 640 / max(im.size)))
    im = im.resize((round(im.width * scale), round(im.height * scale)),
                   Image.LANCZOS)
    x, y = (im.width - side) // 2, (im.height - side) // 2
    a = np.asarray(im.crop((x, y, x + side, y + side)))
    return torch.from_numpy(a.copy()).permute(2, 0, 1).float() / 127.5 - 1


@torch.no_grad()
def main():
    torch.set_num_threads(2)
    net = load(sys.argv[1])
    with open(os.path.join(HERE, 'card.json')) as f:
        vocabulary = json.load(f)['prompt']['tags']
    with open(sys.argv[2]) as f:
        rows = list(csv.DictReader(f, delimiter='\t'))
    x = torch.stack([crop(os.path.join(sys.argv[3], r['file'])) for r in rows])
    tags = torch.zeros(len(rows), net.cfg['text'])
    for row, hot in zip(rows, tags):
        for t in row['tags'].split(','):
            hot[vocabulary.index(t)] = 1
    for sigma in (0.4, 1.0):
        g = torch.Generator().manual_seed(3)
        y = x + sigma * torch.randn(x.shape, generator=g)
        level = torch.full((1,), sigma)

        def error(i, text):
            d = denoise(net, y[i:i + 1], level, text, bf16=False)
            return ((d[0] - x[i]) ** 2).mean().item()
        right, wrong = [], []
        for i in range(len(rows)):
            plain = error(i, None)
            gains = [100 * (1 - error(i, tags[j:j + 1]) / plain)
                     for j in range(len(rows))]
            right.append(gains.pop(i))
            wrong.append(gains)
        wrong = np.array(wrong)
        print('sigma %.1f: right words %+.2f %% (%d of %d better than none), '
              'wrong words %+.2f %%; right beat wrong in %d of %d pairs' % (
                  sigma, np.mean(right), sum(r > 0 for r in right), len(rows),
                  wrong.mean(), (np.array(right)[:, None] > wrong).sum(),
                  wrong.size))
        for row, r, w in zip(rows, right, wrong):
            print('    %-40s right %+.2f wrong %+.2f' % (
                os.path.basename(row['file'])[:40], r, w.mean()))


if __name__ == '__main__':
    main()

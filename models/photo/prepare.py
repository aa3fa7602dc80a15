# SPDX-License-Identifier: GPL-3.0-or-later
"""prepare.py DATA DEBS OUT

Writes OUT/list.tsv, the training photographs with how often each is drawn, and
OUT/val.pt, crops of photographs held out.

DATA: a folder with manifest.tsv (columns file, tags) and photos/
DEBS: a folder with the unpacked Debian packages of debian.tsv (may be empty)"""
import csv
import hashlib
import os
import sys

import numpy as np
import torch
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
HERE = os.path.dirname(os.path.abspath(__file__))

# Share of the draws, range of the random scale. Flowers are small and soft.
GROUPS = {
    'ubuntu_wallpapers': (0.60, 0.5, 1.0),
    'wikimedia_animals': (0.10, 0.55, 1.0),
    'wikimedia_akc': (0.05, 0.5, 1.0),
    'flower_photos': (0.03, 0.35, 0.75),
    'debian': (0.22, 0.5, 1.0),
}

# What tests/quality and scripts/sample.jpg measure and show.
MEASURED = {
    'Ross_Jones_Rockpool_(Sydney)_by_Chris_Carignan', 'PrimulaRed',
    'Speaker_Weave_by_Phil_Jackson', 'Backyard_Mushrooms_by_Kurt_Zitzelman',
    'P1310728_by_Ferran_Reyes', 'oxpecker', 'porcupine', 'sloth',
}


def table(path):
    with open(path) as f:
        return list(csv.DictReader(f, delimiter='\t'))


def photographs(data, debs):
    """Each: path, group, tags, longest side to keep."""
    for row in table(os.path.join(data, 'manifest.tsv')):
        yield (os.path.join(data, 'photos', row['file']),
               row['file'].split('/')[0], row['tags'], 4000)
    tags = {r['name']: r['tags'] for r in table(os.path.join(HERE, 'debian.tsv'))}
    for folder, _, files in sorted(os.walk(debs)):
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name in tags and not os.path.islink(path):
                yield path, 'debian', tags.pop(name), 2000


def held_out(path, group):
    """One in 25 by its name, so that it stays held out when others are added."""
    name = os.path.basename(path)
    if os.path.splitext(name)[0] in MEASURED:
        return True
    digest = hashlib.md5(f'{group}/{name}'.encode()).hexdigest()
    return (group in ('ubuntu_wallpapers', 'wikimedia_animals')
            and int(digest, 16) % 25 == 0)


def size(path, max_side):
    """Pixels, after scaling down to max_side."""
    with Image.open(path) as im:
        w, h = im.size
    return w * h * min(1, max_side / max(w, h)) ** 2


def crops(paths, side=192, seed=5):
    """Two places of each photograph, in [-1, 1]."""
    rng, out = np.random.default_rng(seed), []
    for path in paths:
        im = Image.open(path).convert('RGB')
        s = min(1, 1600 / max(im.size))
        im = im.resize((round(im.width * s), round(im.height * s)), Image.LANCZOS)
        for _ in range(2):
            x = rng.integers(0, im.width - side + 1)
            y = rng.integers(0, im.height - side + 1)
            out.append(np.asarray(im.crop((x, y, x + side, y + side))))
    return torch.from_numpy(np.stack(out)).permute(0, 3, 1, 2).float() / 127.5 - 1


def main():
    data, debs, out = sys.argv[1:4]
    kept, held, pixels = [], [], {}
    for path, group, tags, side in photographs(data, debs):
        if held_out(path, group):
            held.append(path)
            continue
        n = size(path, side)
        kept.append((path, group, tags, side))
        pixels[group] = pixels.get(group, 0) + n
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, 'list.tsv'), 'w') as f:
        print('file', 'max_side', 'weight', 'smin', 'smax', 'group', 'tags',
              sep='\t', file=f)
        for path, group, tags, side in kept:
            share, lo, hi = GROUPS[group]
            print(path, side, f'{share / pixels[group]:.6e}', lo, hi, group, tags,
                  sep='\t', file=f)
    torch.save(crops(held[:14]), os.path.join(out, 'val.pt'))
    print(len(kept), 'training photographs,', len(held), 'held out,',
          {g: round(n / 1e6) for g, n in pixels.items()}, 'megapixels')


if __name__ == '__main__':
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""crops.py PHOTOS: writes crops.safetensors, parts of photographs that the
default model was not trained on (models/photo/prepare.py holds them out).

Each is reduced to 1600 pixels and cut to 96 x 96; values 0 to 255 as half floats,
(1, 3, 96, 96). Needs python3-numpy, python3-pil and python3-safetensors."""
import pathlib
import sys

import numpy as np
from PIL import Image
from safetensors.numpy import save_file

SIDE = 96
# name, file, left, top (of 1600 pixels)
CROPS = [
    ("dragonfly", "wikimedia_animals/dragonfly.jpg", 440, 160),
    ("jaguar", "wikimedia_animals/jaguar.jpg", 510, 100),
    ("quail", "wikimedia_animals/quail.jpg", 400, 30),
    ("lighthouse",
     "ubuntu_wallpapers/artful/Lighthouse_at_sunrise_by_Frenchie_Smalls.jpg",
     1330, 260),
]
LICENSES = {
    "dragonfly": "Laitche, public domain",
    "jaguar": "US Fish and Wildlife Service, public domain",
    "quail": "Matt Knoth, CC-BY-2.0",
    "lighthouse": "Frenchie Smalls, CC-BY-SA-3.0",
}


def crop(path, left, top):
    image = Image.open(path).convert("RGB")
    scale = min(1, 1600 / max(image.size))
    image = image.resize([round(s * scale) for s in image.size], Image.LANCZOS)
    image = image.crop((left, top, left + SIDE, top + SIDE))
    return np.asarray(image).transpose(2, 0, 1)[None].astype(np.float16)


def main():
    photos = pathlib.Path(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    save_file({name: np.ascontiguousarray(crop(photos / file, left, top))
               for name, file, left, top in CROPS},
              here / "crops.safetensors", LICENSES)


if __name__ == "__main__":
    main()

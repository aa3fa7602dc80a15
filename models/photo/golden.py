#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/test-nets.c expects of the photo network: run it again whenever
photo.safetensors changes.

    golden.py [WEIGHTS [FOLDER]]

Writes photo-*.safetensors to FOLDER (tests/golden): for case i the noise level
i.sigma, the words i.tags, the result i.denoised = D(x, sigma) and the gradient
i.pull of <v, D(x, sigma)> by x, computed in float64 from the weights as they
are stored. Pictures x and cotangents v are not stored: both sides make them of
hashed indices.
"""
import os
import sys

import numpy as np
import torch
from safetensors.torch import save_file

from network import SIGMA_DATA, denoise, load

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, '..', '..', 'tests', 'golden')

# File: (height, width), [(sigma, slots of words), ...]
FILES = {
    'photo-64': ((64, 64), [(0.03, []), (0.5, [3, 30]), (6.0, [])]),
    'photo-208': ((208, 144), [(0.2, [1])]),
}


def uniform(shape, seed):
    """Numbers in [-1, 1) of 24 bits: the finalizer of MurmurHash3 (Appleby
    2011, public domain) on the index."""
    h = np.arange(np.prod(shape), dtype=np.uint32) + np.uint32(seed << 24)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85ebca6b)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xc2b2ae35)
    h ^= h >> np.uint32(16)
    values = (h >> np.uint32(8)).astype(np.float64) / 2 ** 23 - 1
    return torch.from_numpy(values.reshape(shape))


def case(net, size, sigma, words):
    shape = (1, 3, *size)
    # Sigma and x are rounded, because the tests work on floats.
    sigma = torch.tensor([sigma]).double()
    deviation = (sigma ** 2 + SIGMA_DATA ** 2).sqrt()  # of uniform: 1 / sqrt(3)
    x = (3 ** 0.5 * deviation * uniform(shape, 1)).float().double()
    x.requires_grad_()
    tags = torch.zeros(1, net.text.in_features, dtype=torch.float64)
    tags[0, words] = 1
    result = denoise(net, x, sigma, tags if words else None, bf16=False)
    result.backward(uniform(shape, 2))
    return {'sigma': sigma, 'tags': tags, 'denoised': result.detach(),
            'pull': x.grad}


def main():
    weights = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
        HERE, 'photo.safetensors')
    folder = sys.argv[2] if len(sys.argv) > 2 else FOLDER
    net = load(weights).double()
    torch.backends.mkldnn.set_flags(False)
    for name, (size, cases) in FILES.items():
        tensors = {}
        for i, (sigma, words) in enumerate(cases):
            for key, value in case(net, size, sigma, words).items():
                tensors[f'{i}.{key}'] = value.float().contiguous()
        save_file(tensors, os.path.join(folder, name + '.safetensors'))


if __name__ == '__main__':
    main()

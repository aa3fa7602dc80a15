# SPDX-License-Identifier: GPL-3.0-or-later
"""export.py CHECKPOINT FILE: the averaged weights of a training checkpoint as
float16 safetensors, the stem's and head's padding taken off.

Golden outputs for the tests are then made again by golden.py."""
import json
import sys

import torch
from safetensors.torch import save_file


def main():
    checkpoint = torch.load(sys.argv[1], map_location='cpu')
    cfg = checkpoint['cfg']
    ends = 3 * cfg['factor'] ** 2
    weights = {k: v.half() for k, v in checkpoint['ema'].items()}
    weights['stem.weight'] = weights['stem.weight'][:, :ends]
    weights['head.weight'] = weights['head.weight'][:ends]
    weights['head.bias'] = weights['head.bias'][:ends]
    about = dict(network='photo-unet', config=json.dumps(cfg), sigma_data='0.5',
                 sigma_min='0.002', sigma_max='100', step=str(checkpoint['step']))
    save_file({k: v.contiguous() for k, v in weights.items()}, sys.argv[2],
              metadata=about)
    print('exported step', checkpoint['step'])


if __name__ == '__main__':
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What other free tools make of a case: ImageMagick's own operators, and
scikit-image (python3-skimage) where it is installed."""
import os
import shlex
import subprocess

import numpy as np

from cases import rgb
from figures import psnr

try:
    from skimage import restoration
except ImportError:
    restoration = None


def magick(command, case, folder, *operators):
    out = os.path.join(folder, f'{case.picture}-{case.job}-baseline.png')
    subprocess.run([*shlex.split(command), case.input, *operators, out], check=True)
    return rgb(out)


def wiped(case):
    """Biharmonic equation over the missing pixels."""
    mask = case.rgb('mask')[..., 0] > 127
    x = restoration.inpaint_biharmonic(case.rgb('input') / 255, mask,
                                       channel_axis=-1)
    return np.clip(x, 0, 1) * 255


def sharpened(case):
    """Richardson-Lucy on the mirrored picture; of several numbers of iterations
    the one that suits this picture best, which a user could not know."""
    kernel = case.blur_kernel()
    r = kernel.shape[0]
    y = np.pad(case.rgb('input') / 255, ((r, r), (r, r), (0, 0)), 'symmetric')

    def after(iterations):
        x = np.stack([restoration.richardson_lucy(y[..., c], kernel,
                                                  num_iter=iterations)
                      for c in range(3)], -1)
        return np.clip(x[r:-r, r:-r], 0, 1) * 255
    return max(map(after, (3, 10, 30)), key=lambda x: psnr(x, case.rgb('truth')))


def cleaned(case):
    """Non-local means, told the noise level."""
    sigma = float(case.words.split('=')[1].split('/')[0]) / 255
    x = restoration.denoise_nl_means(
        case.rgb('input') / 255, patch_size=5, patch_distance=6, h=0.6 * sigma,
        sigma=sigma, fast_mode=True, channel_axis=-1)
    return np.clip(x, 0, 1) * 255


def baseline(command, case, folder):
    """Pairs (name, picture)."""
    task = case.words.split()[0]
    if task == 'upscale':
        scale = case.words.split('=')[1].split()[0]
        yield 'lanczos', magick(command, case, folder, '-filter', 'Lanczos',
                                '-resize', f'{int(scale) * 100}%',
                                '-unsharp', '0x1+0.5')
    elif task == 'deblur':
        yield 'unsharp', magick(command, case, folder, '-unsharp', '0x2+1')
        if restoration:
            yield 'rich-lucy', sharpened(case)
    elif task == 'denoise' and restoration:
        yield 'nl-means', cleaned(case)
    elif task == 'inpaint' and restoration:
        yield 'biharmon', wiped(case)

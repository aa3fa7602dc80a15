#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teaches a small network to tell noise from texture:

    models/noise/train.py examples DATA OUT.npz [COUNT [SEED]]
    models/noise/train.py fit OUT.npz...

The second writes engine/noise/weights.h, and a picture with what is found in it for
the tests (tests/golden/noise.safetensors).

DATA: a folder with manifest.tsv (a column file) and photos/, as for
models/photo/prepare.py. 6,000 examples take about ten minutes of a processor."""
import json
import os
import sys

import numpy as np

import scenes
from features import COUNT, ENERGIES, features

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..')
HIDDEN = 48, 24
OFFSET = 0.5  # of 255: the network gives log(strength + OFFSET)
HEAD = '''/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network of network.c, written by models/noise/train.py: weights by input and
 * output. */

#ifndef TW_NOISE_WEIGHTS_H
#define TW_NOISE_WEIGHTS_H

enum { TW_NOISE_FIRST = %d, TW_NOISE_SECOND = %d };

'''


def examples(data, out, count, seed):
    paths = scenes.photographs(data)
    inputs, targets = np.zeros((count, COUNT)), np.zeros((count, 3))
    for i in range(count):
        rng = np.random.default_rng([seed, i])
        picture, strength = scenes.example(paths[rng.integers(len(paths))], rng)
        inputs[i], targets[i] = features(picture), kinds(strength)
        if i % 100 == 99:
            print(i + 1, flush=True)
    np.savez(out, inputs=inputs, targets=targets)


def kinds(strength):
    """Fine, coarse and color, as engine/noise/network.h has them."""
    e = strength.reshape(3, 3, 2) ** 2  # scale, plane, slopes and diagonals
    return np.sqrt([e[0, 0].mean(), e[1:, 0].mean(), e[2, 1:].mean()])


def forward(layers, x):
    """The outputs of all layers, the input first."""
    found = [x]
    for i, (w, b) in enumerate(layers):
        x = x @ w + b
        found.append(np.tanh(x) if i < len(layers) - 1 else x)
        x = found[-1]
    return found


def fit(x, y, usual, spread, weights, rng, epochs=120, rate=3e-3, decay=1e-2,
        jitter=0.05, gain=0.5, batch=64):
    """Adam (Kingma and Ba 2015) on Huber's loss. Each example is seen with more or
    less contrast: all energies grow by the square, the noise with it."""
    sizes = x.shape[1], *HIDDEN, y.shape[1]
    layers = [(rng.normal(0, a ** -0.5, (a, b)), np.zeros(b))
              for a, b in zip(sizes, sizes[1:])]
    mean, square = ([[np.zeros_like(p) for p in layer] for layer in layers]
                    for _ in range(2))
    steps, k = epochs * (len(x) // batch), 0
    for _ in range(epochs):
        for some in np.array_split(rng.permutation(len(x)), len(x) // batch):
            k += 1
            more = rng.normal(0, gain, (len(some), 1))
            inputs = x[some] + jitter * spread * rng.normal(0, 1, x[some].shape)
            inputs[:, ENERGIES] += more
            seen = forward(layers, scaled(inputs, usual, spread))
            wanted = np.log(y[some] * np.exp(more / 2) + OFFSET)
            pull = np.clip(seen[-1] - wanted, -0.5, 0.5) * weights[some] / len(some)
            now = rate * (1 + np.cos(np.pi * k / steps)) / 2
            for i in reversed(range(len(layers))):
                w = layers[i][0]
                slopes = seen[i].T @ pull + decay * w / len(layers), pull.sum(0)
                pull = (pull @ w.T) * (1 - seen[i] ** 2)
                for p, g, m, v in zip(layers[i], slopes, mean[i], square[i]):
                    m += 0.1 * (g - m)
                    v += 0.01 * (g * g - v)
                    p -= now * m / (1 - 0.9 ** k) / (
                        np.sqrt(v / (1 - 0.99 ** k)) + 1e-8)
    return layers


def scaled(x, usual, spread):
    return np.clip((x - usual) / spread, -4, 4)


def table(name, values, per_input=0):
    """A constant array in C."""
    rows = [f'{v:.4g}' for v in np.ravel(values)]
    rows = [r + ('f,' if '.' in r or 'e' in r else '.0f,') for r in rows]
    lines, line = [], '   '
    for r in rows:
        if len(line) + len(r) + 1 > 80:
            lines.append(line)
            line = '   '
        line += ' ' + r
    return '\n'.join([f'static const float tw_noise_{name}[] = {{', *lines, line,
                      '};\n\n'])


def write(path, usual, spread, layers):
    with open(path, 'w') as f:
        f.write(HEAD % HIDDEN + '/* clang-format off */\n')
        f.write(table('usual', usual) + table('spread', spread))
        for i, (w, b) in enumerate(layers, 1):
            f.write(table(f'w{i}', w) + table(f'b{i}', b))
        f.write('#endif\n')


def golden(path, usual, spread, layers):
    """Part of a photograph by the simulated camera, its features, its noise."""
    photo = scenes.rgb(os.path.join(TOP, 'tests/quality/photos/rockpool.jpg'))
    clean, noisy = scenes.sensor.photographed(photo[128:256, 192:320], 1600,
                                              np.random.default_rng(1))
    picture = scenes.sensor.jpeg(noisy, 92)
    inputs = features(picture)
    kinds = np.exp(forward(layers, scaled(inputs, usual, spread))[-1]) - OFFSET
    tensors = {'picture': ('F16', picture.transpose(2, 0, 1)[None].astype('<f2')),
               'features': ('F32', inputs.astype('<f4')),
               'kinds': ('F32', kinds.astype('<f4'))}
    header, at = {}, 0
    for name, (kind, a) in tensors.items():
        header[name] = {'dtype': kind, 'shape': a.shape,
                        'data_offsets': [at, at + a.nbytes]}
        at += a.nbytes
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as f:
        f.write(len(text).to_bytes(8, 'little') + text)
        for _, a in tensors.values():
            f.write(a.tobytes())


def report(strength, truth):
    nothing = truth == 0
    print('no noise: 50, 90, 99 %% are below %.2f %.2f %.2f of 255' % tuple(
        np.quantile(strength[nothing], (0.5, 0.9, 0.99))))
    for low, high in ((1, 4), (4, 16), (16, 80)):
        some = (truth >= low) & (truth < high)
        print('%d to %d: 5, 50, 95 %% are below %.2f %.2f %.2f of the truth' % (
            low, high, *np.quantile(strength[some] / truth[some], (.05, .5, .95))))


def main():
    if sys.argv[1:2] == ['examples'] and len(sys.argv) > 3:
        count, seed = [*sys.argv[4:], *('6000', '1')[len(sys.argv) - 4:]]
        examples(*sys.argv[2:4], int(count), int(seed))
    elif sys.argv[1:2] == ['fit'] and len(sys.argv) > 2:
        sets = [np.load(p) for p in sys.argv[2:]]
        x, y = (np.concatenate([s[n] for s in sets]) for n in ('inputs', 'targets'))
        usual, spread = x.mean(0), x.std(0)
        # To smooth a clean picture is worse than to leave noise.
        weights = np.where(y.any(1), 1, 1.5)[:, None]
        held = np.arange(len(x)) % 8 == 0
        layers = fit(x[~held], y[~held], usual, spread, weights[~held],
                     np.random.default_rng(0))
        found = forward(layers, scaled(x[held], usual, spread))[-1]
        report(np.exp(found[:, 1]) - OFFSET, y[held, 1])
        write(os.path.join(TOP, 'engine/noise/weights.h'), usual, spread, layers)
        golden(os.path.join(TOP, 'tests/golden/noise.safetensors'), usual, spread,
               layers)
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()

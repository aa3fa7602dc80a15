#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the engine evaluates the photo network, against PyTorch.

    bench.py PROGRAM [WEIGHTS] [--threads N] [--rounds N] [--sizes 256,512,1024]

PROGRAM is tests/bench of the build folder. Both do one evaluation in turn, in
eager mode, float32, with the same number of threads; PyTorch with the malloc
settings that make it fastest here (it allocates every tensor anew). Prints
medians of the wall clock and of processor time, and the ratios.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

TUNING = ('glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:'
          'glibc.malloc.trim_threshold=17179869184:'
          'glibc.malloc.top_pad=268435456')
HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('program')
    parser.add_argument('weights', nargs='?',
                        default=os.path.join(HERE, 'photo.safetensors'))
    parser.add_argument('--threads', type=int, default=os.cpu_count())
    parser.add_argument('--rounds', type=int, default=0,
                        help='evaluations of each size (default: by size)')
    parser.add_argument('--sizes', default='256,512,1024')
    return parser.parse_args()


def start(args):
    """The engine, answering one line for each size that it is sent."""
    env = dict(os.environ, OMP_NUM_THREADS=str(args.threads))
    env.pop('GLIBC_TUNABLES', None)
    return subprocess.Popen([args.program, args.weights, 'serve'], text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            env=env)


def ask(engine, size):
    print(size, file=engine.stdin, flush=True)
    return [float(word) for word in engine.stdout.readline().split()]


def evaluate(torch, net, x, embedding):
    """Wall and processor milliseconds of one evaluation."""
    wall, cpu = time.monotonic(), time.process_time()
    with torch.no_grad():
        net(x, embedding)
    return (1e3 * (time.monotonic() - wall),
            1e3 * (time.process_time() - cpu))


def main():
    args = arguments()
    if os.environ.get('GLIBC_TUNABLES') != TUNING:
        os.environ['GLIBC_TUNABLES'] = TUNING
        os.execv(sys.executable, [sys.executable] + sys.argv)

    import torch
    from network import load

    torch.set_num_threads(args.threads)
    net = load(args.weights).to(memory_format=torch.channels_last)
    embedding = net.embed(torch.tensor([-2.0])).detach()
    engine = start(args)
    print(f'{args.threads} threads, PyTorch {torch.__version__}, float32; '
          'milliseconds of one evaluation, median (processor time)')
    for size in map(int, args.sizes.split(',')):
        x = torch.randn(1, 3, size, size)
        rounds = args.rounds or max(5, 8192 // size)
        ask(engine, size)
        evaluate(torch, net, x, embedding)
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(ask(engine, size))
            theirs.append(evaluate(torch, net, x, embedding))
        wall, cpu, pull, _ = map(statistics.median, zip(*ours))
        wall2, cpu2 = map(statistics.median, zip(*theirs))
        print(f'{size:5}^2  engine {wall:8.1f} ({cpu:8.1f})  '
              f'PyTorch {wall2:8.1f} ({cpu2:8.1f})  '
              f'ratio {wall2 / wall:.2f} ({cpu2 / cpu:.2f})  '
              f'pull {pull / wall:.2f} evaluations', flush=True)
    engine.stdin.close()
    engine.wait()


if __name__ == '__main__':
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural
networks"): momentum, and then the nearest orthogonal matrix as the step."""
import math

import torch


def orthogonal(g):
    """Five Newton-Schulz iterations with Jordan's coefficients: all singular
    values come near 1."""
    x = g.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.T if tall else x).float()


class Muon:
    def __init__(self, kernels, beta=0.95, decay=0.01):
        self.kernels, self.beta, self.decay = kernels, beta, decay
        self.momentum = [torch.zeros_like(p) for p in kernels]

    @torch.no_grad()
    def step(self, rate):
        for p, m in zip(self.kernels, self.momentum):
            m.mul_(self.beta).add_(p.grad)
            u = p.grad.add(m, alpha=self.beta).permute(0, 2, 3, 1)
            flat = orthogonal(u.reshape(u.shape[0], -1))
            u = flat.reshape(u.shape).permute(0, 3, 1, 2)
            # The root-mean-square of AdamW's steps, whatever the shape.
            size = 0.2 * math.sqrt(max(flat.shape))
            p.mul_(1 - rate * self.decay).add_(u, alpha=-rate * size)

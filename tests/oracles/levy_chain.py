"""The Levy flight between bounds as a finer Markov chain, solved by its eigenvectors."""

import numpy as np
from scipy.special import gamma


def density(tau, v, a, z, alpha, cells=(100, 200)):
    """Densities of ending at the upper and at the lower bound, two chains extrapolated."""
    few, many = (_chain(tau, v, a, z, alpha, n) for n in cells)
    ratio = (cells[1] + 1) / (cells[0] + 1)
    return (ratio * many - few) / (ratio - 1)


def _chain(tau, v, a, z, alpha, n):
    h = 2 / (n + 1)
    rate = np.empty(n + 1)
    rate[0] = gamma(alpha + 1) / gamma(alpha / 2 + 1) ** 2
    for k in range(n):
        rate[k + 1] = rate[k] * (k - alpha / 2) / (alpha / 2 + k + 1)
    jump = -rate * h**-alpha
    half = -jump[0] / 2
    jump[0] = 0.0
    chain = jump[np.abs(np.subtract.outer(np.arange(n), np.arange(n)))]
    up = half - np.cumsum(jump)[n - 1 - np.arange(n)]
    down = up[::-1].copy()
    push = v * a ** (alpha - 1) / (2 * h)
    chain += push * (np.eye(n, k=1) - np.eye(n, k=-1))
    up[-1] += push
    down[0] -= push
    chain -= np.diag(chain.sum(axis=1) + up + down)
    values, vectors = np.linalg.eig(chain)
    ends = np.linalg.solve(vectors, np.stack([up, down], axis=1).astype(complex))
    x = h * (np.arange(n) + 1) - 1
    j = np.clip(np.searchsorted(x, 2 * z - 1) - 2, 0, n - 4)
    near = x[j : j + 4]
    weights = [
        np.prod([(2 * z - 1 - other) / (one - other) for other in near if other != one])
        for one in near
    ]
    scale = a**alpha
    waves = np.exp(np.multiply.outer(np.asarray(tau) / scale, values))
    return (waves * (weights @ vectors[j : j + 4]) @ ends).real.T / scale

"""One racer that 0 reflects, by the diffusion equation: finite volumes, half of them implicit.

In ``y = x / b(t)`` on (0, 1) the bound stands still. Crank and Nicolson's scheme, after four
implicit quarter steps (Rannacher, 1984); steps grow with the square of time. Nothing of it is a
closed form of a passage time.
"""

from itertools import pairwise

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.linalg import solve_banded


def solve(v, a, z, slope, last, cells=800, steps=1600):
    """Times, density of the first passage of ``a - slope t``, and probability of none before."""
    h = 1 / cells
    y = h * np.arange(cells)
    volume = np.full(cells, h)
    volume[0] /= 2
    q = np.maximum(0, 1 - np.abs(y - z) / h)
    q /= q @ volume
    times = last * np.linspace(0, 1, steps + 1) ** 2
    g, alive = np.zeros(steps + 1), np.ones(steps + 1)
    for i in range(steps):
        if i == 0:
            parts = np.linspace(0, times[1], 5)
            for one, two in pairwise(parts):
                q = _step(q, y, h, volume, v, a, slope, one, two, implicit=1.0)
        else:
            q = _step(q, y, h, volume, v, a, slope, times[i], times[i + 1], implicit=0.5)
        b = a - slope * times[i + 1]
        g[i + 1] = (18 * q[-1] - 9 * q[-2] + 2 * q[-3]) / (6 * h) / (2 * b * b)
        alive[i + 1] = q @ volume
    return times, g, alive


def race(tau, drifts, a, z, slope, last, **fine):
    """Density of each racer's being first, at times tau: (racers, times)."""
    solved = [solve(v, a, z, slope, last, **fine) for v in drifts]
    g, alive = (
        np.array([CubicSpline(one[0], one[which])(tau) for one in solved]) for which in (1, 2)
    )
    return np.array(
        [g[i] * np.prod(np.delete(alive, i, axis=0), axis=0) for i in range(len(drifts))]
    )


def _step(q, y, h, volume, v, a, slope, before, after, implicit):
    dt, middle = after - before, 0.5 * (before + after)
    b = a - slope * (after if implicit == 1 else middle)
    # Flows through the upper side of each cell: left[i] q[i] + right[i] q[i + 1].
    velocity = (v + (y + h / 2) * slope) / (2 * b)
    diffusion = 1 / (2 * b * b * h)
    left, right = velocity + diffusion, velocity - diffusion
    middle_band = -left.copy()
    middle_band[1:] += right[:-1]
    upper, lower = -right[:-1], left[:-1]
    change = middle_band * q
    change[:-1] += upper * q[1:]
    change[1:] += lower * q[:-1]
    bands = np.zeros((3, q.size))
    bands[0, 1:] = -implicit * dt * upper / volume[:-1]
    bands[1] = 1 - implicit * dt * middle_band / volume
    bands[2, :-1] = -implicit * dt * lower / volume[1:]
    return solve_banded((1, 1), bands, q + (1 - implicit) * dt * change / volume)

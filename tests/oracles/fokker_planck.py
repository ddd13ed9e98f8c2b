"""The diffusion equation between two moving bounds, solved step by step.

Crank and Nicolson's scheme for the density of ``y = x / b(t)`` on (-1, 1), where the bounds stand
still whatever ``b`` does. Nothing of it is a closed form of a passage time.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_banded


@dataclass(frozen=True)
class Passage:
    """Decision times, densities of ending at each bound, and probability of not having ended."""

    tau: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    alive: np.ndarray


def solve(v, z, bound, slope, last, cells=1600, steps=3000, leak=0.0):
    """Solve for bounds at plus and minus ``bound(t)``, of which ``slope(t)`` is the derivative.

    The drift at x is ``v - leak x``; ``v`` may be a function of time.
    The path starts as the free normal density after the short time in which it gets 12 cells wide.
    Steps grow with time, so that the early, steep part is followed closely.
    """
    y = np.linspace(-1, 1, cells + 1)
    h = y[1] - y[0]
    b0 = bound(0.0)
    x0 = b0 * (2 * z - 1)
    first = (12 * h * b0) ** 2
    tau = first + (last - first) * np.linspace(0, 1, steps + 1) ** 2
    b = bound(first)
    drift = v if callable(v) else lambda _: v
    mean = x0 + (drift(0.5 * first) - leak * x0) * first
    q = b * np.exp(-((b * y - mean) ** 2) / (2 * first)) / np.sqrt(2 * np.pi * first)
    q[0] = q[-1] = 0
    lower, upper, alive = (np.zeros(steps + 1) for _ in range(3))
    for i in range(steps + 1):
        if i:
            q[1:-1] = _step(q, y, h, (drift, leak), bound, slope, tau[i - 1], tau[i])
        scale = 2 * bound(tau[i]) ** 2
        # one-sided third-order derivatives of the density at the bounds
        lower[i] = (18 * q[1] - 9 * q[2] + 2 * q[3]) / (6 * h) / scale
        upper[i] = (18 * q[-2] - 9 * q[-3] + 2 * q[-4]) / (6 * h) / scale
        alive[i] = q.sum() * h
    return Passage(tau, lower, upper, alive)


def _step(q, y, h, drift, bound, slope, before, after):
    middle = 0.5 * (before + after)
    v, leak = drift[0](middle), drift[1]
    dt = after - before
    b = bound(middle)
    diffusion = 1 / (2 * b * b * h * h)
    # The frame moves with the bounds: velocity (v - leak b y - y b') / b, in conservative form.
    velocity = (v - y * (leak * b + slope(middle))) / (2 * b * h)
    below = diffusion + velocity[:-2]
    above = diffusion - velocity[2:]
    inner = q[1:-1]
    right = inner * (1 - dt * diffusion) + 0.5 * dt * (below * q[:-2] + above * q[2:])
    bands = np.zeros((3, inner.size))  # two corners are never set, and must be finite
    bands[0, 1:] = -0.5 * dt * above[:-1]
    bands[1] = 1 + dt * diffusion
    bands[2, :-1] = -0.5 * dt * below[1:]
    return solve_banded((1, 1), bands, right)

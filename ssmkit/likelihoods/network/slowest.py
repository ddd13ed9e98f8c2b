"""How the leaky diffusion ends when only its slowest solution is left, as polynomials.

In the units of :mod:`ssmkit.likelihoods.leaky` the slowest solution has a rate and a shape that
depend on drift and leak smoothly; so Chebyshev polynomials that go through some solved equations
say them for any trial, with two or three digits, at the cost of a small layer of a network.
"""

import math
from functools import cache

import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.polynomial import chebyshev

from ssmkit.likelihoods.kernel import PI
from ssmkit.likelihoods.leaky import polynomials, tables

OF_PUSH, OF_LEAK, OF_START = 8, 5, 5
"""Degrees of the polynomials."""
SOLVED = 12
"""Equations solved along each direction."""
PUSH, LEAK, START = 6.0, 9.0, 0.8
"""How far scaled drifts, leaks and starts of the model's box reach from 0."""
BEND = 1.5
"""Leaks around which a solution turns from the bounds' shape into the leak's."""


def slowest(push: Array, leak: Array, start: Array) -> tuple[Array, Array]:
    """Compare the slowest solution with that of the motion without drift and leak.

    Parameters
    ----------
    push, leak
        Scaled drift at 0, and leak.
    start
        Between the bounds at -1 and 1; all of one shape.

    Returns
    -------
    tuple of Array
        The log of its flux through the upper bound over that of the slowest standing wave, without
        the factor ``exp(psi)``, and by how much faster it decays, ``push^2 / 2 - leak / 2`` apart.

    Examples
    --------
    >>> log_share, rate = slowest(*(jnp.array(x) for x in (1.0, 2.0, 0.5)))
    >>> round(float(log_share), 1), round(float(rate), 1)
    (0.4, 0.1)
    """
    # A leak's sign tells only on which side the solution leans, and without one both are 0.
    sign = jnp.where(leak < 0, -1.0, 1.0).astype(leak.dtype)
    size = sign * leak
    x = _chebyshev(sign * push / PUSH, OF_PUSH)
    y = _chebyshev(2.0 * jnp.log1p(size / BEND) / math.log1p(LEAK / BEND) - 1.0, OF_LEAK)
    both = (x[..., :, None] * y[..., None, :]).reshape(*x.shape[:-1], -1)
    found = size[..., None] * (both @ jnp.asarray(_coefficients(), x.dtype))
    return jnp.sum(found[..., :-1] * _chebyshev(start / START, OF_START), axis=-1), found[..., -1]


def _chebyshev(x: Array, degree: int) -> Array:
    """Chebyshev polynomials up to a degree, on a new last axis."""
    out = [jnp.ones_like(x), x]
    while len(out) <= degree:
        out.append(2.0 * x * out[-1] - out[-2])
    return jnp.stack(out, axis=-1)


@cache
def _coefficients() -> np.ndarray:
    """Of push and leak, as rows, for each polynomial of the start and for the rate, as columns."""
    points = np.cos(PI * (np.arange(SOLVED) + 0.5) / SOLVED)
    x, y = (grid.ravel() for grid in np.meshgrid(points, points))
    push, leak = PUSH * x, BEND * np.expm1(0.5 * (y + 1.0) * math.log1p(LEAK / BEND))
    known = tables()
    potential = 0.5 * (push[:, None] - leak[:, None] * known.nodes) ** 2
    still = known.waves * known.rates @ known.waves.T
    rates, vectors = np.linalg.eigh(still + potential[:, :, None] * np.eye(len(known.nodes)))
    shape = vectors[:, :, 0]
    start = START * points
    at = shape @ known.to_nodes @ polynomials(start, known.slopes)[0] * (1.0 - start * start)
    log_at = np.log(np.abs(at) / np.cos(0.5 * PI * start))
    of_start = log_at @ np.linalg.pinv(chebyshev.chebvander(points, OF_START)).T
    of_start[:, 0] += np.log(np.abs(shape @ known.ends[:, 1])) - math.log(0.25 * PI)
    faster = rates[:, 0] - 0.5 * push * push - PI * PI / 8
    # All is a multiple of the leak; that of a small one counts as well, for the slope at 0.
    wanted = np.column_stack([of_start, faster]) * (1.0 + 1.0 / leak)[:, None]
    terms = (1.0 + leak)[:, None] * chebyshev.chebvander2d(x, y, [OF_PUSH, OF_LEAK])
    return np.linalg.lstsq(terms, wanted, rcond=None)[0]

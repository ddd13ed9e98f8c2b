"""One racer: motion with drift that 0 reflects, up to its first passage of a straight bound.

All is in the frame of the bound, which starts at 1 and lies at ``S = 1 / (1 + c s)`` at the scaled
time ``s = tau / S``, with ``c`` its speed downwards and ``kappa`` the drift. A density is written
as that without reflection (the inverse Gaussian's) times a ratio R, which is smooth in s.
"""

import math
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jax.nn import sigmoid, softplus
from jax.scipy.linalg import solve_triangular
from numpy.polynomial import chebyshev, legendre
from scipy.special import erfcx

WIDTH = 0.2
"""Scaled time from which nodes are in steps of time; before, they are in steps of its log."""
EARLY = 32.0
"""Before d^2 / EARLY, with d the distance to the bound, the mass is 2e-8."""
FOLDS = 12.0
"""The equation is solved until exp(-FOLDS) is left of a racer, or up to this time:"""
LATEST = 4.0
SHARED, ALONE = 48, 24
"""Nodes of a solution that serves many trials, and one."""
TABLE = 512
"""Points from which trials are read."""
PLACE, DEGREE = 3.0, 18
"""Of the polynomial for Mills' ratio: the score in its middle, its degree."""


class Racer(NamedTuple):
    """Drift, speed of the bound and start of one racer, in the frame of the bound."""

    kappa: Array
    c: Array
    z: Array


def ends(racer: Racer, last: Array) -> Array:
    """Return where a solution ends that must reach a scaled time: there, or where few are left."""
    kappa = racer.kappa
    rate = 0.5 * (_wave(kappa) ** 2 + kappa * kappa)
    return jnp.minimum(last, jnp.minimum((kappa + FOLDS) / rate, LATEST))


def log_alone(racer: Racer, s: Array) -> tuple[Array, Array]:
    """Log density in scaled time and log survival of one racer at one time.

    Parameters
    ----------
    racer
        Numbers.
    s
        Scaled time, a number above 0.

    Returns
    -------
    tuple of Array
        Both are logs; the density is one of scaled time.
    """
    end = ends(racer, s)
    least = _first(racer)
    low, high = _place(0.5 * least), _place(jnp.maximum(end, least))
    points, weights, _, _ = _rule(ALONE)
    x = low + 0.5 * (high - low) * jnp.asarray(1 + points, s.dtype)
    w = 0.5 * (high - low) * jnp.asarray(weights, s.dtype)
    nodes, w = WIDTH * softplus(x), w * WIDTH * sigmoid(x)
    ratio = _solve(racer, nodes, w)
    at = _alone(racer, end) + jnp.sum(_kernel(racer, end, nodes) * w * ratio)
    gone = jnp.sum(w * jnp.exp(log_free(racer, nodes)) * ratio)
    left = jnp.where(end > least, 1.0 - gone, 1.0)
    return _beyond(racer, s, end, _log(at, _least(s.dtype)), _log(left, _least(s.dtype)))


def log_shared(racer: Racer, s: Array, last: Array) -> tuple[Array, Array]:
    """Log density and survival of one racer at many times, from one solution.

    Parameters
    ----------
    racer
        Numbers.
    s
        Scaled times (n,), above 0.
    last
        The latest of them.

    Returns
    -------
    tuple of Array
        As of :func:`log_alone`, (n,).
    """
    least = _first(racer)
    # A little beyond the last, which would else sit on the edge of what is solved. A bound that
    # goes away does so for ever within a finite scaled time.
    beyond = last * (1.0 + 0.01 * jnp.minimum(_slower(racer.c, last), 1.0))
    end = lax.stop_gradient(jnp.maximum(ends(racer, beyond), 2.0 * least))
    low, high = (lax.stop_gradient(_place(x)) for x in (0.5 * least, end))
    points, weights, values, sums = _rule(SHARED)
    x = low + 0.5 * (high - low) * jnp.asarray(1 + points, s.dtype)
    nodes, slope = WIDTH * softplus(x), WIDTH * sigmoid(x)
    w = 0.5 * (high - low) * jnp.asarray(weights, s.dtype) * slope
    ratio = _solve(racer, nodes, w)
    rate = jnp.exp(log_free(racer, nodes)) * ratio * slope
    gone = 0.5 * (high - low) * jnp.asarray(sums, s.dtype) @ rate
    floor = _least(s.dtype)
    table = jnp.stack([jnp.asarray(values, s.dtype) @ _log(ratio, floor), _log(1.0 - gone, floor)])
    early = _log(_alone(racer, s), floor)
    place = (_place(jnp.clip(s, 0.5 * least, end)) - low) / (high - low)
    at, left = _cubic(table, place)
    at, left = (jnp.where(s > 0.5 * least, x, y) for x, y in ((at, early), (left, 0.0)))
    stop = jnp.minimum(s, end)
    return _beyond(racer, s, stop, at, jnp.minimum(left, 0.0))


def log_free(racer: Racer, s: Array) -> Array:
    """Log density of scaled time without reflection."""
    kappa, c, z = racer
    room = 1.0 / _slower(c, s)
    tilt = kappa * (room - z) - 0.5 * kappa * kappa * s * room + 0.5 * c * (room - z * z)
    return tilt + 0.5 * jnp.log(room) + _log_still(s, 1.0 - z)


def _log_still(s: Array, d: Array) -> Array:
    """Log density of passing a distance d without drift."""
    return jnp.log(d) - 0.5 * jnp.log(2.0 * jnp.pi) - 1.5 * jnp.log(s) - 0.5 * d * d / s


def _alone(racer: Racer, s: Array) -> Array:
    """Ratio R as if the bound absorbed no path, twice the rate of being there (Harrison, 1985)."""
    kappa, c, z = racer
    room = 1.0 / _slower(c, s)
    tau = s * room
    root = jnp.sqrt(tau)
    x = (room + z) / root + kappa * root
    image = 1.0 + z - 2.0 * kappa * tau + 2.0 * kappa * (kappa - c) * tau * root * mills(x)
    return 1.0 + jnp.exp(-2.0 * z / s) * image / (1.0 - z)


def _kernel(racer: Racer, s: Array, u: Array) -> Array:
    """Return what paths at the bound at u add to R at s: 0 where u is not before s.

    In the frame of the bound it is the heat kernel of a way of 2, there and back, and what the
    drift makes of it.
    """
    kappa, c, z = racer
    before = u < s
    gap = jnp.where(before, s - u, 1.0)
    # Of R at times so early nothing is taken: there, the exponential would be too large.
    early = 0.5 * (1.0 - z) ** 2
    late = jnp.maximum(s, early / (2 * EARLY))
    now, then = 1.0 / _slower(c, s), 1.0 / _slower(c, u)
    row = now * late * jnp.sqrt(now * late) * jnp.exp(early / late) * math.sqrt(2 / math.pi)
    column = jnp.sqrt(then / u) / u * jnp.exp(-early / u)
    over = 1.0 / (gap * then)
    root = jnp.sqrt(over / now)  # one over the root of time
    x = (now + then) * root + kappa / root
    part = kappa * (c - kappa) * mills(x) - (c - kappa + over) * root
    return jnp.where(before, row * column * jnp.exp(-2.0 / gap) * part, 0.0)


def mills(y: Array, degree: int = DEGREE) -> Array:
    """Mills' ratio from 0 on by a polynomial, to 1e-10; to 2e-6 by one of degree 7."""
    series = _mills_series(degree)
    u = 1.0 - 2.0 * PLACE / (y + PLACE)
    total = jnp.full_like(u, series[-1])
    for each in series[-2::-1]:
        total = total * u + float(each)
    return total / (y + PLACE)


@cache
def _mills_series(degree: int) -> np.ndarray:
    def target(u: np.ndarray) -> np.ndarray:
        y = PLACE * (1 + u) / (1 - u)
        return math.sqrt(math.pi / 2) * erfcx(y / math.sqrt(2)) * (y + PLACE)

    return chebyshev.cheb2poly(chebyshev.chebinterpolate(target, degree))


def _solve(racer: Racer, nodes: Array, w: Array) -> Array:
    """Solve Volterra's equation for R at the nodes of a rule."""
    matrix = jnp.eye(len(nodes), dtype=w.dtype) - _kernel(racer, nodes[:, None], nodes) * w
    return solve_triangular(matrix, _alone(racer, nodes), lower=True, unit_diagonal=True)


def _beyond(
    racer: Racer, s: Array, stop: Array, log_ratio: Array, log_left: Array
) -> tuple[Array, Array]:
    """Go on from where the solution ended, at the rate of the slowest wave there."""
    kappa, c, z = racer
    now = kappa / _slower(c, stop)
    wave = _wave(now) ** 2
    log_f = log_free(racer, stop) + log_ratio
    # The tilt is known at any time; only the part without it goes on.
    tilt = log_free(racer, s) - _log_still(s, 1.0 - z)
    more = s - stop
    here = log_ratio + _log_still(stop, 1.0 - z)
    hazard = jnp.minimum(jnp.exp(jnp.minimum(log_f - log_left, 50.0)), 0.5 * (wave + now * now))
    return tilt + here - 0.5 * wave * more, log_left - hazard * more


def _slower(c: Array, s: Array) -> Array:
    """Return one over the place of the bound."""
    return jnp.maximum(1.0 + c * s, 1e-7)


def _wave(kappa: Array) -> Array:
    """Return the slowest wave number, to 2 %: ``x cot x = -kappa``, pi / 2 to pi."""
    return jnp.pi - 0.5 * jnp.pi / (1.0 + 0.45 * kappa)


def _first(racer: Racer) -> Array:
    d = 1.0 - racer.z
    return lax.stop_gradient(d * d / EARLY)


def _place(s: Array) -> Array:
    """Return where a time is in steps of nodes, the inverse of a softplus."""
    y = s / WIDTH
    return y + jnp.log(-jnp.expm1(-y))


def _least(dtype: jnp.dtype) -> float:
    return 32.0 * float(jnp.finfo(dtype).eps)


def _log(x: Array, least: float) -> Array:
    """Log with a floor, where its gradient is 0."""
    above = x > least
    return jnp.where(above, jnp.log(jnp.where(above, x, 1.0)), math.log(least))


def _cubic(table: Array, place: Array) -> Array:
    """Cubic between points at equal steps from 0 to 1; table (k, TABLE), place (n,)."""
    x = place * (TABLE - 1)
    j = jnp.clip(jnp.floor(lax.stop_gradient(x)).astype(int) - 1, 0, TABLE - 4)
    q = x - j
    weights = (
        -(q - 1) * (q - 2) * (q - 3) / 6,
        q * (q - 2) * (q - 3) / 2,
        -q * (q - 1) * (q - 3) / 2,
        q * (q - 1) * (q - 2) / 6,
    )
    return sum(w * table[:, j + i] for i, w in enumerate(weights))


@cache
def _rule(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gauss and Legendre's rule, and matrices to values and running integrals at the table."""
    points, weights = legendre.leggauss(n)
    k = np.arange(n)
    series = (k + 0.5)[:, None] * legendre.legvander(points, n - 1).T * weights
    waves = legendre.legvander(np.linspace(-1, 1, TABLE), n)
    integrals = np.empty((TABLE, n))
    integrals[:, 0] = waves[:, 1] + waves[:, 0]
    integrals[:, 1:] = (waves[:, 2:] - waves[:, :-2]) / (2 * k[1:] + 1)
    return points, weights, waves[:, :n] @ series, integrals @ series

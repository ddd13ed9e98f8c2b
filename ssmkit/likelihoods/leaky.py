"""The diffusion equation with a leak between bounds at -1 and 1, solved in polynomials.

With ``p = exp(psi(y) - psi(y0)) q`` and ``psi = push y - leak y^2 / 2`` the density of a motion
with the drift ``push - leak y`` obeys ``q_t = q_yy / 2 - V q`` with the potential
``V = ((push - leak y)^2 - leak) / 2``. Polynomials that vanish at the bounds represent q to any
number of digits; sines would leave an error that falls only with the cube of their number.
"""

import math
from functools import cache
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jax.scipy.linalg import solve_triangular

from ssmkit.likelihoods.kernel import PI, log_kernel
from ssmkit.likelihoods.mills import mills, mills_rest

SIZE = 40
"""Number of polynomials."""
EARLY = 0.02
"""Up to this scaled time the potential is a small disturbance, and later the start is resolved."""
STEPS = 24
"""Steps of the solution for one time; another with half as many tells their error."""
SETTLED = 10.0
"""Only the slowest solution is left once others have decayed so far beyond it, at least."""
GAP = 3 * PI**2 / 8
"""Without a leak, the second decays so much faster than the slowest."""
SAME, SOON = 0.2, 0.2
"""Two numbers of steps that differ more, in log units, are not trusted up to this scaled time."""
LEFT_OUT = 1e4
"""What polynomials that are left out add to a flux, at most, before they decay."""
BOUNDS = np.array([-1.0, 1.0])


class Tables(NamedTuple):
    """Constants of the polynomials, in the basis of their nodes or of standing waves.

    Parameters
    ----------
    slopes
        Recurrence coefficients of the polynomials.
    nodes
        Points of Gauss and Jacobi's rule.
    to_nodes
        From polynomials to nodes, orthogonal.
    rates
        Decay of each standing wave.
    waves
        From waves to nodes, orthogonal.
    ends
        Flux of each node's function through the lower and the upper bound.
    """

    slopes: np.ndarray
    nodes: np.ndarray
    to_nodes: np.ndarray
    rates: np.ndarray
    waves: np.ndarray
    ends: np.ndarray


@cache
def tables() -> Tables:
    """Return the constants.

    Returns
    -------
    Tables

    Examples
    --------
    >>> tables().rates[:2].round(6).tolist()
    [1.233701, 4.934802]
    """
    k = np.arange(1, SIZE)
    slopes = np.sqrt(k * (k + 4) / ((2 * k + 3) * (2 * k + 5)))
    nodes, vectors = np.linalg.eigh(np.diag(slopes, 1) + np.diag(slopes, -1))
    y, weight = np.polynomial.legendre.leggauss(SIZE + 2)
    values, slope = polynomials(y, slopes)
    inner = (1 - y * y) * slope - 2 * y * values
    stiff = vectors.T @ (0.5 * (inner * weight) @ inner.T) @ vectors
    rates, waves = np.linalg.eigh(stiff)
    ends = vectors.T @ polynomials(BOUNDS, slopes)[0]
    return Tables(slopes, nodes, vectors.T, rates, waves, ends)


def polynomials(y: np.ndarray, slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the polynomials, orthonormal under the weight (1 - y^2)^2, and their derivatives.

    Parameters
    ----------
    y
        Places, (n,).
    slopes
        Their recurrence coefficients, of :func:`tables`.

    Returns
    -------
    tuple of numpy.ndarray
        (SIZE, n) each.

    Examples
    --------
    >>> round(float(polynomials(np.array([0.5]), tables().slopes)[0][0, 0]), 4)
    0.9682
    """
    values, derivatives = [0 * y, 0 * y + math.sqrt(15 / 16)], [0 * y, 0 * y]
    for before, after in zip((0.0, *slopes[:-1]), slopes, strict=True):
        values.append((y * values[-1] - before * values[-2]) / after)
        slope = values[-2] + y * derivatives[-1] - before * derivatives[-2]
        derivatives.append(slope / after)
    return np.array(values[1:]), np.array(derivatives[1:])


def log_flux_early(s: Array, push: Array, leak: Array, z: Array) -> Array:
    """Log density of ending at each bound at an early time.

    Parameters
    ----------
    s, push, leak, z
        Scaled time, drift at 0, leak, and start as a share of the separation; broadcast.

    Returns
    -------
    Array
        Of the lower and of the upper bound, on a new last axis.

    Notes
    -----
    The density without the potential, times what the first order of the potential makes of it near
    one bound, in closed form, and the leading part of the second order.

    Examples
    --------
    >>> [round(float(x), 1) for x in log_flux_early(0.01, 0.0, 0.0, 0.1)]
    [2.4, -155.4]
    """
    s, push, leak, z = (x[..., None] for x in jnp.broadcast_arrays(s, push, leak, z))
    bound = jnp.asarray(BOUNDS, z.dtype)
    near = jnp.where(bound > 0, 1.0 - z, z)
    lost = log_lost(s, bound * push, leak, near)
    log_f = log_kernel(0.25 * s, near, 1.0 - near) - 2.0 * math.log(2.0)
    return log_f - lost + _gauge(push, leak, z)


def log_lost(s: Array, push: Array, leak: Array, near: Array) -> Array:
    """Log of what the potential takes off the early flux through the upper bound.

    Parameters
    ----------
    s, push, leak
        As in :func:`log_flux_early`.
    near
        Distance of the start to the bound, as a share of the separation; all broadcast.

    Returns
    -------
    Array

    Examples
    --------
    >>> round(float(log_lost(*(jnp.array(x) for x in (0.1, 1.0, 0.0, 0.5)))), 3)
    0.05
    """
    d, root = 2.0 * near, jnp.sqrt(s)
    x = d / root
    at = push - leak
    slope, square = leak * at, leak * leak
    ratio, rest = mills(x), mills_rest(x)
    lost = 0.5 * (at * at - leak) * s + 0.5 * slope * s * (d + root * ratio)
    lost = lost + square * s * (d * d / 6 + 0.25 * d * root * ratio + 0.25 * s * rest)
    return lost - slope * slope * s * s * s / 24


def log_flux_shared(s: Array, push: Array, leak: Array, z: Array) -> tuple[Array, Array]:
    """Log density of ending at each bound, and of still being between them, at many times.

    Parameters
    ----------
    s
        Scaled times, (n,).
    push, leak, z
        As in :func:`log_flux_early`, numbers.

    Returns
    -------
    tuple of Array
        (n, 2) and (n,); the latter is right from ``EARLY`` on.

    Examples
    --------
    >>> s = jnp.array([0.5])
    >>> log_f, log_left = log_flux_shared(s, jnp.array(1.0), jnp.array(0.0), jnp.array(0.5))
    >>> [round(float(x), 2) for x in log_f[0]]
    [-2.13, -0.13]
    """
    known = tables()
    dtype = s.dtype
    potential = 0.5 * (push - leak * jnp.asarray(known.nodes, dtype)) ** 2
    # Of the inverse, whose large eigenvalues are those of the slow solutions, float32 finds them
    # with their digits; what is factored for that has no large condition number.
    scale = jnp.asarray(known.waves / np.sqrt(known.rates), dtype)
    one = jnp.eye(SIZE, dtype=dtype)
    factor = jnp.linalg.cholesky(one + scale.T @ (potential[:, None] * scale))
    half = solve_triangular(factor, scale.T, lower=True)
    slowness, vectors = jnp.linalg.eigh(half.T @ half)
    least = float(jnp.finfo(dtype).eps)
    rate = 1.0 / jnp.maximum(slowness, 1e-6)
    slowest = rate[-1]
    c = (vectors.T @ _start(z, dtype)) * jnp.exp(-(rate - slowest) * s[:, None])
    ends = vectors.T @ jnp.asarray(known.ends, dtype)
    lead = -(slowest - 0.5 * leak) * s[:, None] + _gauge(push, leak, z)
    solved = _log_known(c @ ends, c, lead, s[:, None])
    log_f = _or_early(solved, s[:, None], push, leak, z)
    gone = jnp.maximum(rate - 0.5 * leak, least * slowest)
    log_later = lead + jnp.log(jnp.maximum((c / gone) @ ends, float(jnp.finfo(dtype).tiny)))
    return log_f, jnp.minimum(jnp.logaddexp(log_later[:, 0], log_later[:, 1]), 0.0)


def log_flux_alone(s: Array, push: Array, leak: Array, z: Array) -> Array:
    """Log density of ending at each bound at one time.

    Parameters
    ----------
    s, push, leak, z
        As in :func:`log_flux_early`, numbers.

    Returns
    -------
    Array
        (2,).

    Notes
    -----
    Steps in turn without and with the potential, as long as they must be to be exact far from the
    bounds (Mehler, 1866), short at both ends, where the start and the flux can be near a bound.
    Two numbers of steps are extrapolated. Late, the slowest solution decays at its Rayleigh
    quotient.

    Examples
    --------
    >>> args = (jnp.array(x) for x in (0.5, 1.0, 0.0, 0.5))
    >>> [round(float(x), 2) for x in log_flux_alone(*args)]
    [-2.13, -0.13]
    """
    until = jnp.minimum(s, SETTLED / (GAP + jnp.abs(leak)))
    fine, rate = _stepped(until, push, leak, z, STEPS)
    coarse, _ = _stepped(until, push, leak, z, STEPS // 2)
    better = fine.log_f - coarse.log_f
    # An early flux far below the other bound's is an error of the steps, which the numbers tell.
    sure = fine.sure & ((jnp.abs(better) < SAME) | (s > SOON))
    better = jnp.where(fine.sure & coarse.sure & sure, better / 3, 0.0)
    later = _gauge(push, leak, z) - rate * (s - until)
    solved = Flux(fine.log_f + better + later, sure)
    return _or_early(solved, s[None], push, leak, z, soon=SOON)


def _stepped(s: Array, push: Array, leak: Array, z: Array, steps: int) -> tuple:
    """Return fluxes, coefficients, the log of their scale and the rate at which they decay."""
    known = tables()
    nodes, rates, waves, ends = (
        jnp.asarray(x, s.dtype) for x in (known.nodes, known.rates, known.waves, known.ends)
    )
    potential = 0.5 * (push - leak * nodes) ** 2
    top = jnp.min(potential)
    shares = np.diff(np.sin(0.5 * PI * np.arange(steps + 1) / steps) ** 2)
    turned = leak * s * jnp.asarray(shares, s.dtype)
    small = jnp.abs(turned) < 1e-2
    x = jnp.where(small, 1.0, turned)
    h, square = s * jnp.asarray(shares, s.dtype), turned * turned
    still = h * jnp.where(small, 0.5 - square / 24, jnp.tanh(0.5 * x) / x)
    kicked = h * jnp.where(small, 1 + square / 6, jnp.sinh(x) / x)

    def step(carry: tuple[Array, Array], cell: tuple[Array, Array]) -> tuple:
        c, log_scale = carry
        still, kicked = cell
        fade = jnp.exp(-(rates - rates[0]) * still)
        c = fade * (waves.T @ (jnp.exp(-(potential - top) * kicked) * (waves @ (fade * c))))
        size = lax.stop_gradient(jnp.max(jnp.abs(c)))
        log_scale = log_scale + jnp.log(size) - top * kicked - 2.0 * rates[0] * still
        return (c / size, log_scale), None

    begun = waves.T @ _start(z, s.dtype), 0.5 * leak * s
    (c, log_scale), _ = lax.scan(step, begun, (still, kicked))
    at = waves @ c
    rate = jnp.sum(rates * c * c + potential * at * at) / jnp.sum(c * c) - 0.5 * leak
    return _log_known(at @ ends, c, log_scale, s), rate


class Flux(NamedTuple):
    """Logs of the flux through each bound, and whether they stand out from rounding errors."""

    log_f: Array
    sure: Array


def _log_known(flux: Array, c: Array, lead: Array, s: Array) -> Flux:
    """Take the log of a flux, or of the least that can be told from 0."""
    size = lax.stop_gradient(jnp.max(jnp.abs(c), axis=-1, keepdims=True))
    unseen = LEFT_OUT * jnp.exp(-0.5 * SIZE * SIZE * lax.stop_gradient(s))
    least = (float(jnp.finfo(c.dtype).eps) ** 0.7 + unseen) * size
    sure = flux > least
    return Flux(jnp.log(jnp.where(sure, flux, least)) + lead, sure)


def _or_early(
    solved: Flux, s: Array, push: Array, leak: Array, z: Array, soon: float = 0.0
) -> Array:
    """Choose between a solution and what is known of early times, alone right until soon."""
    early = log_flux_early(jnp.minimum(s, 1.0)[..., 0], push, leak, z)
    unsure = jnp.where(s < soon, early, jnp.minimum(solved.log_f, early))
    log_f = jnp.where(solved.sure, solved.log_f, unsure)
    return jnp.where(s < EARLY, early, log_f)


def _gauge(push: Array, leak: Array, z: Array) -> Array:
    """Return psi at the lower and at the upper bound, relative to the start."""
    bound = jnp.asarray(BOUNDS, z.dtype)
    start = 2.0 * z - 1.0
    return (bound - start) * (push - 0.5 * leak * (bound + start))


def _start(z: Array, dtype: jnp.dtype) -> Array:
    """Return the coefficients of a point at the start, by the recurrence of the polynomials."""
    known = tables()
    y = 2.0 * z - 1.0

    def step(carry: tuple[Array, Array], cell: Array) -> tuple:
        old, value = carry
        before, after = cell
        new = (y * value - before * old) / after
        return (value, new), new

    first = math.sqrt(15 / 16) * jnp.ones((), dtype) + 0.0 * y
    cells = np.stack([[0.0, *known.slopes[:-1]], known.slopes], axis=1)
    _, later = lax.scan(step, (0.0 * y, first), jnp.asarray(cells, dtype))
    values = jnp.concatenate([first[None], later])
    return 4.0 * z * (1.0 - z) * (jnp.asarray(known.to_nodes, dtype) @ values)

"""The leaky accumulator between constant bounds: an Ornstein-Uhlenbeck process that stops there."""

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.leaky import EARLY, log_flux_alone, log_flux_early, log_flux_shared
from ssmkit.likelihoods.sharing import FEW, Sharing, chunked, over_rows, sharing

BATCH = {True: 64, False: 512}
"""Rows solved together, which bounds the memory: shared, alone."""
NODES = 48
FIRST = 1e-7
"""Scaled time before which nothing has ended."""
FOREVER = 1e8


@jax.jit
def log_ornstein(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    g: ArrayLike,
    t: ArrayLike,
) -> Array:
    """Log density of a response and its time in the Ornstein-Uhlenbeck model.

    Parameters
    ----------
    rt, response, a, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    v
        Drift a second where the evidence is 0.
    g
        Leak a second: at evidence x the drift is ``v - g x``. Above 0 evidence leaks away, below 0
        it feeds itself; 0 is the diffusion model.

    Returns
    -------
    Array
        Log density a second; -inf with gradient 0 where the density is 0.

    Notes
    -----
    The model of Busemeyer & Townsend (1993). The diffusion equation is solved in 40 polynomials:
    where ``v``, ``a``, ``z`` and ``g`` are the same for 8 trials or more, which their shapes say,
    once for these by eigenvalues; else once for each trial in 24 steps. Early times are a
    disturbance of the diffusion model in closed form.

    Examples
    --------
    >>> round(float(log_ornstein(0.8, 1, v=1.0, a=1.0, z=0.5, g=0.5, t=0.3)), 2)
    -0.19
    """
    trials = _trials(rt, v, a, z, g, t, like=response)
    solve = (lambda *row: log_flux_shared(*row)[0]) if trials.sharing.shared else _alone
    found = _solved(trials, solve, 1)
    log_f = jnp.where(jnp.asarray(response) > 0, found[..., 1], found[..., 0])
    return jnp.where(trials.inside, log_f - 2.0 * jnp.log(trials.a), -jnp.inf)


@jax.jit
def log_survival_ornstein(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, g: ArrayLike, t: ArrayLike
) -> Array:
    """Log probability of no response by a time.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, g, t
        As in :func:`log_ornstein`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``.

    Notes
    -----
    The integral of the density from there on, solution by solution; before the earliest time at
    which these hold, Gauss and Legendre's rule adds what ends until then.

    Examples
    --------
    >>> round(float(log_survival_ornstein(0.8, v=1.0, a=1.0, z=0.5, g=0.5, t=0.3)), 2)
    -0.45
    """
    trials = _trials(time, v, a, z, g, t, few=1)
    log_s = _solved(trials, _log_left)
    return jnp.where(trials.inside, log_s, jnp.where(trials.over, -jnp.inf, 0.0))


@jax.jit
def choice_probability_ornstein(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, g: ArrayLike, t: ArrayLike
) -> Array:
    """Probabilities of the responses.

    Parameters
    ----------
    v, a, z, g, t
        As in :func:`log_ornstein`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Notes
    -----
    The share of ``exp(g x^2 - 2 v x)``, integrated over x by Gauss and Legendre's rule, that lies
    on the far side of the start (Karlin & Taylor, 1981, 15.3).

    Examples
    --------
    >>> choice_probability_ornstein(0.0, 1.0, 0.5, 0.5, 0.3).round(3).tolist()
    [0.5, 0.5]
    """
    dtype = jnp.result_type(float, v, a, z, g, t)
    v, a, z, g, _ = jnp.broadcast_arrays(*(jnp.asarray(x, dtype) for x in (v, a, z, g, t)))
    v, a, z, g = (x[..., None] for x in (v, a, z, g))
    points, weights = (jnp.asarray(x, dtype) for x in _rule())
    # Seen from the lower bound up to the start, and from the upper bound down to it.
    below, above = z * points, 1.0 - (1.0 - z) * points

    def log_terms(place: Array, width: Array) -> Array:
        x = a * (2.0 * place - 1.0)
        return g * x * x - 2.0 * v * x + jnp.log(weights * jnp.maximum(width, 0.0))

    both = jax.nn.logsumexp(
        jnp.stack([log_terms(above, 1.0 - z), log_terms(below, z)], axis=-2), axis=-1
    )
    return jax.nn.softmax(both, axis=-1)


class Trials(NamedTuple):
    """Trials, scaled to bounds at -1 and 1.

    ``inside`` and ``over`` say where there can be a density, and where all has ended; ``a`` is the
    half separation, ``s`` the time and ``params`` are push, leak and start.
    """

    inside: Array
    over: Array
    a: Array
    s: Array
    params: tuple[Array, ...]
    sharing: Sharing


def _trials(
    rt: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    g: ArrayLike,
    t: ArrayLike,
    *,
    like: ArrayLike = 0.0,
    few: int = FEW,
) -> Trials:
    dtype = jnp.result_type(float, rt, v, a, z, g, t)
    tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
    v, a, z, g = (jnp.asarray(x, dtype) for x in (v, a, z, g))
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    begins = (a > least) & (z > 0) & (z < 1)
    over, inside = ~begins | (tau >= FOREVER), begins & (tau > least) & (tau < FOREVER)
    a, z = jnp.where(begins, a, 1.0), jnp.where(begins, z, 0.5)
    params = (v * a, g * a * a, z)
    shape = jnp.broadcast_shapes(inside.shape, jnp.shape(like), *(x.shape for x in params))
    s = jnp.where(inside, tau, 1.0) / a / a
    return Trials(inside, over & (tau > 0), a, s, params, sharing(shape, params, few))


def _solved(trials: Trials, solve: Callable[..., Array], more: int = 0) -> Array:
    """Map over rows; a solution has so many axes beyond that of times."""
    rows = trials.sharing
    args = (rows.each(trials.s), *map(rows.row, trials.params))
    return rows.back(chunked(over_rows(solve), args, BATCH[rows.shared]), more)


def _alone(s: Array, push: Array, leak: Array, z: Array) -> Array:
    """Log density of both responses at the one time of a row."""
    return log_flux_alone(s[0], push, leak, z)[None]


def _log_left(s: Array, push: Array, leak: Array, z: Array) -> Array:
    """Log probability of being still between the bounds at each time of a row."""
    log_later = log_flux_shared(jnp.maximum(s, EARLY), push, leak, z)[1]
    points, weights = (jnp.asarray(x, s.dtype) for x in _rule())
    first = jnp.log(jnp.clip(s, FIRST, EARLY))[:, None]
    x = first + (np.log(EARLY) - first) * points
    log_g = log_flux_early(jnp.exp(x), push, leak, z) + x[..., None]
    log_w = jnp.log(jnp.maximum((np.log(EARLY) - first) * weights, 1e-30))
    soon = jax.nn.logsumexp(log_g + log_w[..., None], axis=(1, 2))
    both = jnp.logaddexp(log_later, soon)
    return jnp.minimum(jnp.where(s < EARLY, both, log_later), 0.0)


def _rule() -> tuple[np.ndarray, np.ndarray]:
    points, weights = np.polynomial.legendre.leggauss(NODES)
    return 0.5 + 0.5 * points, 0.5 * weights

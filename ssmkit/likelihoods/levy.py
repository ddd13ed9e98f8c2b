"""A walk with alpha-stable noise, which jumps, between constant bounds."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.scipy.special import gammaln
from jax.typing import ArrayLike

from ssmkit.likelihoods.quadrature import choice_by_quadrature, log_survival_by_quadrature
from ssmkit.likelihoods.sharing import chunked, over_rows, sharing

CELLS = (23, 47, 95)
"""Places between the bounds, on three grids whose errors cancel to second order."""
OCTAVES, STEPS = 18, 8
"""The time is solved over octaves, each with twice the step of the last."""
FIRST = 2.0**-13
"""Where the second octave begins, in scaled time; the last ends at FIRST * 2**OCTAVES."""
BATCH = 16
"""Rows of parameters that are solved together."""


def log_levy(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    alpha: ArrayLike,
    t: ArrayLike,
) -> Array:
    """Log density of a response and its time in the Levy flight model.

    Parameters
    ----------
    rt
        Response time in seconds. All arguments broadcast.
    response
        1 for the upper bound, -1 for the lower one.
    v, a, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    alpha
        Index of stability of the noise, from 1 to 2. At 2 the noise is normal, with a variance of 2
        a second; below, it has jumps, rarer and larger ones than normal noise.

    Returns
    -------
    Array
        Log density a second; -inf with gradient 0 where the density is 0.

    Notes
    -----
    A Markov chain in continuous time whose jumps have the rates of the fractional centred
    difference (Ortigueira, 2006), on three grids, extrapolated (Voss, Lerche, Mertens & Voss, 2019,
    for the model). One solution gives all times: arguments ``v``, ``a``, ``z`` and ``alpha`` of a
    single value are solved once, others once a row. The error of the log, weighted by the density,
    is 2e-3 on average over the box of people and below 1e-2 for most; for nearly Cauchy noise under
    a strong drift towards a bound next to the start it is up to 2e-1.

    Jumps can end a decision at once: with alpha below 2 the density begins at a height at ``t``, so
    that the likelihood falls to 0 where ``t`` comes past the fastest response.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "alpha": 1.5, "t": 0.3}
    >>> round(float(log_levy(0.8, 1, **person)), 2)
    -0.22
    """
    dtype = jnp.result_type(float, rt, v, a, z, alpha, t)
    params = [jnp.asarray(x, dtype) for x in (v, a, z, alpha)]
    tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
    upper = jnp.asarray(response) > 0
    shape = jnp.broadcast_shapes(tau.shape, upper.shape, *(x.shape for x in params))
    trials = sharing(shape, params, few=1)
    args = (*map(trials.row, params), trials.each(tau), trials.each(upper))
    return trials.back(chunked(over_rows(_row), args, BATCH, forget=True))


def log_survival_levy(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, alpha: ArrayLike, t: ArrayLike
) -> Array:
    """Log probability of no response by a time.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, alpha, t
        As in :func:`log_levy`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "alpha": 1.5, "t": 0.3}
    >>> round(float(log_survival_levy(0.8, **person)), 2)
    -0.72
    """
    dtype = jnp.result_type(float, time, v, a, z, alpha, t)
    tau = jnp.asarray(time, dtype) - jnp.asarray(t, dtype)
    a = jnp.asarray(a, dtype)
    last = jax.lax.stop_gradient(
        jnp.maximum(tau, 0.0) + 16.0 * jnp.maximum(a, 1e-3) ** jnp.asarray(alpha, dtype)
    )
    return log_survival_by_quadrature(_of_time, tau, (v, a, z, alpha), (-1, 1), last=last)


def choice_probability_levy(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, alpha: ArrayLike, t: ArrayLike
) -> Array:
    """Probabilities of the responses.

    Parameters
    ----------
    v, a, z, alpha, t
        As in :func:`log_levy`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "alpha": 1.5, "t": 0.3}
    >>> bool(choice_probability_levy(**person).sum() > 0.99)
    True
    """
    return choice_by_quadrature(_of_time, (v, a, z, alpha), (-1, 1), like=t)


def _of_time(tau: Array, response: Array, v: Array, a: Array, z: Array, alpha: Array) -> Array:
    return log_levy(tau, response, v, a, z, alpha, 0.0)


def _row(v: Array, a: Array, z: Array, alpha: Array, times: Array, upper: Array) -> Array:
    """Log density at all times of one row of parameters."""
    possible = (a > 1e-6) & (z > 0) & (z < 1)
    a, z = jnp.where(possible, a, 1.0), jnp.where(possible, z, 0.5)
    inside = possible & (times > 0) & (times < jnp.inf)
    scale = a**alpha
    s = jnp.where(inside, times, 1.0) / scale
    drift = v * a ** (alpha - 1.0)
    few, some, many = (_nodes(drift, z, alpha, cells) for cells in CELLS)
    # Where the extrapolation is nonsense the density is next to nothing.
    smallest = float(jnp.finfo(s.dtype).tiny) ** 0.5
    f = (8.0 * many - 6.0 * some + few) / 3.0
    log_f = jnp.log(jnp.maximum(f, jnp.maximum(0.1 * many, smallest)))
    found = _between(s, jnp.where(upper, 0, 1), log_f) - jnp.log(scale)
    return jnp.where(inside, found, -jnp.inf)


def _grid() -> np.ndarray:
    step = FIRST / STEPS
    octaves = [step * np.arange(2 * STEPS + 1)]
    octaves += [step * 2.0**k * np.arange(STEPS + 1, 2 * STEPS + 1) for k in range(1, OCTAVES)]
    return np.concatenate(octaves)


def _between(s: Array, bound: Array, log_f: Array) -> Array:
    """Cubic interpolation over the nodes, and the last slope beyond them."""
    grid = _grid()
    last = len(grid) - 1
    kept = jnp.minimum(s, float(grid[-1]))
    i = jnp.clip(jnp.searchsorted(jnp.asarray(grid, s.dtype), kept) - 2, 0, last - 3)
    x = [jnp.asarray(grid, s.dtype)[i + k] for k in range(4)]
    found = 0.0
    for k in range(4):
        weight = 1.0
        for m in range(4):
            if m != k:
                weight = weight * (kept - x[m]) / (x[k] - x[m])
        found = found + weight * log_f[i + k, bound]
    # Every flight ends at a rate of 1 or more in scaled time, whatever rounding has left here.
    step = float(grid[last] - grid[last - 1])
    slope = jnp.minimum((log_f[last, bound] - log_f[last - 1, bound]) / step, -1.0)
    return found + slope * (s - kept)


def _nodes(drift: Array, z: Array, alpha: Array, n: int) -> Array:
    """Densities of ending at the upper and at the lower bound at the grid's times, scaled."""
    rates, exits = _chain(drift, alpha, n)
    move = _short(rates * (FIRST / STEPS))

    def octave(carry: tuple[Array, Array], _: None) -> tuple[tuple[Array, Array], Array]:
        move, state = carry

        def step(state: Array, _: None) -> tuple[Array, Array]:
            state = state + move @ state
            return state, state

        state, kept = jax.lax.scan(step, state, None, length=STEPS)
        return (2.0 * move + move @ move, state), kept

    place = 0.5 * (n + 1) * 2.0 * z - 1.0
    j = jnp.clip(jnp.floor(jax.lax.stop_gradient(place)).astype(int) - 1, 0, n - 4)
    q = place - j
    w = jnp.stack(
        [
            -(q - 1) * (q - 2) * (q - 3) / 6,
            q * (q - 2) * (q - 3) / 2,
            -q * (q - 1) * (q - 3) / 2,
            q * (q - 1) * (q - 2) / 6,
        ]
    )
    (_, state), first = octave((move, exits), None)
    _, kept = jax.lax.scan(octave, (move, state), None, length=OCTAVES)
    states = jnp.concatenate([exits[None], first, kept.reshape(-1, n, 2)])
    near = jax.lax.dynamic_slice_in_dim(states, j, 4, axis=1)
    return jnp.einsum("l,mlc->mc", w, near)


def _short(rates: Array) -> Array:
    """Exponential, less 1, of a matrix of norm far below 1, by Taylor's series.

    Less 1, because rounding at 1 would grow with each of the doublings that follow.
    """
    total = rates / 6.0
    for k in range(5, 0, -1):
        total = (rates + rates @ total) / k
    return total


def _chain(drift: Array, alpha: Array, n: int) -> tuple[Array, Array]:
    """Rates between places, and out of each through the upper and the lower bound."""
    h = 2.0 / (n + 1)
    k = jnp.arange(n, dtype=alpha.dtype)
    first = jnp.exp(gammaln(alpha + 1.0) - 2.0 * gammaln(0.5 * alpha + 1.0)) * h**-alpha
    jumps = -first * jnp.cumprod((k - 0.5 * alpha) / (0.5 * alpha + k + 1.0))
    jumps = jnp.concatenate([jnp.zeros(1, alpha.dtype), jumps])
    rates = jumps[np.abs(np.arange(n)[:, None] - np.arange(n))]
    up = (0.5 * first - jnp.cumsum(jumps)[:n])[::-1]
    push = drift / (2.0 * h)
    # Where the drift outruns the jumps to the next place, it is fitted as Scharfetter and Gummel
    # (1969) do: rates stay positive, and what would ring does not.
    x = push / jumps[1]
    square = x * x
    large = square > 1e-2
    root = jnp.sqrt(jnp.where(large, square, 1.0))
    fit = jumps[1] * jnp.where(
        large, root / jnp.tanh(root) - 1.0, square / 3.0 - square**2 / 45.0 + square**3 / 472.5
    )
    rates = rates + (fit + push) * jnp.asarray(np.eye(n, k=1), alpha.dtype)
    rates = rates + (fit - push) * jnp.asarray(np.eye(n, k=-1), alpha.dtype)
    down = up[::-1].at[0].add(fit - push)
    up = up.at[-1].add(fit + push)
    leave = jnp.sum(rates, axis=1) + up + down
    return rates - jnp.diag(leave), jnp.stack([up, down], axis=1)

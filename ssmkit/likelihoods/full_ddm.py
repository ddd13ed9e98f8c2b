"""The diffusion model whose start, drift and non-decision time all vary over trials."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.three_terms import three_terms

STARTS, TIMES = 4, 6
"""Nodes of the density over the start and over the non-decision time."""
CUT = 8.0
"""Starts and times that add less than exp(-CUT) of the density are left out."""
NEAREST = 1e-8
TINY = 1e-30


def log_full_ddm(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    sz: ArrayLike,
    sv: ArrayLike,
    st: ArrayLike,
) -> Array:
    """Log density of the drift diffusion model with variability of start, drift and time.

    Parameters
    ----------
    rt, response, a
        As in :func:`ssmkit.likelihoods.log_ddm`.
    v, sv
        Mean and standard deviation of the normal distribution of the drift.
    z, sz
        The start is uniform over ``2 a z - sz`` to ``2 a z + sz`` above the lower bound: z is a
        fraction of the separation, and sz half the range in units of evidence.
    t, st
        The non-decision time is uniform over ``t - st`` to ``t + st`` seconds.

    Returns
    -------
    Array
        Log density a second; -inf with gradient 0 where the density is 0: too early, or where a
        start could lie on a bound or beyond, or a non-decision time below 0.

    Notes
    -----
    The drift is integrated out in closed form (Tuerlinckx, 2004), start and non-decision time by
    Gauss and Legendre's rule: the logarithms of the 6 decision times, and for each of these the 4
    starts, that count. The error of the log, weighted by the density, is 1e-5 on average over the
    field's box, 5e-4 in its worst corner, and 5e-3 where a start all but touches a narrow bound.

    In the units of ``hddm`` and of the field's compiled density, ``sz`` is the whole range over the
    separation, ``sz / a`` here, and ``st`` the whole range, ``2 st`` here.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "sz": 0.1, "sv": 0.5, "st": 0.05}
    >>> round(float(log_full_ddm(0.8, 1, **person)), 3)
    -0.166
    """
    trial = trial_of(rt, response, v, a, z, t, sz, sv, st)
    tau, log_share = decision_times(trial, TIMES, CUT)
    d, log_weight = starts(trial, tau)
    lead, factor = series(trial, tau, d)
    lead = lead + log_share + log_weight
    top = jax.lax.stop_gradient(jnp.max(lead, axis=(0, 1)))
    total = jnp.sum(factor * jnp.exp(lead - top), axis=(0, 1))
    positive = trial.inside & (total > 0)
    log_f = jnp.log(jnp.where(positive, total, 1.0)) + top - 2.0 * jnp.log(trial.gap)
    return jnp.where(positive, log_f, -jnp.inf)


class Trial(NamedTuple):
    """A trial turned towards the bound hit, safe to compute with; ``near`` is its nearest start."""

    inside: Array
    possible: Array
    gap: Array
    near: Array
    drift: Array
    variance: Array
    first: Array
    last: Array
    sz: Array
    st: Array


def trial_of(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    sz: ArrayLike,
    sv: ArrayLike,
    st: ArrayLike,
) -> Trial:
    """Turn a trial towards the bound hit; out of the support its values are harmless ones."""
    dtype = jnp.result_type(float, rt, v, a, z, t, sz, sv, st)
    args = jnp.broadcast_arrays(
        *(jnp.asarray(x, dtype) for x in (rt, v, a, z, t, sz, sv, st)), jnp.asarray(response)
    )
    rt, v, a, z, t, sz, sv, st, response = args
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    to_lower, to_upper = 2.0 * a * z - sz, 2.0 * a * (1.0 - z) - sz
    possible = (a > least) & (jnp.minimum(to_lower, to_upper) > least) & (st <= t)
    last = rt - t + st
    inside = possible & (last > least)
    a, z, sz, st = (
        jnp.where(possible, x, other) for x, other in ((a, 1.0), (z, 0.5), (sz, 0.0), (st, 0.0))
    )
    last = jnp.where(inside & (last < jnp.inf), last, 1.0)
    up = response > 0
    near = jnp.where(up, 2.0 * a * (1.0 - z) - sz, 2.0 * a * z - sz)
    return Trial(
        inside,
        possible,
        2.0 * a,
        near,
        jnp.where(up, v, -v),
        jnp.square(sv),
        last - 2.0 * st,
        last,
        sz,
        st,
    )


def rule(nodes: int, like: Array) -> tuple[Array, Array]:
    """Gauss and Legendre's rule on (0, 1), on a new first axis."""
    points, weights = np.polynomial.legendre.leggauss(nodes)
    shape = (nodes, *(1,) * like.ndim)
    return tuple(
        jnp.asarray(x, like.dtype).reshape(shape) for x in (0.5 + 0.5 * points, 0.5 * weights)
    )


def decision_times(trial: Trial, nodes: int, cut: float) -> tuple[Array, Array]:
    """Decision times that count, and the log of the share of trials that each stands for."""
    last, near = trial.last, trial.near
    fastest = jnp.abs(trial.drift) + 3.0 * jnp.sqrt(trial.variance + TINY)
    # The free motion comes so far by then with a density of exp(-cut) of the later one's.
    square = near * near
    reached = last * square / (square + last * (2.0 * cut + near * fastest))
    start = jnp.maximum(reached, NEAREST * last)
    whole = trial.first >= start
    start = jnp.where(whole, trial.first, start)
    # The length over the whole range is 1, and never 0 / 0, where nothing is left out.
    length = jnp.where(whole, 2.0 * trial.st, last - start)
    covered = jnp.where(whole, 1.0, length / jnp.where(whole, 1.0, 2.0 * trial.st))
    stretch = length / start
    points, weights = rule(nodes, last)
    tau = start * jnp.exp(jnp.log1p(stretch) * points)
    per_length = _log1p_over(stretch) / start
    return tau, jnp.log(tau * per_length * covered) + jnp.log(weights)


def _log1p_over(x: Array) -> Array:
    """Log(1 + x) / x, smooth at 0."""
    small = x < 0.01
    y = jnp.where(small, x, 0.0)
    series = 1.0 - y * (1 / 2 - y * (1 / 3 - y * (1 / 4 - y * (1 / 5 - y * (1 / 6 - y / 7)))))
    x = jnp.where(small, 1.0, x)
    return jnp.where(small, series, jnp.log1p(x) / x)


def starts(trial: Trial, tau: Array) -> tuple[Array, Array]:
    """Distances to the bound hit that count at each time, and the log of the share of each."""
    near, sz = trial.near, trial.sz
    spread = tau * (1.0 + trial.variance * tau)
    # A free motion towards the bound comes from further away with less than exp(-CUT) of the rest.
    reach = jnp.sqrt(near * near + 2.0 * CUT * spread) - near + jnp.maximum(trial.drift, 0.0) * tau
    whole = 2.0 * sz <= reach
    covered = jnp.where(whole, 1.0, reach / jnp.where(whole, 1.0, 2.0 * sz))
    points, weights = rule(STARTS, tau)
    return near + jnp.where(whole, 2.0 * sz, reach) * points, jnp.log(weights * covered)


def series(trial: Trial, tau: Array, d: Array) -> tuple[Array, Array]:
    """Log of the leading term of the density, and the factor of its series, at each node."""
    gap, m = trial.gap, trial.drift
    lead, factor = three_terms(tau / gap / gap, d / gap)
    shrunk = 1.0 / (1.0 + trial.variance * tau)
    tilt = d * (d * trial.variance + 2.0 * m) - m * m * tau
    return lead + 0.5 * (jnp.log(shrunk) + tilt * shrunk), factor

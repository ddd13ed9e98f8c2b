"""One accumulator whose start is uniform: the integrals that its density and survival are made of.

With a start uniform on (0, A) and a bound at b, an accumulator whose speed is w ends between
(b - A) / w and b / w seconds, all equally likely. At time tau the speeds that can end just then
therefore lie between (b - A) / tau and b / tau, and everything is an integral over normal speeds:
of a ballistic accumulator whose speed varies between trials, and of a diffusion, whose mean speed
by tau is Normal(v, 1 / sqrt(tau)).

Each integral has two forms. Over a wide stretch it is a difference of tails, by Mills' ratio, on
the scale of the highest density of the stretch, so that nothing underflows. Over a narrow one that
difference has no digits, and Gauss and Legendre's rule has them all.
"""

import math
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from ssmkit.likelihoods.kernel import LOG_2PI
from ssmkit.likelihoods.mills import mills, mills_rest

NARROW = 8.0
"""A stretch is narrow while its width times 1 + its farthest score, in sd, is below this."""
ROOT_2PI = math.sqrt(2.0 * math.pi)
NODES, WEIGHTS = (np.polynomial.legendre.leggauss(14)[i] * 0.5 + (0.5, 0.0)[i] for i in (0, 1))


class _Edge(NamedTuple):
    """An end: above (1) or below (-1) the mean, its relative density, and the tail over that."""

    side: Array
    e: Array
    ratio: Array
    rest: Array


def log_speed_density(low: Array, high: Array, v: Array, s: Array) -> Array:
    """Log of the mean, over speeds from low to high, of speed times the normal density there.

    Parameters
    ----------
    low, high
        Ends of the stretch, ``0 <= low <= high``, in units of evidence a second.
    v, s
        Mean and standard deviation of the normal distribution, ``s > 0``. All broadcast.

    Returns
    -------
    Array
        The density of the decision time is this over tau (Brown & Heathcote, 2008, eq. 1). A
        stretch without width is the limit; -inf where the speed is 0 throughout.

    Examples
    --------
    >>> round(float(log_speed_density(0.6, 1.2, 0.8, 0.1)), 3)
    0.272
    """
    low, high, v, s = jnp.broadcast_arrays(*(jnp.asarray(x) for x in (low, high, v, s)))
    narrow = _is_narrow(low, high, v, s)
    peak = _peak(low, high, v)
    args = (low, high, v, s, peak)
    thin = _narrow_speed(*_stand_in(narrow, args, (0.9, 1.1, 1.0, 1.0, 1.0)))
    wide = _wide_speed(*_stand_in(~narrow, args, (0.0, 10.0, 5.0, 1.0, 5.0)))
    return _log(jnp.where(narrow, thin, wide), (peak - v) / s)


def log_slower(low: Array, high: Array, v: Array, s: Array) -> Array:
    """Log probability of a positive speed below one that is uniform between low and high.

    Parameters
    ----------
    low, high, v, s
        As in :func:`log_speed_density`; ``v`` may have either sign.

    Returns
    -------
    Array
        The probability that the bound is not reached yet, of paths that go up.

    Examples
    --------
    >>> round(float(log_slower(0.6, 1.2, 0.8, 0.1)), 3)
    -0.408
    """
    low, high, v, s = jnp.broadcast_arrays(*(jnp.asarray(x) for x in (low, high, v, s)))
    zero = jnp.zeros_like(low)
    first, whole = _is_narrow(zero, low, v, s), _is_narrow(zero, high, v, s)
    last = _is_narrow(low, high, v, s)
    peak = _peak(zero, high, v)
    args = (low, high, v, s, peak)
    few, many = (0.1, 0.2, 1.0, 1.0, 0.2), (0.0, 10.0, 5.0, 1.0, 5.0)
    below_by_rule = _narrow_below(*_stand_in(first, args, few))
    ramp_by_rule = _narrow_ramp(*_stand_in(last, args, few))
    below_by_tails, ramp_by_tails = _wide_slower(*_stand_in(~whole, args, many))
    below = jnp.where(first, below_by_rule, below_by_tails)
    ramp = jnp.where(last, ramp_by_rule, ramp_by_tails)
    return _log(below + ramp, (peak - v) / s)


def _is_narrow(low: Array, high: Array, v: Array, s: Array) -> Array:
    reach = jnp.maximum(jnp.abs(low - v), jnp.abs(high - v)) / s
    return (high - low) / s * (1.0 + reach) < NARROW


def _stand_in(here: Array, values: tuple, others: tuple) -> list[Array]:
    """Values where they are wanted, and harmless ones elsewhere."""
    return [
        jnp.where(here, x, jnp.asarray(y, x.dtype)) for x, y in zip(values, others, strict=True)
    ]


def _peak(low: Array, high: Array, v: Array) -> Array:
    """Return the likeliest speed of a stretch, to whose density all others are relative."""
    return jax.lax.stop_gradient(jnp.clip(v, low, high))


def _log(total: Array, z: Array) -> Array:
    """Log of what was summed relative to the normal density at the score z."""
    positive = total > 0
    log_total = jnp.log(jnp.where(positive, total, 1.0))
    return jnp.where(positive, log_total - 0.5 * z * z - 0.5 * LOG_2PI, -jnp.inf)


def _relative(w: Array, v: Array, s: Array, peak: Array) -> Array:
    """Return the density at w over that at the peak, by a difference of squares."""
    return jnp.exp(-0.5 * ((w - peak) / s) * ((w - v) / s + (peak - v) / s))


def _edges(ends: tuple[Array, ...], v: Array, s: Array, peak: Array) -> list[_Edge]:
    # In one array, so that the tails are one piece of program.
    w = jnp.stack(ends)
    y = jnp.abs((w - v) / s)
    side = jnp.where(w >= v, 1.0, -1.0).astype(y.dtype)
    return list(map(_Edge, side, _relative(w, v, s, peak), mills(y), mills_rest(y)))


def _by_rule(low: Array, high: Array, v: Array, s: Array, peak: Array) -> tuple[Array, Array]:
    """Return speeds between low and high, and their weighted relative densities."""
    share = jnp.asarray(NODES, low.dtype)
    w = low[..., None] + (high - low)[..., None] * share
    e = _relative(w, *(x[..., None] for x in (v, s, peak)))
    return w, jnp.asarray(WEIGHTS, low.dtype) * e


def _narrow_speed(low: Array, high: Array, v: Array, s: Array, peak: Array) -> Array:
    w, e = _by_rule(low, high, v, s, peak)
    return jnp.sum(w * e, axis=-1) / s


def _wide_speed(low: Array, high: Array, v: Array, s: Array, peak: Array) -> Array:
    one, two = _edges((low, high), v, s, peak)
    # What a tail adds to the mean speed: w R + s G above w > v, w R - s G below w < v.
    first, last = (
        edge.side * edge.e * (w * edge.ratio + edge.side * s * edge.rest)
        for edge, w in ((one, low), (two, high))
    )
    across = jnp.where(one.side < two.side, v * ROOT_2PI, 0.0)
    return (across + first - last) / (high - low)


def _narrow_below(low: Array, high: Array, v: Array, s: Array, peak: Array) -> Array:
    del high
    return low / s * jnp.sum(_by_rule(jnp.zeros_like(low), low, v, s, peak)[1], axis=-1)


def _narrow_ramp(low: Array, high: Array, v: Array, s: Array, peak: Array) -> Array:
    e = _by_rule(low, high, v, s, peak)[1]
    return (high - low) / s * jnp.sum(e * (1.0 - jnp.asarray(NODES, low.dtype)), axis=-1)


def _wide_slower(low: Array, high: Array, v: Array, s: Array, peak: Array) -> tuple[Array, Array]:
    """Return the masses of speeds from 0 to low, and from low to high on a ramp that falls to 0."""
    zero, one, two = _edges((jnp.zeros_like(low), low, high), v, s, peak)
    tails = [edge.side * edge.e * edge.ratio for edge in (zero, one)]
    below = jnp.where(zero.side < one.side, ROOT_2PI, 0.0) + tails[0] - tails[1]
    wide = high > low
    width = jnp.where(wide, high - low, 1.0) / s
    across = jnp.where(one.side < two.side, (high - v) / s * ROOT_2PI, 0.0)
    ramp = across + two.e * two.rest - one.e * one.rest + width * tails[1]
    return below, jnp.where(wide, ramp / width, 0.0)

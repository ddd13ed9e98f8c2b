"""What the two networks of :mod:`ssmkit.likelihoods.network.races` have to learn of one racer."""

import math

from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.race import RACER


def log_finish(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    """Log density of the time at which one racer finishes."""
    return RACER.log_f(rt, response, v, a, z, t, theta)


def log_unfinished(
    rt: ArrayLike,
    response: ArrayLike,  # noqa: ARG001 - one racer has one response
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    """Log probability that one racer has yet to finish."""
    return RACER.log_s(rt, v, a, z, t, theta)


def log_first_of_two(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    """Log density of the time at which the first of two alike finishes: where survival counts."""
    one = log_finish(rt, response, v, a, z, t, theta)
    return math.log(2.0) + one + log_unfinished(rt, response, v, a, z, t, theta)

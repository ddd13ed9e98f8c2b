"""How likely a path between two known points stayed clear of both bounds."""

import math

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.kernel import LOG_2PI, PI, SWITCH


def log_stay(s: ArrayLike, start: ArrayLike, end: ArrayLike) -> Array:
    """Log probability that a Brownian bridge stays within (0, 1).

    Parameters
    ----------
    s
        Normalised time that the bridge takes; above 0.
    start, end
        Where it starts and ends, 0 to 1. All arguments broadcast.

    Returns
    -------
    Array
        Log probability; -inf at a start or end on a bound.

    Notes
    -----
    The density of the motion killed at both bounds over that of the free motion, by 14 images for
    short times and four sines for long ones (Feller, 1971, X.5). A bridge does not depend on the
    drift, and between linear bounds it is one between constant bounds in another time.

    Examples
    --------
    >>> round(float(log_stay(0.2, 0.5, 0.5)), 3)
    -0.179
    """
    s, x, y = jnp.broadcast_arrays(*(jnp.asarray(arg) for arg in (s, start, end)))
    short = s < SWITCH
    rate = (1.0 / jnp.where(short, s, SWITCH))[..., None]
    k = jnp.arange(-3, 4)
    across = jnp.exp(-2.0 * k * (k + (y - x)[..., None]) * rate)
    mirrored = jnp.exp(-2.0 * (k + x[..., None]) * (k + y[..., None]) * rate)
    images = jnp.sum(across - mirrored, axis=-1)

    late = jnp.where(short, SWITCH, s)
    n = jnp.arange(1, 5)
    decay = jnp.exp(-0.5 * PI * PI * late[..., None] * (n * n - 1))
    sines = jnp.sum(
        decay * jnp.sin(PI * n * x[..., None]) * jnp.sin(PI * n * y[..., None]), axis=-1
    )
    lead = math.log(2.0) + 0.5 * (jnp.square(y - x) / late + jnp.log(late) + LOG_2PI)
    factor = jnp.where(short, images, sines)
    positive = (factor > 0) & (x > 0) & (x < 1) & (y > 0) & (y < 1)
    log_factor = jnp.log(jnp.where(positive, factor, 1.0))
    log_p = log_factor + jnp.where(short, 0.0, lead - 0.5 * PI * PI * late)
    return jnp.where(positive, log_p, -jnp.inf)

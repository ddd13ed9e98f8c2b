"""What is known of the leaky accumulator, and its log density by a network that says the rest."""

import math

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.kernel import log_kernel
from ssmkit.likelihoods.leaky import log_lost
from ssmkit.likelihoods.network.densities import Parts, density
from ssmkit.likelihoods.network.mlp import shipped
from ssmkit.likelihoods.network.slowest import slowest

_LEAST = 1e-6
# Found by trying: the early disturbance ends to grow at FULL, and both ends of time meet at MEET.
FULL, MEET, SHARPNESS = 0.4, 0.57, 3.0


def parts_ornstein(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    g: ArrayLike,
    t: ArrayLike,
) -> Parts:
    """Take drift, scale and side off, and what the leak does at early and at late times.

    Early it is a small disturbance of the diffusion model, late only the slowest solution is left;
    the network learns what is between them.
    """
    dtype = jnp.result_type(float, rt, v, a, z, g, t)
    v, a, z, g = (jnp.asarray(x, dtype) for x in (v, a, z, g))
    begins = (a > _LEAST) & (z > 0) & (z < 1)
    a, z = jnp.where(begins, a, 1.0), jnp.where(begins, z, 0.5)
    tau = (jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)) / (a * a)
    inside = (tau > _LEAST) & (tau < 1.0 / _LEAST) & begins
    side = jnp.where(jnp.asarray(response) > 0, 1.0, -1.0).astype(dtype)
    # Seen from the bound that is hit, which is the upper one from here on.
    s, push, leak, start = jnp.broadcast_arrays(
        jnp.where(inside, tau, 1.0), side * v * a, g * a * a, side * (2.0 * z - 1.0)
    )
    square, slope = leak * leak, leak * (push - leak)
    still = 0.5 * (push * push - leak)
    log_share, faster = slowest(push, leak, start)
    late = log_share - faster * s
    until = FULL / jnp.sqrt(1.0 + square / 9.0)
    until = until * jnp.tanh(s / until)
    near = 0.5 * (1.0 - start)
    early = (still * until - log_lost(until, push, leak, near)) - faster * (s - until)
    tempo = 0.25 * jnp.log1p(square / 9.0) + 0.125 * jnp.log1p(slope * slope / 100.0)
    past = jnp.log(s) + tempo - math.log(MEET)
    gap = early - late
    base = (
        log_kernel(0.25 * s, near, 0.5 * (1.0 + start))
        - 2.0 * jnp.log(2.0 * a)
        + 2.0 * near * (push - 0.5 * leak * (1.0 + start))
        - still * s
        + late
        + jax.nn.sigmoid(-SHARPNESS * past) * gap
    )
    features = [
        jnp.log(s),
        start,
        jnp.log1p(square / 9.0),
        push * leak / jnp.sqrt(1.0 + square / 9.0),
        past,
        gap / jnp.sqrt(1.0 + gap * gap / 4.0),
        log_share / jnp.sqrt(1.0 + log_share * log_share / 16.0),
    ]
    return Parts(inside, base, jnp.stack(features, axis=-1))


def log_ornstein_network(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    g: ArrayLike,
    t: ArrayLike,
) -> Array:
    """Log density of the leaky accumulator by a network.

    Parameters
    ----------
    rt, response, v, a, z, g, t
        As in :func:`ssmkit.likelihoods.log_ornstein`.

    Returns
    -------
    Array
        As in :func:`ssmkit.likelihoods.log_ornstein`, near it where the network was trained.

    Notes
    -----
    See :func:`log_ddm_network`. The network adds what is missing between the early disturbance of
    the diffusion model by the leak and the slowest solution, which is left late. It costs the same
    whether trials share parameters or not.

    Examples
    --------
    >>> round(float(log_ornstein_network(0.8, 1, v=1.0, a=1.0, z=0.5, g=0.5, t=0.3)), 2)
    -0.19
    """
    return density(parts_ornstein(rt, response, v, a, z, g, t), shipped("ornstein"))

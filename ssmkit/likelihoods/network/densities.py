"""Log densities of which a network says what no closed form does."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.angle import without_drift
from ssmkit.likelihoods.kernel import LOG_2PI, LOG_PI, PI
from ssmkit.likelihoods.network.mlp import Net, apply, shipped


class Parts(NamedTuple):
    """Where a density is positive, its log as far as it is known, and the inputs to the rest."""

    inside: Array
    base: Array
    features: Array


def density(parts: Parts, net: Net) -> Array:
    """Put what is known and what the network says together."""
    return jnp.where(parts.inside, parts.base + apply(net, parts.features), -jnp.inf)


def parts_ddm(
    rt: ArrayLike, response: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike
) -> Parts:
    """Take the drift, the scale and both ends of time off the diffusion model."""
    return parts_angle(rt, response, v, a, z, t, 0.0)


def parts_angle(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Parts:
    """Take the motion of the bounds off as well, by the time of the bridge."""
    still = without_drift(rt, response, v, a, z, t, theta, _rough_kernel)
    base = still.log_f + still.d * still.m - 0.5 * still.m * still.m * still.trial.tau
    features = jnp.stack(jnp.broadcast_arrays(jnp.log(still.s), still.trial.w), axis=-1)
    return Parts(still.inside, base, features)


def _rough_kernel(s: Array, w: Array, rest: Array) -> Array:
    """Return the kernel's first image, or its first sine where that is less, softly joined."""
    image = jnp.log(w) - 0.5 * w * w / s - 1.5 * jnp.log(s) - 0.5 * LOG_2PI
    image = image + jnp.log(-jnp.expm1(-2.0 * rest / s))
    sine = LOG_PI + jnp.log(jnp.sin(PI * jnp.minimum(w, rest))) - 0.5 * PI * PI * s
    return -jnp.logaddexp(-image, -sine)


def log_ddm_network(
    rt: ArrayLike, response: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike
) -> Array:
    """Log density of the diffusion model by a network.

    Parameters
    ----------
    rt, response, v, a, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.

    Returns
    -------
    Array
        As in :func:`ssmkit.likelihoods.log_ddm`, near it where the network was trained.

    Notes
    -----
    The network sees the decision time over the squared separation and the start, and adds what is
    missing of the series beyond its first terms. Its error is on its card
    (:func:`ssmkit.likelihoods.network.read_card`).

    Examples
    --------
    >>> round(float(log_ddm_network(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3)), 2)
    -0.13
    """
    return density(parts_ddm(rt, response, v, a, z, t), shipped("ddm"))


def log_angle_network(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    """Log density of the angle model by a network.

    Parameters
    ----------
    rt, response, v, a, z, t, theta
        As in :func:`ssmkit.likelihoods.log_angle`.

    Returns
    -------
    Array
        As in :func:`ssmkit.likelihoods.log_angle`, near it where the network was trained.

    Notes
    -----
    See :func:`log_ddm_network`; the motion of the bounds changes what the network sees, by the time
    change of :func:`ssmkit.likelihoods.log_angle`, and not what it has to learn.

    Examples
    --------
    >>> round(float(log_angle_network(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3, theta=0.4)), 2)
    0.03
    """
    return density(parts_angle(rt, response, v, a, z, t, theta), shipped("angle"))

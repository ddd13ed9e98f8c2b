"""Log densities of which a network says what no closed form does."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.angle import without_drift
from ssmkit.likelihoods.kernel import LOG_2PI, LOG_PI, PI, log_kernel, sine_cosine
from ssmkit.likelihoods.network.mlp import Net, apply, shipped

_LEAST = 1e-6


class Parts(NamedTuple):
    """Where a density is positive, its log as far as it is known, and the inputs to the rest.

    ``share`` is how much of the rest there is: where it is 0, what is known is exact.
    """

    inside: Array
    base: Array
    features: Array
    share: ArrayLike = 1.0


def density(parts: Parts, net: Net) -> Array:
    """Put what is known and what the network says together."""
    return jnp.where(parts.inside, said(parts, net), -jnp.inf)


def said(parts: Parts, net: Net) -> Array:
    """Return the log density as it is inside, and something finite elsewhere."""
    return parts.base + parts.share * apply(net, parts.features)


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


def parts_weibull(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
) -> Parts:
    """Take drift and scale off the Weibull model, and the passage through a straight bound.

    The straight bound goes through the curved one at the trial's time and at a quarter of it.
    """
    dtype = jnp.result_type(float, rt, v, a, z, t, alpha, beta)
    v, a, z, alpha, beta = (jnp.asarray(x, dtype) for x in (v, a, z, alpha, beta))
    begins = (a > _LEAST) & (z > 0) & (z < 1) & (alpha > 0) & (beta > 0)
    a, beta = (jnp.where(begins, x, 1.0) for x in (a, beta))
    tau = (jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)) / (a * a)
    inside = (tau > _LEAST) & (tau < 1.0 / _LEAST) & begins
    tau = jnp.where(inside, tau, 1.0)
    half = beta / (a * a)
    # Where the bounds have all but met, so has what is said of them.
    power = jnp.minimum(alpha * (jnp.log(tau) - jnp.log(half)), 2.5)
    u = jnp.exp(power)
    b, before = jnp.exp(-u), jnp.exp(-u * 4.0**-alpha)
    slope = (b - before) / (0.75 * tau)
    flat = b - slope * tau
    side = jnp.where(jnp.asarray(response) > 0, 1.0, -1.0)
    start = side * (2.0 * z - 1.0)
    room = b / flat
    w = jnp.clip((flat - start) / (2.0 * flat), 0.01, 0.99)
    d = flat - start
    base = (
        log_kernel(tau / room / (4.0 * flat * flat), w)
        - 2.0 * jnp.log(2.0 * flat)
        - 1.5 * jnp.log(room)
        + slope * d * d / (2.0 * flat)
        - d * slope
        - 0.5 * slope * slope * tau
        + side * v * a * (b - start)
        - 0.5 * (v * a) ** 2 * tau
        - 2.0 * jnp.log(a)
    )
    features = [
        jnp.log(tau),
        start,
        jnp.log(alpha),
        jnp.log(half),
        b,
        alpha * u * b,
        1.0 / (1.0 + u),
        jnp.log(tau / (b * b) + 0.05),
    ]
    return Parts(inside, base, jnp.stack(jnp.broadcast_arrays(*features), axis=-1))


def _rough_kernel(s: Array, w: Array, rest: Array) -> Array:
    """Return the kernel's first image, or its first sine where that is less, softly joined."""
    image = jnp.log(w) - 0.5 * w * w / s - 1.5 * jnp.log(s) - 0.5 * LOG_2PI
    image = image + jnp.log(-jnp.expm1(-2.0 * rest / s))
    sine = LOG_PI + jnp.log(sine_cosine(w, rest)[0]) - 0.5 * PI * PI * s
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


def log_weibull_network(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
) -> Array:
    """Log density between bounds that collapse like a Weibull survival, by a network.

    Parameters
    ----------
    rt, response, v, a, z, t, alpha, beta
        As in :func:`ssmkit.likelihoods.log_weibull`.

    Returns
    -------
    Array
        As in :func:`ssmkit.likelihoods.log_weibull`, near it where the network was trained.

    Notes
    -----
    See :func:`log_ddm_network`. The density for a straight bound through the curved one is closed
    form; the network learns the rest. It costs the same whether trials share parameters or not.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "alpha": 2.0, "beta": 2.0}
    >>> round(float(log_weibull_network(0.8, 1, **person)), 1)
    -0.0
    """
    parts = parts_weibull(rt, response, v, a, z, t, alpha, beta)
    return density(parts, shipped("weibull"))


def log_exponential_network(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    beta: ArrayLike,
) -> Array:
    """Log density between bounds that collapse exponentially, by the network of the Weibull model.

    Parameters
    ----------
    rt, response, v, a, z, t, beta
        As in :func:`ssmkit.likelihoods.log_exponential`.

    Returns
    -------
    Array
        As in :func:`log_weibull_network` with ``alpha = 1``.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "beta": 2.0}
    >>> round(float(log_exponential_network(0.8, 1, **person)), 1)
    0.0
    """
    return log_weibull_network(rt, response, v, a, z, t, 1.0, beta)

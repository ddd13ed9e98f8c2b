"""How likely each response is, whenever it comes."""

import math

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.scipy.special import log_ndtr, logsumexp
from jax.typing import ArrayLike

from ssmkit.likelihoods.kernel import log_kernel

# The integrand is over the log of time: analytic, and gone at both ends of this grid.
STEPS = np.linspace(0.0, 1.0, 256)
LATEST = 9.1  # exp(-pi^2 s / 2) is 3e-20 here
IMAGES = range(-16, 17)


def choice_probability_ddm(v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike) -> Array:
    """Probabilities of the responses in the drift diffusion model.

    Parameters
    ----------
    v, a, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Notes
    -----
    See :func:`choice_probability_angle`, of which this is the case of constant bounds.

    Examples
    --------
    >>> lower, upper = choice_probability_ddm(v=1.0, a=1.0, z=0.5, t=0.3)
    >>> round(float(upper), 3)
    0.881
    """
    return _both(v, a, z, t, 0.0, 0.0)


def choice_probability_ddm_sdv(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, sv: ArrayLike
) -> Array:
    """Probabilities of the responses where the drift varies over trials.

    Parameters
    ----------
    v, a, z, t, sv
        As in :func:`ssmkit.likelihoods.log_ddm_sdv`. All arguments broadcast; ``t`` has no
        influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Notes
    -----
    See :func:`choice_probability_angle`.

    Examples
    --------
    >>> choice_probability_ddm_sdv(v=1.0, a=1.0, z=0.5, t=0.3, sv=1.0).sum().round(6).item()
    1.0
    """
    return _both(v, a, z, t, sv, 0.0)


def choice_probability_angle(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, theta: ArrayLike
) -> Array:
    """Probabilities of the responses with linearly moving bounds.

    Parameters
    ----------
    v, a, z, t, theta
        As in :func:`ssmkit.likelihoods.log_angle`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis. With ``theta < 0`` they need
        not sum to 1: the rest is the probability that the path never ends
        (:func:`ssmkit.likelihoods.log_never_angle`).

    Notes
    -----
    The trapezoidal rule over the log of the bridge's time, which converges geometrically. Where
    the bounds open fast enough to be felt, the images of the density are integrated one by one
    instead, each a first passage of one bound (Anderson, 1960).

    Examples
    --------
    >>> choice_probability_angle(v=1.0, a=1.0, z=0.5, t=0.3, theta=0.4).sum().round(6).item()
    1.0
    """
    return _both(v, a, z, t, 0.0, theta)


def choice_probability_angle_sdv(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, theta: ArrayLike, sv: ArrayLike
) -> Array:
    """Probabilities of the responses with moving bounds and a varying drift.

    Parameters
    ----------
    v, a, z, t, theta, sv
        As in :func:`ssmkit.likelihoods.log_angle_sdv`. All arguments broadcast; ``t`` has no
        influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis. Their sum is below 1 where
        some paths never end, which opening bounds have.

    Notes
    -----
    See :func:`choice_probability_angle`.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "theta": 0.4, "sv": 0.5}
    >>> choice_probability_angle_sdv(**person).sum().round(6).item()
    1.0
    """
    return _both(v, a, z, t, sv, theta)


def _both(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, sv: ArrayLike, theta: ArrayLike
) -> Array:
    dtype = jnp.result_type(float, v, a, z, t, sv, theta)
    args = jnp.broadcast_arrays(*(jnp.asarray(x, dtype) for x in (v, a, z, t, sv, theta)))
    v, a, z, _, sv, theta = args
    slope = jnp.tan(theta)
    # Opening bounds end the bridge's time at a / |slope|, here over the squared separation.
    felt = -slope * 4.0 * a * LATEST > 1
    by_time, by_images = jnp.where(felt, 0.0, slope), jnp.where(felt, slope, -1.0)
    hits = [
        jnp.where(felt, _images(m, a, w, sv, by_images), _quadrature(m, a, w, rest, sv, by_time))
        for m, w, rest in ((-v, z, 1 - z), (v, 1 - z, z))
    ]
    on_bound = jnp.stack([z <= 0, z >= 1], axis=-1)
    settled = jnp.any(on_bound, axis=-1, keepdims=True)
    return jnp.where(settled, on_bound.astype(dtype), jnp.stack(hits, axis=-1))


def _quadrature(v: Array, a: Array, w: Array, rest: Array, sv: Array, slope: Array) -> Array:
    inside = (w > 0) & (rest > 0)
    w, rest = jnp.where(inside, w, 0.5), jnp.where(inside, rest, 0.5)
    a, w, rest, v, sv, slope = (x[..., None] for x in (a, w, rest, v, sv, slope))
    gap = 2.0 * a
    # Before this the free motion had not come that far, but for the 1e-18 of it beyond 9 sd.
    steep = 80.0 + gap * w * (2.0 * jnp.abs(v + slope) + 9.0 * jnp.abs(sv))
    earliest = jax.lax.stop_gradient(jnp.log(w * w / steep))
    width = math.log(LATEST) - earliest
    s = jnp.exp(earliest + width * jnp.asarray(STEPS, width.dtype))
    tau = s * gap * gap / (1.0 + s * gap * gap * slope / a)
    room = tau / (s * gap * gap)
    d, m = gap * w, v + slope
    grown = sv * sv * tau
    tilt = (d * d * sv * sv + 2.0 * d * m - m * m * tau) / (2.0 * (1.0 + grown))
    log_f = log_kernel(s, w, rest) + tilt - 0.5 * jnp.log1p(grown) - slope * d * w
    values = jnp.exp(log_f + 0.5 * jnp.log(room)) * s  # room^-1.5 d tau / d s = room^.5
    return jnp.sum(values, axis=-1) * jnp.squeeze(width, -1) / (len(STEPS) - 1)


def _images(v: Array, a: Array, w: Array, sv: Array, slope: Array) -> Array:
    a, w, v, sv, slope = (x[..., None] for x in (a, w, v, sv, slope))
    d, m = 2.0 * a * w, v + slope
    far = d + 4.0 * a * jnp.asarray(IMAGES, a.dtype)
    reach = slope * (far * far - d * d) / (2.0 * a)
    varies = sv > 0
    # The mean of exp(d m - |far m|) over a normal drift has a part of each sign of m.
    spread = jnp.where(varies, sv, 1.0)
    parts = jnp.stack(
        [
            slant * m
            + 0.5 * jnp.square(slant * spread)
            + log_ndtr(side * (m / spread + slant * spread))
            for side, slant in ((1.0, d - jnp.abs(far)), (-1.0, d + jnp.abs(far)))
        ]
    )
    tilt = jnp.where(varies, logsumexp(parts, axis=0), d * m - jnp.abs(far) * jnp.abs(m))
    return jnp.sum(jnp.sign(far) * jnp.exp(reach + tilt), axis=-1)

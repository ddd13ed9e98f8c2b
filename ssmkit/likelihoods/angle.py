"""The diffusion model with bounds that close, or open, along straight lines."""

from collections.abc import Callable
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.frame import Frame, frame
from ssmkit.likelihoods.kernel import log_kernel


def log_angle(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
) -> Array:
    """Log density of a response and its time with linearly moving bounds.

    Parameters
    ----------
    rt, response, v, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    a
        Half the separation of the bounds at the start.
    theta
        Angle in radians by which each bound turns inwards: they lie at plus and minus
        ``a - (rt - t) tan(theta)``. Negative angles open the bounds.

    Returns
    -------
    Array
        Log density a second; -inf with gradient 0 where the density is 0, which it is from the
        moment when the bounds have met. With ``theta < 0`` some paths may never end: the density
        then has mass 1 - P(never), see :func:`ssmkit.likelihoods.log_never_angle`.

    Notes
    -----
    The series of Hall (1997), summed by the time change ``tau / (1 - tau tan(theta) / a)`` of the
    Brownian bridge, which turns it into the kernel of constant bounds: exact, at the cost of the
    plain model. See also Srivastava, Feng, Cohen, Leonard & Shenhav (2017).

    Near the meeting of the bounds the density is a steep function of their distance, and a
    distance of r times the first one carries a rounding error of 1e-16 / r.

    Examples
    --------
    >>> round(float(log_angle(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3, theta=0.4)), 3)
    0.032
    """
    still = without_drift(rt, response, v, a, z, t, theta)
    tilt = still.d * still.m - 0.5 * still.m * still.m * still.trial.tau
    return jnp.where(still.inside, still.log_f + tilt, -jnp.inf)


def log_angle_sdv(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
    sv: ArrayLike,
) -> Array:
    """Log density with linearly moving bounds and a drift that varies over trials.

    Parameters
    ----------
    rt, response, a, z, t, theta
        As in :func:`log_angle`.
    v
        Mean of the normal distribution of the drift.
    sv
        Its standard deviation; 0 is the model without variability.

    Returns
    -------
    Array
        As in :func:`log_angle`.

    Notes
    -----
    A bound that moves at a constant speed adds that speed to the drift, so that a normal drift is
    integrated out as between constant bounds (Tuerlinckx, 2004).

    Examples
    --------
    >>> round(float(log_angle_sdv(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3, theta=0.4, sv=0.5)), 3)
    -0.018
    """
    still = without_drift(rt, response, v, a, z, t, theta)
    variance = jnp.square(jnp.asarray(sv, still.log_f.dtype))
    grown = variance * still.trial.tau
    d, m = still.d, still.m
    tilt = (d * d * variance + 2.0 * d * m - m * m * still.trial.tau) / (2.0 * (1.0 + grown))
    return jnp.where(still.inside, still.log_f + tilt - 0.5 * jnp.log1p(grown), -jnp.inf)


class Still(NamedTuple):
    """The density without drift, and the distance and drift towards the bound hit that tilt it.

    ``s`` is the normalised time of the bridge, on which the kernel is evaluated.
    """

    trial: Frame
    inside: Array
    s: Array
    log_f: Array
    d: Array
    m: Array


def without_drift(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
    kernel: Callable[..., Array] = log_kernel,
) -> Still:
    """Return a trial between bounds that move linearly, before its drift is put on top."""
    trial = frame(rt, response, v, a, z, t)
    slope = jnp.tan(jnp.asarray(theta, trial.tau.dtype))
    room = 1.0 - slope * (trial.tau / trial.a)  # distance of the bounds over that at the start
    inside = trial.inside & (room > 0)
    room = jnp.where(inside, room, 1.0)
    gap = 2.0 * trial.a
    d = gap * trial.w
    s = trial.s / room
    log_f = kernel(s, trial.w, trial.rest)
    log_f = log_f - 2.0 * jnp.log(gap) - 1.5 * jnp.log(room) - d * slope * trial.w
    return Still(trial, inside, s, log_f, d, trial.drift + slope)

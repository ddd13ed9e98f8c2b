"""How likely it is that no response was given yet, or ever."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.scipy.special import logsumexp
from jax.typing import ArrayLike

from ssmkit.likelihoods.bridge import log_stay
from ssmkit.likelihoods.frame import frame
from ssmkit.likelihoods.kernel import LOG_2PI

# Gauss and Legendre's nodes on (0, 1): 64 resolve a normal curve out to 9 sd to 1e-13.
NODES, WEIGHTS = (np.polynomial.legendre.leggauss(64)[i] * 0.5 + (0.5, 0.0)[i] for i in (0, 1))
REACH = 9.0


def log_survival_ddm(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike
) -> Array:
    """Log probability of no response by a time, in the drift diffusion model.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``.

    Notes
    -----
    See :func:`log_survival_angle`, of which this is the case of constant bounds.

    Examples
    --------
    >>> round(float(log_survival_ddm(0.8, v=1.0, a=1.0, z=0.5, t=0.3)), 3)
    -0.535
    """
    return _log_survival(time, v, a, z, t, 0.0, 0.0)


def log_survival_ddm_sdv(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, sv: ArrayLike
) -> Array:
    """Log probability of no response by a time, where the drift varies over trials.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t, sv
        As in :func:`ssmkit.likelihoods.log_ddm_sdv`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``.

    Notes
    -----
    See :func:`log_survival_angle`; only the free motion gets wider.

    Examples
    --------
    >>> round(float(log_survival_ddm_sdv(0.8, v=1.0, a=1.0, z=0.5, t=0.3, sv=0.5)), 3)
    -0.562
    """
    return _log_survival(time, v, a, z, t, sv, 0.0)


def log_survival_angle(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, theta: ArrayLike
) -> Array:
    """Log probability of no response by a time, with linearly moving bounds.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t, theta
        As in :func:`ssmkit.likelihoods.log_angle`.

    Returns
    -------
    Array
        Log probability that the response time is above ``time``: 0 up to ``t``, -inf once the
        bounds have met. With ``theta < 0`` it counts the paths that never end, and so falls to
        :func:`log_never_angle` instead of -inf as time goes on.

    Notes
    -----
    The mean, over the normal position of the free motion, of the probability that the bridge to
    there stayed within the bounds (:func:`ssmkit.likelihoods.bridge.log_stay`). Every term is
    positive, so that small probabilities keep their digits.

    Examples
    --------
    >>> round(float(log_survival_angle(0.8, v=1.0, a=1.0, z=0.5, t=0.3, theta=0.4)), 3)
    -0.817
    """
    return _log_survival(time, v, a, z, t, 0.0, theta)


def log_survival_angle_sdv(
    time: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    theta: ArrayLike,
    sv: ArrayLike,
) -> Array:
    """Log probability of no response by a time, with moving bounds and a varying drift.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t, theta, sv
        As in :func:`ssmkit.likelihoods.log_angle_sdv`.

    Returns
    -------
    Array
        As in :func:`log_survival_angle`.

    Notes
    -----
    See :func:`log_survival_angle`; only the free motion gets wider.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "theta": 0.4, "sv": 0.5}
    >>> round(float(log_survival_angle_sdv(0.8, **person)), 3)
    -0.847
    """
    return _log_survival(time, v, a, z, t, sv, theta)


def _log_survival(
    time: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    sv: ArrayLike,
    theta: ArrayLike,
) -> Array:
    trial = frame(time, 1, v, a, z, t)
    dtype = trial.tau.dtype
    slope = jnp.tan(jnp.asarray(theta, dtype))
    room = 1.0 - slope * (trial.tau / trial.a)
    open_ = trial.inside & (room > 0)
    tau, room = trial.tau, jnp.where(open_, room, 1.0)
    gap = 2.0 * trial.a * room
    start = trial.rest  # seen from the upper bound, this is the distance to the lower one
    # The free motion, on the scale where the bounds are 0 and 1 now.
    centre = 0.5 + (2.0 * trial.a * (start - 0.5) + trial.drift * tau) / gap
    sd = jnp.sqrt(tau * (1.0 + jnp.square(jnp.asarray(sv, dtype)) * tau)) / gap
    # Nodes around the likeliest point between the bounds, as far as the motion ever gets; the
    # integrand is 0 at both ends, so that they may stand still in gradients.
    middle, reach = (jax.lax.stop_gradient(x) for x in (jnp.clip(centre, 0.0, 1.0), REACH * sd))
    low = jnp.maximum(-middle, -reach)[..., None]
    width = jnp.minimum(1.0 - middle, reach)[..., None] - low
    offset = low + width * jnp.asarray(NODES, dtype)
    score = (offset + (middle - centre)[..., None]) / sd[..., None]
    s = (trial.s / room)[..., None]
    log_p = log_stay(s, start[..., None], middle[..., None] + offset) - 0.5 * score * score
    log_p = log_p + jnp.log(width * jnp.asarray(WEIGHTS, dtype) / sd[..., None])
    log_s = jnp.minimum(logsumexp(log_p, axis=-1) - 0.5 * LOG_2PI, 0.0)
    before = jnp.asarray(time, dtype) <= jnp.asarray(t, dtype)
    return jnp.where(open_, log_s, jnp.where(before, 0.0, -jnp.inf))


def log_never_angle(v: ArrayLike, a: ArrayLike, z: ArrayLike, theta: ArrayLike) -> Array:
    """Log probability that a path between opening bounds never ends.

    Parameters
    ----------
    v, a, z, theta
        As in :func:`ssmkit.likelihoods.log_angle`. All arguments broadcast.

    Returns
    -------
    Array
        Log probability; -inf where every path ends: with ``theta >= 0``, or with a drift that
        outruns the bounds.

    Notes
    -----
    Anderson (1960). In the time of the bridge the eternity of opening bounds is a finite time, at
    the end of which a path that never ended is where its drift points.

    Examples
    --------
    >>> round(float(log_never_angle(v=0.0, a=1.5, z=0.5, theta=-0.5)), 3)
    -0.487
    """
    dtype = jnp.result_type(float, v, a, z, theta)
    v, a, z, theta = (jnp.asarray(x, dtype) for x in (v, a, z, theta))
    opening = -jnp.tan(theta)
    opens = (opening > 0) & (jnp.abs(v) < opening) & (a > 0)
    opening, v, a = (
        jnp.where(opens, x, other) for x, other in ((opening, 1.0), (v, 0.0), (a, 1.0))
    )
    log_p = log_stay(1.0 / (4.0 * a * opening), z, 0.5 + 0.5 * v / opening)
    return jnp.where(opens, log_p, -jnp.inf)

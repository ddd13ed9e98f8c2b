"""The diffusion model with constant bounds, with a fixed or a normally varying drift."""

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.frame import frame
from ssmkit.likelihoods.kernel import log_kernel


def log_ddm(
    rt: ArrayLike, response: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike
) -> Array:
    """Log density of a response and its time in the drift diffusion model.

    Parameters
    ----------
    rt
        Response time in seconds. All arguments broadcast.
    response
        1 for the upper bound, -1 for the lower one.
    v
        Drift a second, towards the upper bound when positive.
    a
        Half the separation of the bounds, which lie at -a and a.
    z
        Start as a fraction of the separation: 0 at the lower bound, 1 at the upper.
    t
        Non-decision time in seconds.

    Returns
    -------
    Array
        Log density a second, in the widest floating type of the arguments; -inf with gradient 0
        where the density is 0 (``rt <= t``, a start on or outside a bound, no room for a decision).

    Notes
    -----
    Noise has unit variance a second. Navarro & Fuss (2009), by :func:`log_kernel`.

    Examples
    --------
    >>> round(float(log_ddm(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3)), 3)
    -0.13
    """
    trial = frame(rt, response, v, a, z, t)
    gap = 2.0 * trial.a
    log_f = log_kernel(trial.s, trial.w, trial.rest) - 2.0 * jnp.log(gap)
    tilt = trial.drift * (gap * trial.w - 0.5 * trial.drift * trial.tau)
    return jnp.where(trial.inside, log_f + tilt, -jnp.inf)


def log_ddm_sdv(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    sv: ArrayLike,
) -> Array:
    """Log density of the drift diffusion model whose drift varies over trials.

    Parameters
    ----------
    rt, response, a, z, t
        As in :func:`log_ddm`.
    v
        Mean of the normal distribution of the drift.
    sv
        Its standard deviation; 0 is the plain model.

    Returns
    -------
    Array
        As in :func:`log_ddm`.

    Notes
    -----
    The drift is integrated out in closed form (Tuerlinckx, 2004).

    Examples
    --------
    >>> round(float(log_ddm_sdv(0.8, 1, v=1.0, a=1.0, z=0.5, t=0.3, sv=0.5)), 3)
    -0.161
    """
    trial = frame(rt, response, v, a, z, t)
    gap = 2.0 * trial.a
    d, m = gap * trial.w, trial.drift
    log_f = log_kernel(trial.s, trial.w, trial.rest) - 2.0 * jnp.log(gap)
    variance = jnp.square(jnp.asarray(sv, log_f.dtype))
    grown = variance * trial.tau
    tilt = (d * d * variance + 2.0 * d * m - m * m * trial.tau) / (2.0 * (1.0 + grown))
    return jnp.where(trial.inside, log_f + tilt - 0.5 * jnp.log1p(grown), -jnp.inf)

"""The diffusion model between bounds that collapse along a curve."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from ssmkit.likelihoods.quadrature import choice_by_quadrature, log_survival_by_quadrature
from ssmkit.likelihoods.reading import Bound, Drift, log_moving

LEAST = 1e-6
"""Seconds within which no bound collapses."""


def weibull_bound(tau: ArrayLike, a: ArrayLike, alpha: ArrayLike, beta: ArrayLike) -> Array:
    """Distance of the bounds from 0 that falls like a Weibull distribution's survival.

    Parameters
    ----------
    tau
        Decision time in seconds.
    a
        The distance at the start.
    alpha
        Shape: below 1 it falls at once, above 1 it stays and then falls.
    beta
        Seconds until it is ``a / e``.

    Returns
    -------
    Array

    Examples
    --------
    >>> round(float(weibull_bound(2.0, 1.0, 3.0, 2.0)), 3)
    0.368
    """
    x = jnp.asarray(tau) / jnp.maximum(beta, LEAST)
    begun = x > 0  # the derivative of a power at 0 is infinite
    # Cut where nothing is left of the bound: the power itself overflows soon after.
    power = jnp.minimum(alpha * jnp.log(jnp.where(begun, x, 1.0)), 6.0)
    return a * jnp.where(begun, jnp.exp(-jnp.exp(power)), 1.0)


def exponential_bound(tau: ArrayLike, a: ArrayLike, beta: ArrayLike) -> Array:
    """Distance of the bounds from 0 that falls exponentially.

    Parameters
    ----------
    tau
        Decision time in seconds.
    a
        The distance at the start.
    beta
        Seconds until it is ``a / e``.

    Returns
    -------
    Array

    Examples
    --------
    >>> round(float(exponential_bound(2.0, 1.0, 2.0)), 3)
    0.368
    """
    return a * jnp.exp(-jnp.asarray(tau) / jnp.maximum(beta, LEAST))


def log_weibull(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
) -> Array:
    """Log density of a response and its time between bounds that collapse like a Weibull survival.

    Parameters
    ----------
    rt, response, v, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    a, alpha, beta
        The bounds lie at plus and minus ``a exp(-((rt - t) / beta)^alpha)``, ``beta`` in seconds.

    Returns
    -------
    Array
        Log density a second, see :func:`ssmkit.likelihoods.log_moving`.

    Notes
    -----
    The diffusion equation is solved by steps (:func:`ssmkit.likelihoods.log_moving`). The error of
    the log, weighted by the density, is 1e-5 on average over the field's box and 3e-3 at its worst
    corner where the trials share ``a, z, alpha, beta``; 5e-5 and 4e-3 where they do not. The
    bounds are those of Hawkins, Forstmann, Wagenmakers, Ratcliff & Brown (2015).

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "alpha": 2.0, "beta": 2.0}
    >>> round(float(log_weibull(0.8, 1, **person)), 2)
    -0.03
    """
    return log_moving(weibull_bound, rt, response, v, a, z, t, alpha, beta)


def log_exponential(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    beta: ArrayLike,
) -> Array:
    """Log density of a response and its time between bounds that collapse exponentially.

    Parameters
    ----------
    rt, response, v, z, t
        As in :func:`ssmkit.likelihoods.log_ddm`.
    a, beta
        The bounds lie at plus and minus ``a exp(-(rt - t) / beta)``, ``beta`` in seconds.

    Returns
    -------
    Array
        Log density a second, see :func:`ssmkit.likelihoods.log_moving`.

    Notes
    -----
    As :func:`log_weibull` with ``alpha = 1``.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "beta": 2.0}
    >>> round(float(log_exponential(0.8, 1, **person)), 2)
    0.02
    """
    return log_moving(exponential_bound, rt, response, v, a, z, t, beta)


def log_survival_weibull(
    time: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    alpha: ArrayLike,
    beta: ArrayLike,
) -> Array:
    """Log probability of no response by a time.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t, alpha, beta
        As in :func:`log_weibull`.

    Returns
    -------
    Array
        Log probability: 0 up to ``t``.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "alpha": 2.0, "beta": 2.0}
    >>> round(float(log_survival_weibull(0.8, **person)), 2)
    -0.59
    """
    return log_survival_moving(weibull_bound, time, v, a, z, t, alpha, beta)


def log_survival_exponential(
    time: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, beta: ArrayLike
) -> Array:
    """Log probability of no response by a time.

    Parameters
    ----------
    time
        Seconds since the stimulus, as a deadline. All arguments broadcast.
    v, a, z, t, beta
        As in :func:`log_exponential`.

    Returns
    -------
    Array
        Log probability: 0 up to ``t``.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3, "beta": 2.0}
    >>> round(float(log_survival_exponential(0.8, **person)), 2)
    -0.84
    """
    return log_survival_moving(exponential_bound, time, v, a, z, t, beta)


def choice_probability_weibull(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, alpha: ArrayLike, beta: ArrayLike
) -> Array:
    """Probabilities of the responses.

    Parameters
    ----------
    v, a, z, t, alpha, beta
        As in :func:`log_weibull`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Examples
    --------
    >>> choice_probability_weibull(0.0, 1.0, 0.5, 0.3, 2.0, 2.0).round(3).tolist()
    [0.5, 0.5]
    """
    return choice_probability_moving(weibull_bound, v, a, z, t, alpha, beta)


def choice_probability_exponential(
    v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike, beta: ArrayLike
) -> Array:
    """Probabilities of the responses.

    Parameters
    ----------
    v, a, z, t, beta
        As in :func:`log_exponential`. All arguments broadcast; ``t`` has no influence.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1, on a new last axis.

    Examples
    --------
    >>> choice_probability_exponential(0.0, 1.0, 0.5, 0.3, 2.0).round(3).tolist()
    [0.5, 0.5]
    """
    return choice_probability_moving(exponential_bound, v, a, z, t, beta)


@partial(jax.jit, static_argnums=0, static_argnames="drift")
def log_survival_moving(
    bound: Bound,
    time: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    *params: ArrayLike,
    drift: Drift | None = None,
) -> Array:
    """Log probability of no response by a time, between any bounds that move.

    Parameters
    ----------
    bound, v, a, z, t, *params, drift
        As in :func:`ssmkit.likelihoods.log_moving`.
    time
        Seconds since the stimulus.

    Returns
    -------
    Array
        Log probability; between bounds that open, what is later than 1,000 s is not counted.

    Examples
    --------
    >>> round(float(log_survival_moving(exponential_bound, 0.8, 1.0, 1.0, 0.5, 0.3, 2.0)), 2)
    -0.84
    """
    tau = jnp.asarray(time) - jnp.asarray(t)
    return log_survival_by_quadrature(_decided(bound, drift), tau, (v, a, z, *params), (-1, 1))


@partial(jax.jit, static_argnums=0, static_argnames="drift")
def choice_probability_moving(
    bound: Bound,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    t: ArrayLike,
    *params: ArrayLike,
    drift: Drift | None = None,
) -> Array:
    """Probabilities of the responses, between any bounds that move.

    Parameters
    ----------
    bound, v, a, z, t, *params, drift
        As in :func:`ssmkit.likelihoods.log_moving`.

    Returns
    -------
    Array
        Probabilities of the responses -1 and 1 within 1,000 s, on a new last axis.

    Examples
    --------
    >>> p = choice_probability_moving(exponential_bound, 0.0, 1.0, 0.5, 0.3, 2.0)
    >>> p.round(3).tolist()
    [0.5, 0.5]
    """
    return choice_by_quadrature(_decided(bound, drift), (v, a, z, *params), (-1, 1), like=t)


def _decided(bound: Bound, drift: Drift | None) -> Callable[..., Array]:
    return lambda tau, response, v, a, z, *params: log_moving(
        bound, tau, response, v, a, z, 0.0, *params, drift=drift
    )

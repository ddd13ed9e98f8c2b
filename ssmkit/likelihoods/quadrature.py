"""Choice probability and survival of a density that has no closed form for them."""

from collections.abc import Callable, Sequence

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.typing import ArrayLike

COARSE = np.linspace(0.0, 1.0, 97)
"""Where the density is looked at first, as shares of the stretch of log time."""
DEPTH = 40.0
"""A density is kept down to exp(-DEPTH) of its highest value there."""
FIRST, LAST = 1e-7, 1e3
"""Decision times in seconds between which a response is expected."""
NODES = 128


def choice_by_quadrature(
    log_f: Callable[..., Array],
    params: Sequence[ArrayLike],
    choices: Sequence[int],
    *,
    like: ArrayLike = 0.0,
    first: ArrayLike = FIRST,
    last: ArrayLike = LAST,
    nodes: int = NODES,
) -> Array:
    """Integrate a density over all decision times, for each response.

    Parameters
    ----------
    log_f
        Log density ``log_f(tau, response, *params)`` of a decision time in seconds, without
        non-decision time; broadcasts over all arguments.
    params
        Its parameters, which broadcast. One that has a single value is handed on with a single
        value, so that a density that solves an equation still solves it once.
    choices
        Codes of the responses.
    like
        What changes no probability but asks for as many of them, as a non-decision time.
    first, last
        Shortest and longest decision time that counts, in seconds.
    nodes
        Nodes of the rule.

    Returns
    -------
    Array
        Probabilities on a new last axis, in the order of ``choices``.

    Notes
    -----
    Gauss and Legendre's rule over the log of time, on the stretch where the density is above
    exp(-40) of its peak: 97 points find the stretch, whose ends stand still in gradients. The
    error is below 1e-9 for the diffusion model, and below 1e-6 between bounds that meet while many
    paths are still under way.

    Examples
    --------
    >>> from ssmkit.likelihoods import log_ddm
    >>> def log_f(tau, response, v, a):
    ...     return log_ddm(tau, response, v, a, 0.5, 0.0)
    >>> lower, upper = choice_by_quadrature(log_f, (1.0, 1.0), (-1, 1))
    >>> round(float(upper), 3)
    0.881
    """
    log_g, dtype = _over_log_time(log_f, params, choices)
    low, high = (jnp.log(jnp.asarray(x, dtype))[..., None] for x in (first, last))
    found = jnp.exp(_log_integral(log_g, low, high, nodes))
    shape = jnp.broadcast_shapes(jnp.shape(like), found.shape[:-1])
    return jnp.broadcast_to(found, (*shape, len(choices)))


def log_survival_by_quadrature(
    log_f: Callable[..., Array],
    tau: ArrayLike,
    params: Sequence[ArrayLike],
    choices: Sequence[int],
    *,
    first: ArrayLike = FIRST,
    last: ArrayLike | None = LAST,
    nodes: int = NODES,
) -> Array:
    """Log probability of no response by a decision time, by integrating the density.

    Parameters
    ----------
    log_f, params, choices, first, nodes
        As in :func:`choice_by_quadrature`.
    tau
        Decision time in seconds by which there was no response; broadcasts with ``params``.
    last
        With a number, the density is integrated from ``tau`` to there: small probabilities keep
        their digits, and a path that never ends is not counted. None integrates up to ``tau``
        instead and takes the rest of 1, which counts such paths, asks a solver for no time beyond
        ``tau``, and cannot tell a probability below the rule's error from 0.

    Returns
    -------
    Array
        Log probability that the decision takes longer: 0 up to ``tau = 0``.

    Notes
    -----
    See :func:`choice_by_quadrature`. The density is expected to be smooth over the log of time.

    Examples
    --------
    >>> from ssmkit.likelihoods import log_ddm
    >>> def log_f(tau, response, v, a):
    ...     return log_ddm(tau, response, v, a, 0.5, 0.0)
    >>> round(float(log_survival_by_quadrature(log_f, 0.5, (1.0, 1.0), (-1, 1))), 3)
    -0.535
    """
    log_g, dtype = _over_log_time(log_f, params, choices)
    tau = jnp.asarray(tau, jnp.result_type(dtype, tau))
    begun = tau > first
    now = jnp.log(jnp.where(begun, tau, 1.0))[..., None]
    if last is None:
        low = jnp.log(jnp.asarray(first, tau.dtype))[..., None]
        done = jnp.sum(jnp.exp(_log_integral(log_g, low, now, nodes)), axis=-1)
        left = begun & (done < 1)
        log_s = jnp.where(left, jnp.log1p(-jnp.where(left, done, 0.0)), -jnp.inf)
    else:
        high = jnp.log(jnp.asarray(last, tau.dtype))[..., None]
        parts = _log_integral(log_g, now, jnp.maximum(high, now), nodes)
        log_s = jnp.minimum(_log_sum(parts), 0.0)
    return jnp.where(begun, log_s, 0.0)


def _over_log_time(
    log_f: Callable[..., Array], params: Sequence[ArrayLike], choices: Sequence[int]
) -> tuple[Callable[[Array], Array], jnp.dtype]:
    """Return the log density over log time, of arrays (..., choices, nodes), and its type."""
    dtype = jnp.result_type(float, *params)
    columns = [jnp.asarray(x, dtype)[..., None, None] for x in params]
    codes = jnp.asarray(choices)[:, None]

    def log_g(log_time: Array) -> Array:
        return log_f(jnp.exp(log_time), codes, *columns) + log_time

    return log_g, dtype


def _log_integral(log_g: Callable[[Array], Array], low: Array, high: Array, nodes: int) -> Array:
    """Log integral from low to high, which have a last axis for the choices."""
    x = low[..., None] + (high - low)[..., None] * jnp.asarray(COARSE, low.dtype)
    rough = jax.lax.stop_gradient(log_g(jax.lax.stop_gradient(x)))
    top = jnp.max(rough, axis=-1, keepdims=True)
    keep = (rough > top - DEPTH) & jnp.isfinite(rough)
    found = jnp.any(keep, axis=-1)
    left = jnp.argmax(keep, axis=-1) - 1
    right = COARSE.size - jnp.argmax(keep[..., ::-1], axis=-1)
    step = jax.lax.stop_gradient(high - low) / (COARSE.size - 1)
    # An end within the stretch stands still, one that is the caller's moves with it.
    start = jnp.where(left > 0, jax.lax.stop_gradient(low) + left * step, low)
    within = right < COARSE.size - 1
    end = jnp.where(within, jax.lax.stop_gradient(low) + right * step, high)
    points, weights = (jnp.asarray(each, low.dtype) for each in _rule(nodes))
    width = (end - start)[..., None]
    wide = found[..., None] & (width > 0)
    log_w = jnp.log(jnp.where(wide, width, 1.0)) + jnp.log(weights)
    values = log_g(start[..., None] + width * points) + log_w
    return _log_sum(jnp.where(wide, values, -jnp.inf))


def _log_sum(terms: Array) -> Array:
    """Log of a sum over the last axis, with gradient 0 where it is -inf."""
    top = jax.lax.stop_gradient(jnp.max(terms, axis=-1, keepdims=True))
    top = jnp.where(jnp.isfinite(top), top, 0.0)
    total = jnp.sum(jnp.exp(terms - top), axis=-1)
    positive = total > 0
    log_total = jnp.log(jnp.where(positive, total, 1.0)) + jnp.squeeze(top, -1)
    return jnp.where(positive, log_total, -jnp.inf)


def _rule(nodes: int) -> tuple[np.ndarray, np.ndarray]:
    points, weights = np.polynomial.legendre.leggauss(nodes)
    return 0.5 + 0.5 * points, 0.5 * weights

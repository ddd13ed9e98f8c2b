"""The probability of one response by a time, summed from any model's density."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jax import Array
    from jax.typing import ArrayLike

# Logarithms of decision times, from a hundred-millionth of the deadline up to it, at which a first
# look is taken, and a second one closer up; what lies further below the peak does not count.
SPAN, LOOK, LOOKS, LOWEST = 18.0, 64, 2, 40.0
# The stretch that counts is summed by Gauss and Legendre's rule in a few panels.
PANELS, NODES = 6, 16


def _rule() -> tuple[np.ndarray, np.ndarray]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    starts = np.arange(PANELS)[:, None]
    return (starts + (nodes + 1) / 2).ravel() / PANELS, np.tile(weights / 2, PANELS) / PANELS


def log_share_by(
    log_density: Callable[..., "Array"],
    time: "ArrayLike",
    response: "ArrayLike",
    t: "ArrayLike",
    *params: "ArrayLike",
) -> "Array":
    """Log probability that one response has come by a time.

    Parameters
    ----------
    log_density
        ``f(rt, response, *params)``, the log density of a model.
    time
        Seconds from the start of the trial, as a deadline. All arguments broadcast.
    response
        The response.
    t
        Shortest non-decision time in seconds, before which there is no response.
    *params
        The model's parameters, ``t`` among them.

    Returns
    -------
    Array
        -inf where ``time <= t``.

    Notes
    -----
    Gauss-Legendre quadrature over the logarithm of the decision time. The shares of all responses
    and the survival function make 1 within 1e-6 between constant bounds and within 1e-4 between
    linear ones (``tests/likelihoods/test_cumulative.py``); where bounds collapse fast from far
    away, 5e-4.

    Examples
    --------
    >>> from ssmkit.likelihoods import log_ddm
    >>> round(float(log_share_by(log_ddm, 60.0, 1, 0.3, 0.0, 1.0, 0.5, 0.3)), 3)
    -0.693
    """
    import jax
    import jax.numpy as jnp
    from jax.scipy.special import logsumexp

    x, weights = _rule()
    time, response, t = (jnp.asarray(y)[..., None] for y in (time, response, t))
    params = [jnp.asarray(p)[..., None] for p in params]
    is_open = time > t
    top = jnp.log(jnp.where(is_open, time - t, 1.0))

    def log_g(u: "Array") -> "Array":
        return log_density(t + jnp.exp(u), response, *params) + u

    # Bounds that meet end the density before the deadline, and a long wait leaves most of the
    # stretch empty: a first look says where the mass is. Its place is no part of the gradient, for
    # there is no mass at its ends.
    high, low = top, top - SPAN
    for _ in range(LOOKS):
        step = (high - low) / (LOOK - 1)
        look = jax.lax.stop_gradient(log_g(high - step * np.arange(LOOK)))
        kept = look > jnp.max(look, axis=-1, keepdims=True) - LOWEST
        first = jnp.maximum(jnp.argmax(kept, axis=-1, keepdims=True) - 1, 0)
        last = jnp.minimum(LOOK - jnp.argmax(kept[..., ::-1], axis=-1, keepdims=True), LOOK - 1)
        high, low = high - step * first, high - step * last
    total = logsumexp(log_g(high - (high - low) * x) + np.log(weights), axis=-1, keepdims=True)
    return jnp.where(is_open, total + jnp.log(high - low), -jnp.inf)[..., 0]

"""Responses that the model did not make: a lapse replaces a trial with some probability."""

import math

import jax
import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike


def log_mixture(
    log_f: ArrayLike, log_lapse: ArrayLike, p_outlier: ArrayLike, n_choices: int
) -> Array:
    """Log density of a model whose trials are lapses with some probability.

    Parameters
    ----------
    log_f
        Log density of the model, of response and time together. All arrays broadcast.
    log_lapse
        Log density of the time of a lapse.
    p_outlier
        Probability of a lapse, 0 to 1.
    n_choices
        Number of possible responses, all equally likely in a lapse.

    Returns
    -------
    Array
        Log of ``(1 - p) f + p lapse / n_choices``, which has mass 1 when ``f`` and the lapse
        density have; -inf with gradient 0 where both parts are 0.

    Notes
    -----
    A lapse gives each response with probability ``1 / n_choices``; without that factor the mass
    would be ``1 + p`` for two choices (Ratcliff & Tuerlinckx, 2002, for the mixture).

    Examples
    --------
    >>> import math
    >>> round(float(log_mixture(-math.inf, math.log(1 / 20), 0.05, 2)), 3)
    -6.685
    """
    dtype = jnp.result_type(float, log_f, log_lapse, p_outlier)
    f, g, p = (jnp.asarray(x, dtype) for x in (log_f, log_lapse, p_outlier))
    g = g - jnp.log(jnp.asarray(n_choices, dtype))
    parts = jnp.maximum(jnp.where(p < 1, f, -jnp.inf), jnp.where(p > 0, g, -jnp.inf))
    top = jax.lax.stop_gradient(jnp.where(jnp.isfinite(parts), parts, 0.0))
    # A part of weight 0 may exceed the top; capped, it still gives the slope in p at p = 0.
    most = 0.9 * math.log(float(jnp.finfo(dtype).max))
    total = (1 - p) * _exp(f - top, most) + p * _exp(g - top, most)
    positive = total > 0
    return jnp.where(positive, top + jnp.log(jnp.where(positive, total, 1.0)), -jnp.inf)


def _exp(x: Array, most: float) -> Array:
    """Exponential with a ceiling, and with gradient 0 at -inf."""
    finite = x > -jnp.inf
    return jnp.where(finite, jnp.exp(jnp.minimum(jnp.where(finite, x, 0.0), most)), 0.0)

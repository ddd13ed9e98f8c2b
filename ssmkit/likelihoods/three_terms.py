"""The series of the kernel with three terms and slopes in closed form, for sums of many nodes."""

import jax
import jax.numpy as jnp
from jax import Array

from ssmkit.likelihoods.kernel import LOG_2PI, LOG_PI, PI, sine_cosine

SWITCH = 0.2325
"""Where three images and three sines are equally good, to 2e-7."""


@jax.custom_jvp
def three_terms(s: Array, w: Array) -> tuple[Array, Array]:
    """Density of the first passage through 0 as ``exp(lead) * factor``.

    Parameters
    ----------
    s, w
        Normalised time and start, as in :func:`ssmkit.likelihoods.kernel.log_kernel`; what is of
        ``s`` alone is computed for the values of ``s`` alone.

    Returns
    -------
    tuple of Array
        ``lead`` and ``factor``, which rounding may leave at or below 0 where there is next to no
        density.

    Notes
    -----
    Navarro & Fuss (2009). The slopes share every exponential with the values: together they cost
    half of what they do when taken by JAX.

    Examples
    --------
    >>> lead, factor = three_terms(jnp.asarray(0.1), jnp.asarray(0.5))
    >>> round(float(lead + jnp.log(factor)), 3)
    0.592
    """
    return _with_slopes(s, w)[0]


@three_terms.defjvp
def _jvp(primals: tuple, tangents: tuple) -> tuple[tuple, tuple]:
    value, (lead, factor) = _with_slopes(*primals)
    ds, dw = tangents
    return value, (lead[0] * ds + lead[1] * dw, factor[0] * ds + factor[1] * dw)


def _with_slopes(s: Array, w: Array) -> tuple[tuple, tuple]:
    """Lead and factor, and the slopes of each along s and along w."""
    rest = 1.0 - w
    short = s < SWITCH
    rate = 1.0 / jnp.where(short, s, SWITCH)
    late = jnp.where(short, SWITCH, s)

    before = jnp.exp(-2.0 * rest * rate)
    after = before * jnp.exp(-4.0 * w * rate)
    images = w * (1.0 + before + after) + 2.0 * (after - before)
    inner, outer = before * (w - 2.0), after * (w + 2.0)
    images_s = 2.0 * rate * rate * (rest * inner + (1.0 + w) * outer)
    images_w = 1.0 + before + after + 2.0 * rate * (inner - outer)

    q = jnp.exp(-0.5 * PI * PI * late)
    q3 = q * q * q
    q8 = q3 * q3 * q * q
    sine, cosine = sine_cosine(w, rest)
    third = 4.0 * cosine * cosine - 1.0
    ratio = 1.0 + 4.0 * cosine * q3 + 3.0 * third * q8
    sines_s = -PI * PI * sine * (6.0 * cosine * q3 + 12.0 * third * q8)
    sines_w = PI * (cosine * ratio - sine * sine * (4.0 * q3 + 24.0 * cosine * q8))

    lead = jnp.where(
        short,
        1.5 * jnp.log(rate) - 0.5 * LOG_2PI - 0.5 * w * w * rate,
        LOG_PI - 0.5 * PI * PI * late,
    )
    lead_s = jnp.where(short, rate * (0.5 * w * w * rate - 1.5), -0.5 * PI * PI)
    lead_w = jnp.where(short, -w * rate, 0.0)
    factor, factor_s, factor_w = (
        jnp.where(short, *both)
        for both in ((images, sine * ratio), (images_s, sines_s), (images_w, sines_w))
    )
    return (lead, factor), ((lead_s, lead_w), (factor_s, factor_w))

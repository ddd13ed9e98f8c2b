"""The one series that every diffusion density of the kit is made of."""

import math

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

PI = math.pi
LOG_PI = math.log(PI)
LOG_2PI = math.log(2 * PI)

# Where the truncation errors of the two series meet, both near 1e-15.
SWITCH = 0.32


def log_kernel(s: ArrayLike, w: ArrayLike, rest: ArrayLike | None = None) -> Array:
    """Log density of the first passage through 0 of a Brownian motion on (0, 1).

    The motion has no drift and unit variance, starts at ``w`` and ends at either bound; the
    density is that of ending at 0 at time ``s``.

    Parameters
    ----------
    s
        Normalised time, decision time over squared separation of the bounds; above 0.
    w
        Start, its distance to the bound that is hit; between 0 and 1. Broadcasts with ``s``.
    rest
        ``1 - w`` where the caller knows it to more digits than the subtraction leaves.

    Returns
    -------
    Array
        Log density, of the shape and floating type of the arguments. No floor: it follows the
        density far below what a float can hold, and is -inf only at ``w`` of 0 or 1.

    Notes
    -----
    Six images for short times, four sines for long times (Navarro & Fuss, 2009; Gondan, Blurton &
    Kesselmeier, 2014). The dominant exponent is never exponentiated. The images are summed in the
    order that loses no digits at the nearer bound.

    Examples
    --------
    >>> round(float(log_kernel(0.1, 0.5)), 3)
    0.592
    """
    s, w = jnp.asarray(s), jnp.asarray(w)
    rest = 1.0 - w if rest is None else jnp.asarray(rest)
    short = s < SWITCH
    images = _images(jnp.where(short, s, SWITCH), w, rest)
    sines = _sines(jnp.where(short, SWITCH, s), w, rest)
    lead = jnp.where(short, images[0], sines[0])
    factor = jnp.where(short, images[1], sines[1])
    positive = factor > 0
    return jnp.where(positive, lead + jnp.log(jnp.where(positive, factor, 1.0)), -jnp.inf)


def _images(s: Array, w: Array, rest: Array) -> tuple[Array, Array]:
    """Lead exponent and factor of the sum over k of (w + 2k) exp(-(w + 2k)^2 / 2s)."""
    rate = 1.0 / s
    near = w < rest
    A = jnp.exp(-2.0 * rest * rate)  # k = -1, relative to k = 0
    C = jnp.exp(-2.0 * (1.0 + w) * rate)  # k = 1
    gap = jnp.expm1(jnp.where(near, -4.0 * w, -2.0 * rest) * rate)  # C/A - 1 or A - 1
    pairs = jnp.where(
        near, w * (1.0 + A + C) + 2.0 * A * gap, (2.0 + w) * C - w * gap - 2.0 * rest * A
    )
    A2, C2 = A * A, C * C
    far = A * C * (C2 * (4.0 + w - (6.0 - w) * A2 * A2 * A) - (4.0 - w) * A2)
    return -0.5 * w * w * rate - 1.5 * jnp.log(s) - 0.5 * LOG_2PI, pairs + far


def _sines(s: Array, w: Array, rest: Array) -> tuple[Array, Array]:
    """Lead exponent and factor of the sum over n of n sin(n pi w) exp(-n^2 pi^2 s / 2)."""
    q = jnp.exp(-0.5 * PI * PI * s)
    sine, c = sine_cosine(w, rest)
    q3 = q * q * q
    q8 = q3 * q3 * q * q
    c2 = c * c
    # sin(n pi w) / sin(pi w) as polynomials of the cosine
    ratio = 1.0 + 4.0 * c * q3 + 3.0 * (4.0 * c2 - 1.0) * q8
    ratio = ratio + 16.0 * (2.0 * c2 - 1.0) * c * q8 * q3 * q3 * q
    return LOG_PI - 0.5 * PI * PI * s, sine * ratio


def sine_cosine(w: Array, rest: Array) -> tuple[Array, Array]:
    """Sine and cosine of pi w, to all digits where w is near 0 and, by ``rest``, near 1.

    Of half the angle from the nearer bound, a power series needs no more terms than these; a
    library's functions spend most of their time on angles of any size.

    Examples
    --------
    >>> sine, cosine = sine_cosine(jnp.asarray(1 / 3), jnp.asarray(2 / 3))
    >>> round(float(sine), 3), round(float(cosine), 3)
    (0.866, 0.5)
    """
    lower = w <= rest
    angle = 0.5 * PI * jnp.where(lower, w, rest)  # and no minimum, which has no slope in the middle
    square = angle * angle
    total = jnp.zeros_like(square)
    for n in (17, 15, 13, 11, 9, 7, 5, 3):
        total = (1.0 - total) * square / (n * (n - 1))
    half = angle * (1.0 - total)
    cosine = 1.0 - 2.0 * half * half
    return 2.0 * half * jnp.sqrt(1.0 - half * half), jnp.where(lower, cosine, -cosine)

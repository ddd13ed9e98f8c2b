"""Mills' ratio of the normal tail, and what is left of 1 after its leading term."""

import math

import jax
import jax.numpy as jnp
from jax import Array
from jax.scipy.special import erfc

# From here on Laplace's continued fraction has 13 digits after so many terms.
FAR, TERMS = 5.0, 16


@jax.custom_jvp
def mills(y: Array) -> Array:
    """Mills' ratio: the normal tail beyond a point over the density there.

    Parameters
    ----------
    y
        Standard scores, not below -8 in float32 (-30 in float64), where it overflows.

    Returns
    -------
    Array
        ``(1 - Phi(y)) / phi(y)``, with all its digits however small.

    Notes
    -----
    Laplace's continued fraction beyond 5, the complementary error function below. Its slope is
    minus :func:`mills_rest`.

    Examples
    --------
    >>> round(float(mills(10.0)), 5)
    0.09903
    """
    return _both(y)[0]


@jax.custom_jvp
def mills_rest(y: Array) -> Array:
    """One minus y times Mills' ratio, which is small in the tail, without cancellation.

    Parameters
    ----------
    y
        As in :func:`mills`.

    Returns
    -------
    Array
        ``1 - y mills(y)``; times the normal density it is the mean of ``max(x - y, 0)``.

    Examples
    --------
    >>> round(float(mills_rest(10.0)), 5)
    0.00971
    """
    return _both(y)[1]


@mills.defjvp
def _slope_of_mills(primals: tuple, tangents: tuple) -> tuple[Array, Array]:
    ratio, rest, _ = _both(primals[0])
    return ratio, -rest * tangents[0]


@mills_rest.defjvp
def _slope_of_rest(primals: tuple, tangents: tuple) -> tuple[Array, Array]:
    _, rest, slope = _both(primals[0])
    return rest, slope * tangents[0]


def _both(y: Array) -> tuple[Array, Array, Array]:
    """Return the ratio, what is left, and the slope of what is left."""
    y = jnp.asarray(y, jnp.result_type(float, y))
    far = y > FAR
    near_y, far_y = jnp.where(far, FAR, y), jnp.where(far, y, FAR)
    # What the fraction would be if its terms stood still there.
    tail = 0.5 * (jnp.sqrt(far_y * far_y + 4.0 * (TERMS + 1)) - far_y)
    for k in range(TERMS, 2, -1):
        tail = k / (far_y + tail)
    second = 2.0 / (far_y + tail)
    first = 1.0 / (far_y + second)
    ratio = 1.0 / (far_y + first)
    near = math.sqrt(0.5 * math.pi) * erfc(near_y * math.sqrt(0.5)) * jnp.exp(0.5 * near_y * near_y)
    rest = 1.0 - near_y * near
    return (
        jnp.where(far, ratio, near),
        jnp.where(far, ratio * first, rest),
        jnp.where(far, -ratio * first * second, near_y * rest - near),
    )

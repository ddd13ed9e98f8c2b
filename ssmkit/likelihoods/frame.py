"""A trial as seen from the bound that was hit, so that both responses share one formula."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike


class Frame(NamedTuple):
    """The arguments of a density, safe to compute with and turned towards the bound hit.

    Parameters
    ----------
    inside
        Whether the trial can have a density above 0; elsewhere the other fields hold stand-ins.
    tau
        Decision time in seconds.
    s
        Decision time over the squared separation of the bounds.
    a
        Half the separation of the bounds.
    w, rest
        Distance of the start to the bound hit and to the other one, over their separation.
    drift
        Drift towards the bound hit.
    """

    inside: Array
    tau: Array
    s: Array
    a: Array
    w: Array
    rest: Array
    drift: Array


def frame(
    rt: ArrayLike, response: ArrayLike, v: ArrayLike, a: ArrayLike, z: ArrayLike, t: ArrayLike
) -> Frame:
    """Turn a trial towards the bound that was hit.

    Parameters
    ----------
    rt, t
        Response time and non-decision time in seconds.
    response
        Above 0 for the upper bound, else the lower one.
    v, a, z
        Drift, half the separation of the bounds, start as a fraction of the separation.

    Returns
    -------
    Frame
        Values out of the support are replaced before any formula sees them, so that neither the
        density nor its gradient is ever NaN there.

    Examples
    --------
    >>> bool(frame(0.2, 1, 1.0, 1.5, 0.5, 0.3).inside)
    False
    """
    dtype = jnp.result_type(float, rt, v, a, z, t)
    v, a, z = (jnp.asarray(x, dtype) for x in (v, a, z))
    tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
    # Below this, 1 / tau^2 in a gradient would overflow: 1e-77 s in float64, 3e-10 s in float32.
    least = float(jnp.finfo(dtype).tiny) ** 0.25
    inside = (tau > least) & (a > least) & (z > 0) & (z < 1)
    tau, a, z = (jnp.where(inside, x, other) for x, other in ((tau, 1.0), (a, 1.0), (z, 0.5)))
    up = jnp.asarray(response) > 0
    w, rest = jnp.where(up, 1 - z, z), jnp.where(up, z, 1 - z)
    per_gap = 0.5 / a  # squared after the division: the other way round overflows in gradients
    return Frame(inside, tau, tau * per_gap * per_gap, a, w, rest, jnp.where(up, v, -v))

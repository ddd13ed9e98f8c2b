"""What is known in closed form of the density between any bounds that move."""

from collections.abc import Callable

import jax.numpy as jnp
from jax import Array

from ssmkit.likelihoods.kernel import log_kernel
from ssmkit.likelihoods.network.densities import Parts

_LEAST = 1e-6
_NEAREST = 0.03
"""Bounds nearer to each other than this share of ``a`` count as so far apart."""


def parts_moving(
    bound: Callable[..., Array], drift: Callable[..., Array] | None
) -> Callable[..., Parts]:
    """Take a straight bound and a mean drift off a model between moving bounds.

    Parameters
    ----------
    bound, drift
        As in :func:`ssmkit.likelihoods.log_moving`.

    Returns
    -------
    callable
        ``parts(rt, response, v, a, z, t, *params)``.
    """

    def parts(
        rt: Array, response: Array, v: Array, a: Array, z: Array, t: Array, *own: Array
    ) -> Parts:
        dtype = jnp.result_type(float, rt, v, a, z, t, *own)
        v, a, z, *own = (jnp.asarray(x, dtype) for x in (v, a, z, *own))
        begins = (a > _LEAST) & (z > 0) & (z < 1)
        a = jnp.where(begins, a, 1.0)
        tau = jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)
        inside = (tau > _LEAST) & (tau < 1.0 / _LEAST) & begins
        tau = jnp.where(inside, tau, 1.0)

        def share(tau: Array) -> Array:
            """Distance of the bounds as a share of that at the start, never quite 0."""
            return jnp.maximum(bound(tau, a, *own) / a, _NEAREST)

        # In units of a: the line through the bound at a quarter of the time and at its end.
        s, b = tau / (a * a), share(tau)
        slope = (b - share(0.25 * tau)) / (0.75 * s)
        flat = b - slope * s
        side = jnp.where(jnp.asarray(response) > 0, 1.0, -1.0)
        start = side * (2.0 * z - 1.0)
        d = flat - start
        w = jnp.clip(d / (2.0 * flat), 0.01, 0.99)
        room = b / flat
        if drift is None:
            first = last = mean = v
        else:
            first, half, last = (drift(x, v, *own) for x in (1e-3 * tau, 0.5 * tau, tau))
            mean = (first + 4.0 * half + last) / 6.0
        base = (
            log_kernel(s / room / (4.0 * flat * flat), w)
            - 2.0 * jnp.log(2.0 * flat * a)
            - 1.5 * jnp.log(room)
            + slope * d * d / (2.0 * flat)
            - d * slope
            - 0.5 * slope * slope * s
            + side * mean * a * (b - start)
            - 0.5 * mean * mean * tau
        )
        features = [jnp.log(s), start, jnp.log(a), b, slope * s, jnp.log(s / (b * b) + 0.05), *own]
        if drift is not None:
            features += [side * (last - mean) * a, side * (first - mean) * a, side * mean * a]
        return Parts(inside, base, jnp.stack(jnp.broadcast_arrays(*features), axis=-1))

    return parts

"""What is known of the Levy flight, and its log density by a network that says the rest."""

import jax
import jax.numpy as jnp
from jax import Array
from jax.scipy.special import gammaln
from jax.typing import ArrayLike

from ssmkit.likelihoods.kernel import PI, log_kernel
from ssmkit.likelihoods.network.densities import Parts, density
from ssmkit.likelihoods.network.mlp import shipped

_LEAST, _TINY = 1e-6, 1e-30


def parts_levy(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    alpha: ArrayLike,
    t: ArrayLike,
) -> Parts:
    """Take scale and side off, and the two ways to a bound: in one jump, and step by step.

    A jump comes at the rate of the noise's Levy measure beyond the bound. Steps are those of a
    diffusion that spreads with time as the flight does, and late ends at the rate of the flight
    (Kwasnicki, 2012).
    """
    dtype = jnp.result_type(float, rt, v, a, z, alpha, t)
    v, a, z, alpha = (jnp.asarray(x, dtype) for x in (v, a, z, alpha))
    begins = (a > _LEAST) & (z > 0) & (z < 1) & (alpha > 0.5) & (alpha <= 2.0)
    a, z, alpha = (jnp.where(begins, x, other) for x, other in ((a, 1.0), (z, 0.5), (alpha, 1.5)))
    log_scale = alpha * jnp.log(a)
    s = (jnp.asarray(rt, dtype) - jnp.asarray(t, dtype)) * jnp.exp(-log_scale)
    inside = (s > _LEAST) & (s < 1.0 / _LEAST) & begins
    side = jnp.where(jnp.asarray(response) > 0, 1.0, -1.0).astype(dtype)
    # Seen from the bound that is hit, which is the upper one from here on.
    s, push, start, alpha, log_scale = jnp.broadcast_arrays(
        jnp.where(inside, s, 1.0),
        side * v * a ** (alpha - 1.0),
        side * (2.0 * z - 1.0),
        alpha,
        log_scale,
    )
    near = 1.0 - start
    w = jnp.clip(0.5 * near, 0.01, 0.99)
    rate = (0.5 * PI - (2.0 - alpha) * PI / 8.0) ** alpha
    early = jnp.minimum(s, 1.0)
    walk = (
        log_kernel(0.5 * early ** (2.0 / alpha), w)
        + (2.0 / alpha - 1.0) * jnp.log(early)
        - jnp.log(alpha)
        - rate * (s - early)
    )
    tilt = 0.5 * push * near - 0.25 * push * push * s
    beyond = jnp.exp(gammaln(1.0 + alpha)) * jnp.sin(0.5 * PI * (2.0 - alpha)) / (PI * alpha)
    jump = jnp.log(beyond + _TINY) - alpha * jnp.log(2.0 * w)
    gone = (rate + 0.25 * push * push) * s
    features = [
        jnp.log(s),
        start,
        push,
        alpha,
        jax.nn.sigmoid(jump - walk),
        jnp.log1p(rate * s),
        tilt / (1.0 + jnp.abs(tilt) / 4.0),
        push * s / (1.0 + jnp.abs(push * s) / 4.0),
    ]
    base = jnp.logaddexp(walk + tilt, jump - gone) - log_scale
    return Parts(inside, base, jnp.stack(features, axis=-1))


def log_levy_network(
    rt: ArrayLike,
    response: ArrayLike,
    v: ArrayLike,
    a: ArrayLike,
    z: ArrayLike,
    alpha: ArrayLike,
    t: ArrayLike,
) -> Array:
    """Log density of the Levy flight model by a network.

    Parameters
    ----------
    rt, response, v, a, z, alpha, t
        As in :func:`ssmkit.likelihoods.log_levy`.

    Returns
    -------
    Array
        As in :func:`ssmkit.likelihoods.log_levy`, near it where the network was trained.

    Notes
    -----
    See :func:`log_ddm_network`. The network adds what is missing of a single jump to a bound and of
    a diffusion that spreads as the flight does. It costs the same whether trials share parameters
    or not.

    Examples
    --------
    >>> person = {"v": 1.0, "a": 1.0, "z": 0.5, "alpha": 1.5, "t": 0.3}
    >>> round(float(log_levy_network(0.8, 1, **person)), 1)
    -0.2
    """
    return density(parts_levy(rt, response, v, a, z, alpha, t), shipped("levy"))

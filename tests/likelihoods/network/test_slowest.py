"""The slowest solution by polynomials is what the solved equation comes to late."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssmkit.likelihoods.kernel import log_kernel
from ssmkit.likelihoods.leaky import log_flux_shared
from ssmkit.likelihoods.network.slowest import slowest

pytestmark = pytest.mark.usefixtures("x64")


def people(n):
    """Scaled drift, leak and start of people of the model's box."""
    rng = np.random.default_rng(0)
    v, a, z, g = (rng.uniform(*x, n) for x in ((-2, 2), (0.3, 3.0), (0.1, 0.9), (-1, 1)))
    return v * a, g * a * a, 2.0 * z - 1.0


def test_late_it_is_the_solution():
    push, leak, start = people(200)
    s = np.array([2.0, 4.0])
    exact = jax.vmap(lambda *row: log_flux_shared(s, *row)[0][:, 1])(push, leak, 0.5 + 0.5 * start)
    gauge = (1.0 - start) * (push - 0.5 * leak * (1.0 + start))
    still = np.asarray(log_kernel(0.25 * s, 0.5 * (1.0 - start)[:, None])) - 2.0 * np.log(2.0)
    log_share, faster = (np.asarray(x)[:, None] for x in slowest(push, leak, start))
    rate = faster + 0.5 * (push * push - leak)[:, None]
    error = np.abs(still + gauge[:, None] + log_share - rate * s - np.asarray(exact))
    assert error.mean() < 0.004
    assert error.max() < 0.05


def test_without_a_leak_there_is_nothing_to_say():
    push, _, start = people(20)
    for found in slowest(push, jnp.zeros(20), start):
        np.testing.assert_array_equal(found, 0.0)


def test_slopes_do_not_break_where_the_leak_changes_its_sign():
    push, _, start = people(20)
    slope = jax.vmap(jax.jacfwd(slowest, 1))
    below, at, above = (slope(push, jnp.full(20, leak), start) for leak in (-1e-6, 0.0, 1e-6))
    for one, other in ((below, at), (at, above)):
        for x, y in zip(one, other, strict=True):
            np.testing.assert_allclose(x, y, atol=0.02)

"""Three terms against the kernel, and slopes in closed form against those that JAX takes of it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssmkit.likelihoods.kernel import log_kernel
from ssmkit.likelihoods.three_terms import SWITCH, three_terms

pytestmark = pytest.mark.usefixtures("x64")

S, W = np.meshgrid(
    np.concatenate([np.geomspace(0.01, 5, 60), SWITCH * np.array([0.999999, 1.000001])]),
    np.linspace(0.02, 0.98, 25),
)


def _log(s, w):
    lead, factor = three_terms(s, w)
    return lead + jnp.log(factor)


def _alive():
    """Far from the other bound's shadow, where the terms all but cancel."""
    return (1 - W) ** 2 / S > 0.02


def test_it_is_the_kernel():
    found, kernel = _log(jnp.asarray(S), jnp.asarray(W)), log_kernel(S, W)
    np.testing.assert_allclose(found[_alive()], kernel[_alive()], atol=2e-5)


@pytest.mark.parametrize("argument", [0, 1])
def test_its_slopes_are_those_of_the_kernel(argument):
    def slope(function):
        return np.asarray(jax.grad(lambda *x: jnp.sum(function(*x)), argument)(S, W))[_alive()]

    np.testing.assert_allclose(slope(_log), slope(log_kernel), rtol=1e-3, atol=1e-3)


def test_slopes_of_slopes_are_finite_differences():
    def slopes(s, w):
        return jnp.stack(jax.grad(_log, (0, 1))(s, w))

    for s, w in ((0.05, 0.3), (0.1, 0.7), (0.6, 0.4)):
        found = np.stack(jax.jacobian(slopes, (0, 1))(s, w), axis=1)
        step = 1e-6
        for i, (ds, dw) in enumerate(((step, 0), (0, step))):
            difference = (slopes(s + ds, w + dw) - slopes(s - ds, w - dw)) / (2 * step)
            np.testing.assert_allclose(found[:, i], difference, rtol=1e-5, atol=1e-5)

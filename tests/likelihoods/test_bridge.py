"""The bridge between two points obeys the laws of a Markov process."""

import jax
import numpy as np
import pytest

from ssmkit.likelihoods import log_stay
from ssmkit.likelihoods.kernel import SWITCH

pytestmark = pytest.mark.usefixtures("x64")
X, Y = np.meshgrid(np.linspace(0.01, 0.99, 9), np.linspace(0.02, 0.98, 7))


def test_it_composes_over_the_point_that_it_passes_half_way():
    """Chapman and Kolmogorov: staying from x to y is staying to the middle, then from there."""
    nodes, weights = np.polynomial.legendre.leggauss(120)
    middle, weights = 0.5 + 0.5 * nodes, 0.5 * weights
    for s in (0.05, 0.4, 0.62, 2.0):
        x, y = X[..., None], Y[..., None]
        free = np.exp(-((middle - (x + y) / 2) ** 2) / (s / 2)) / np.sqrt(np.pi * s / 2)
        parts = np.exp(log_stay(s / 2, x, middle) + log_stay(s / 2, middle, y)) * free
        np.testing.assert_allclose(np.exp(log_stay(s, X, Y)), parts @ weights, rtol=0, atol=1e-12)


def test_it_is_symmetric_and_smooth_across_the_switch():
    for s in (0.01, 0.2, 1.0):
        np.testing.assert_allclose(log_stay(s, X, Y), log_stay(s, Y, X), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        log_stay(SWITCH - 1e-13, X, Y), log_stay(SWITCH, X, Y), rtol=0, atol=1e-10
    )


@pytest.mark.parametrize("s", [0.01, 5.0])
def test_a_bound_is_not_stayed_at(s):
    for x, y in ((0.0, 0.5), (0.5, 1.0), (1.0, 1.0)):
        value, slope = jax.value_and_grad(log_stay, argnums=(0, 1, 2))(s, x, y)
        assert np.isneginf(value)
        np.testing.assert_array_equal(slope, 0)

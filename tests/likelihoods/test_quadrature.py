"""The rule against models whose answers are known in closed form."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles.cases import people

from ssmkit.likelihoods import (
    choice_probability_angle,
    log_angle,
    log_never_angle,
    log_survival_angle,
)
from ssmkit.likelihoods.quadrature import choice_by_quadrature, log_survival_by_quadrature

pytestmark = pytest.mark.usefixtures("x64")
TIMES = np.array([1e-5, 0.01, 0.1, 0.3, 0.7, 1.5, 3.0])
ROWS = np.array(list(people(12))).T[:, :, None]


def density(tau, response, v, a, z, theta):
    return log_angle(tau, response, v, a, z, 0.0, theta)


@pytest.mark.parametrize(("theta", "atol"), [(0.0, 1e-9), (0.3, 1e-9), (-0.5, 1e-9), (0.8, 1e-6)])
def test_choices_and_both_survivals_are_those_in_closed_form(theta, atol):
    """Fast collapsing bounds end a density that is still high, and cost some digits."""
    params = (*ROWS, theta)
    found = choice_by_quadrature(density, params, (-1, 1), last=1e4)
    v, a, z = ROWS
    np.testing.assert_allclose(found, choice_probability_angle(v, a, z, 0.0, theta), atol=atol)

    exact = np.exp(log_survival_angle(TIMES, v, a, z, 0.0, theta))
    rest = np.exp(log_survival_by_quadrature(density, TIMES, params, (-1, 1), last=None))
    np.testing.assert_allclose(rest, exact, rtol=0, atol=atol)
    never = np.exp(log_never_angle(v, a, z, theta))
    tail = np.exp(log_survival_by_quadrature(density, TIMES, params, (-1, 1), last=1e4))
    np.testing.assert_allclose(tail, exact - never, rtol=0, atol=atol)


def test_the_tail_keeps_its_digits_and_the_rest_of_1_does_not():
    exact = log_survival_angle(12.0, 1.5, 1.0, 0.5, 0.0, 0.0)
    params = (1.5, 1.0, 0.5, 0.0)
    assert exact < -20
    tail = log_survival_by_quadrature(density, 12.0, params, (-1, 1))
    np.testing.assert_allclose(tail, exact, rtol=1e-9)


def test_narrow_and_wide_peaks_are_found():
    width, centre = np.meshgrid([0.02, 0.1, 1.0], np.linspace(-4.0, 3.0, 30))

    def log_f(tau, response, width, centre):
        score = (jnp.log(tau) - centre) / width
        return -0.5 * score**2 - jnp.log(width * tau * np.sqrt(2 * np.pi)) + 0 * response

    found = choice_by_quadrature(log_f, (width, centre), (0,), last=1e5)
    np.testing.assert_allclose(found, 1.0, rtol=0, atol=1e-9)


@pytest.mark.parametrize("last", [None, 1e3])
def test_slopes_are_finite_differences_and_0_before_the_start(last):
    @jax.jit
    def log_s(point):
        return log_survival_by_quadrature(density, point[0], point[1:], (-1, 1), last=last)

    point = jnp.array([0.6, 0.8, 1.1, 0.4, 0.2])
    found = jax.grad(log_s)(point)
    for i, step in enumerate(1e-5 * np.eye(5)):
        ends = log_s(point + step), log_s(point - step)
        np.testing.assert_allclose(found[i], (ends[0] - ends[1]) / 2e-5, rtol=1e-6, atol=1e-8)
    for tau in (-1.0, 0.0, 1e-8):
        value, slope = jax.value_and_grad(log_s)(point.at[0].set(tau))
        assert value == 0
        np.testing.assert_array_equal(slope, 0)


def test_slopes_of_choices_are_finite_differences():
    def p(point):
        return choice_by_quadrature(density, point, (-1, 1))

    point = jnp.array([0.8, 1.1, 0.4, 0.2])
    found = jax.jacobian(p)(point)
    for i, step in enumerate(1e-5 * np.eye(4)):
        slope = (p(point + step) - p(point - step)) / 2e-5
        np.testing.assert_allclose(found[:, i], slope, rtol=1e-6, atol=1e-9)


def test_a_density_of_0_has_no_mass_and_no_nan_in_its_slope():
    def never(tau, response, v):
        return jnp.where(tau > 1e9, v * response, -jnp.inf)

    value, slope = jax.value_and_grad(lambda v: choice_by_quadrature(never, (v,), (0, 1)).sum())(
        1.0
    )
    assert (value, slope) == (0, 0)
    assert log_survival_by_quadrature(never, 0.5, (1.0,), (0, 1), last=None) == 0
    assert log_survival_by_quadrature(never, 0.5, (1.0,), (0, 1)) == -np.inf


def test_single_values_stay_single_and_float32_stays():
    shapes = []

    def log_f(tau, response, v, a):
        shapes.append((v.size, a.size))
        return density(tau, response, v, a, 0.5, 0.0)

    one, many = np.float32(1.0), np.ones(7, np.float32)
    assert choice_by_quadrature(log_f, (one, one), (-1, 1)).dtype == np.float32
    found = log_survival_by_quadrature(log_f, many, (one, many), (-1, 1))
    assert (found.shape, found.dtype) == ((7,), np.float32)
    assert set(shapes) == {(1, 1), (1, 7)}

"""The kernel is the first-passage density to rounding, wherever its two series meet."""

import jax
import jax.numpy as jnp
import mpmath as mp
import numpy as np
import pytest
from oracles import first_passage

from ssmkit.likelihoods import log_kernel
from ssmkit.likelihoods.kernel import SWITCH, sine_cosine

pytestmark = pytest.mark.usefixtures("x64")
TIMES = (1e-4, 0.01, 0.1, 0.25, SWITCH - 1e-9, SWITCH, 0.4, 1.0, 10.0, 2000.0)


@pytest.mark.parametrize("w", [1e-8, 0.01, 0.3, 0.5, 0.7, 0.99])
def test_the_kernel_is_the_series_in_60_digits(w):
    # bounds at -.5 and .5, so that normalised and decision time are the same
    exact = [float(first_passage.log_density(s, -1, 0, 0.5, w, 0)) for s in TIMES]
    np.testing.assert_allclose(log_kernel(np.array(TIMES), w), exact, rtol=1e-14, atol=1e-13)


def test_a_start_next_to_the_other_bound_keeps_its_digits_when_the_rest_is_given():
    rest = 1e-9
    exact = [float(first_passage.log_density(s, 1, 0, 0.5, rest, 0)) for s in TIMES]
    np.testing.assert_allclose(log_kernel(np.array(TIMES), 1 - rest, rest), exact, atol=1e-10)


def test_the_two_series_of_the_oracle_agree():
    with mp.workdps(60):
        trial = -1, mp.mpf(0.7), mp.mpf(0.5), mp.mpf(0.3)
        for s in (mp.mpf(0.6), mp.mpf(1), mp.mpf(3)):
            images = first_passage._log_images(s, *trial, mp.mpf(0), mp.mpf(0.4))
            sines = first_passage._log_sines(s, *trial, mp.mpf(0.4))
            assert abs(images - sines) < 1e-40


def test_value_and_slope_are_smooth_across_the_switch():
    w = jnp.linspace(0.01, 0.99, 33)
    slope = jax.vmap(jax.grad(log_kernel, argnums=(0, 1)), (None, 0))
    for before, after in zip(slope(SWITCH - 1e-13, w), slope(SWITCH, w), strict=True):
        np.testing.assert_allclose(before, after, atol=1e-10)


@pytest.mark.parametrize("w", [0.0, 1.0])
@pytest.mark.parametrize("s", [0.01, 0.3, 5.0])
def test_a_start_on_a_bound_has_density_0_and_slope_0(s, w):
    value, slope = jax.value_and_grad(log_kernel, argnums=(0, 1))(s, w)
    assert value == -jnp.inf
    assert slope == (0, 0)


def test_sine_and_cosine_have_all_their_digits_and_their_slopes():
    near = np.r_[1e-12, np.linspace(0.001, 0.5, 500)]
    for w, rest, sign in ((near, 1 - near, 1), (1 - near, near, -1)):
        sine, cosine = sine_cosine(jnp.asarray(w), jnp.asarray(rest))
        np.testing.assert_allclose(sine, np.sin(np.pi * near), rtol=1e-15)
        np.testing.assert_allclose(cosine, sign * np.cos(np.pi * near), atol=1e-15)


def test_the_slope_in_the_middle_is_that_beside_it():
    slope = jax.vmap(jax.grad(log_kernel, argnums=1), (None, 0))
    for s in TIMES[2:-1]:
        before, middle, after = slope(s, jnp.array([0.5 - 1e-9, 0.5, 0.5 + 1e-9]))
        np.testing.assert_allclose([before, after], middle, rtol=1e-6, atol=1e-6)

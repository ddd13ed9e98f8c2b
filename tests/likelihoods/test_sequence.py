"""Two decisions in a row against sums over the first one's time that the kit does not use."""

import jax
import jax.numpy as jnp
import mpmath as mp
import numpy as np
import pytest
from oracles import first_passage, sequence

from ssmkit.likelihoods import (
    choice_probability_ddm_seq2_no_bias,
    log_ddm_seq2_no_bias,
    log_survival_ddm_seq2_no_bias,
)

pytestmark = pytest.mark.usefixtures("x64")

# vh, vl1, vl2, a: a usual person, corners of the box, and one of no drift at all.
PEOPLE = np.array(
    [
        [0.8, 0.5, 1.1, 1.0],
        [4.0, 0.0, -4.0, 2.5],
        [0.0, 4.0, -4.0, 0.3],
        [-4.0, 0.2, 4.0, 2.5],
        [0.0, 0.0, 0.0, 1.7],
    ]
)
CHOICES = np.arange(4)
DENSITY = jax.jit(log_ddm_seq2_no_bias)
SURVIVAL = jax.jit(log_survival_ddm_seq2_no_bias)
SLOPES = jax.jit(jax.vmap(jax.value_and_grad(log_ddm_seq2_no_bias, argnums=range(2, 7))))


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_the_density_is_the_sum_over_the_first_time(person):
    """The error weighted by the density is 7e-8 at most, and 6e-6 anywhere that counts."""
    tau = np.geomspace(0.01, 1.0, 12) * 12 * person[3] ** 2
    exact = np.array([sequence.density(tau, response, *person) for response in CHOICES])
    found = DENSITY(tau, CHOICES[:, None], *person, 0.0)
    counts = exact * tau > 1e-6 * (exact * tau).max()
    error = np.abs(found - np.log(np.where(counts, exact, 1.0)))[counts]
    assert np.average(error, weights=(exact * tau)[counts]) < 1.5e-7
    assert error.max() < 1e-5


@pytest.mark.parametrize(("tau", "person", "response"), [(0.9, 0, 3), (0.05, 1, 1), (8.0, 4, 2)])
def test_early_and_late_the_log_follows_the_density_in_long_arithmetic(tau, person, response):
    vh, vl1, vl2, a = PEOPLE[person]
    vl = vl2 if response >= 2 else vl1

    def both(x):
        sides = (1 if response >= 2 else -1, vh), (1 if response % 2 else -1, vl)
        times = (x, tau - x)
        parts = (
            first_passage.log_density(time, side, v, a, 0.5, 0.0)
            for time, (side, v) in zip(times, sides, strict=True)
        )
        return mp.exp(mp.fsum(parts))

    with mp.workdps(15):
        exact = mp.log(mp.quad(both, mp.linspace(0, tau, 17), maxdegree=4))
    found = float(DENSITY(tau, response, *PEOPLE[person], 0.0))
    assert found == pytest.approx(float(exact), abs=2e-6)


def test_response_probabilities_survival_and_density_belong_together():
    for person in PEOPLE:
        u = np.linspace(np.log(1e-4), np.log(80 * person[3] ** 2), 1201)
        g = np.exp(DENSITY(np.exp(u), CHOICES[:, None], *person, 0.0) + u)
        step = u[1] - u[0]
        choice = np.asarray(choice_probability_ddm_seq2_no_bias(*person, 0.3))
        np.testing.assert_allclose(g.sum(axis=1) * step, choice, rtol=0, atol=2e-6)
        assert choice.sum() == pytest.approx(1, abs=1e-12)
        gone = np.cumsum(g.sum(axis=0))[::40] * step - 0.5 * g.sum(axis=0)[::40] * step
        left = np.exp(SURVIVAL(0.3 + np.exp(u[::40]), *person, 0.3))
        # The trapezoidal rule's end term, g' h^2 / 12, is at most 1e-4.
        np.testing.assert_allclose(left, 1 - gone, rtol=0, atol=2e-4)


def test_small_survival_keeps_its_digits():
    """Late, only the slowest mode of two exponential series is left, and its products."""
    late = np.array([20.0, 60.0])
    n = np.arange(4000)
    rate, size = (2 * n + 1) ** 2 * np.pi**2 / 8, (-1.0) ** n * (2 * n + 1) * np.pi / 2
    others = np.cumsum(2 * size[0] * size[1:] / (rate[1:] - rate[0]))
    others = 0.5 * (others[-1] + others[-2])  # the sum alternates
    polynomial = size[0] ** 2 * (late / rate[0] + 1 / rate[0] ** 2) + others / rate[0]
    log_s = SURVIVAL(late, 0.0, 0.0, 0.0, 1.0, 0.0)
    np.testing.assert_allclose(log_s, np.log(polynomial) - rate[0] * late, atol=1e-5)


def test_slopes_are_finite_differences():
    rt = np.tile([0.32, 0.5, 1.0, 3.0], 4)
    response = np.repeat(CHOICES, 4)
    for person in PEOPLE[:4]:
        rows = np.tile([*person, 0.3], (16, 1)).T
        _, slopes = SLOPES(rt, response, *rows)
        for i in range(5):
            step = 1e-5 * np.eye(5)[i][:, None]
            ends = [DENSITY(rt, response, *(rows + side * step)) for side in (1, -1)]
            np.testing.assert_allclose(slopes[i], (ends[0] - ends[1]) / 2e-5, rtol=2e-4, atol=2e-5)


def test_second_derivatives_are_finite_differences_of_slopes():
    point = jnp.array([*PEOPLE[0], 0.3])

    def log_f(point):
        return log_ddm_seq2_no_bias(1.4, 1, *point)

    found, slope = jax.hessian(log_f)(point), jax.jit(jax.grad(log_f))
    for i in range(5):
        step = 1e-5 * np.eye(5)[i]
        difference = (slope(point + step) - slope(point - step)) / 2e-5
        np.testing.assert_allclose(found[i], difference, rtol=1e-3, atol=1e-3)


def test_slopes_of_the_survival_are_the_density_and_finite_differences():
    args = np.array([1.2, *PEOPLE[0], 0.3])
    slopes = np.asarray(jax.grad(log_survival_ddm_seq2_no_bias, argnums=range(6))(*args))
    hazard = jnp.exp(
        jax.scipy.special.logsumexp(DENSITY(1.2, CHOICES, *args[1:])) - SURVIVAL(*args)
    )
    assert slopes[0] == pytest.approx(-float(hazard), rel=1e-6)
    for i in range(6):
        step = 1e-5 * np.eye(6)[i]
        difference = (SURVIVAL(*(args + step)) - SURVIVAL(*(args - step))) / 2e-5
        assert slopes[i] == pytest.approx(float(difference), rel=1e-4, abs=1e-6)


def test_no_density_has_no_slope_and_nothing_is_nan():
    rt = np.array([0.1, 0.3, 0.3 + 1e-12, 0.301, 1e9, 1e300, np.inf])
    for dtype in (np.float64, np.float32):
        for person in [[0.0, 0.0, 0.0, 0.0], [9.0, -9.0, 9.0, 9.0], [1.0, 1.0, 1.0, 1e-3]]:
            rows = np.tile([*person, 0.3], (len(rt), 1)).T.astype(dtype)
            times = np.where(rt > np.finfo(dtype).max, np.inf, rt).astype(dtype)
            value, slopes = SLOPES(times, np.full(len(rt), 2), *rows)
            assert value.dtype == dtype
            assert not np.isnan(value).any()
            assert np.isfinite(slopes).all()
            assert (np.asarray(slopes)[:, np.isneginf(value)] == 0).all()
            left = SURVIVAL(times, *rows)
            assert not np.isnan(left).any()
            assert (np.asarray(left) <= 0).all()
    assert np.isneginf(DENSITY(0.3, 0, *PEOPLE[0], 0.3))
    assert SURVIVAL(0.2, *PEOPLE[0], 0.3) == 0


def test_float32_is_close():
    tau = np.geomspace(0.05, 8.0, 30)
    exact = np.asarray(DENSITY(tau, CHOICES[:, None], *PEOPLE[0], 0.0))
    person = [np.float32(x) for x in (*PEOPLE[0], 0.0)]
    short = DENSITY(tau.astype(np.float32), CHOICES[:, None], *person)
    assert short.dtype == np.float32
    np.testing.assert_allclose(short, exact, rtol=1e-4, atol=1e-4)

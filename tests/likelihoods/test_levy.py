"""Stable noise against a finer chain, normal noise at its end, and simulated flights."""

import jax
import numpy as np
import pytest
from oracles import levy_chain
from scipy import stats

from ssmkit.likelihoods import (
    choice_probability_levy,
    log_ddm,
    log_levy,
    log_survival_levy,
)

pytestmark = pytest.mark.usefixtures("x64")

USUAL = (0.5, 1.2, 0.45, 1.5)
# v, a, z, alpha, and the largest error of the log that is allowed, weighted by the density.
PEOPLE = [
    (USUAL, 3e-3),
    ((0.0, 1.5, 0.4, 1.2), 3e-3),
    ((-1.0, 2.0, 0.5, 1.8), 3e-3),
    ((0.5, 0.5, 0.3, 1.95), 3e-3),
]
# Nearly Cauchy noise under a strong drift, and starts next to a bound, are the hardest.
CORNERS = [
    ((2.0, 1.0, 0.5, 1.05), 1e-2),
    ((3.0, 3.0, 0.1, 1.02), 2e-2),
    ((3.0, 3.0, 0.9, 1.02), 3e-1),
]
DENSITY = jax.jit(log_levy)
BOTH = jax.jit(jax.value_and_grad(lambda p, rt, x: log_levy(rt, x, *p).sum()))
RESPONSES = np.array([[1.0], [-1.0]])


def _mean_error(person, cells):
    tau = np.geomspace(0.003, 6.0, 60) * person[1] ** person[3]
    exact = levy_chain.density(tau, *person, cells=cells)
    found = DENSITY(tau, RESPONSES, *person, 0.0)
    return np.average(np.abs(found - np.log(np.maximum(exact, 1e-30))), weights=exact * tau)


@pytest.mark.parametrize(("person", "most"), PEOPLE, ids=str)
def test_the_density_is_that_of_a_finer_chain(person, most):
    assert _mean_error(person, (100, 200)) < most


@pytest.mark.full
def test_over_the_box_the_error_is_below_3e_3():
    rng = np.random.default_rng(0)
    sides = [(-3.0, 3.0), (0.3, 3.0), (0.1, 0.9), (1.0, 2.0)]
    people = [tuple(rng.uniform(*side) for side in sides) for _ in range(12)]
    assert np.mean([_mean_error(person, (255, 511)) for person in people]) < 3e-3


@pytest.mark.full
@pytest.mark.parametrize(("person", "most"), CORNERS, ids=str)
def test_corners_are_less_exact(person, most):
    assert _mean_error(person, (255, 511)) < most


def test_normal_noise_is_the_diffusion_with_a_variance_of_2():
    """Noise of sd s is noise of sd 1 with drift and bound over s."""
    tau, s = np.geomspace(0.1, 5.0, 40), np.sqrt(2)
    found = DENSITY(tau, RESPONSES, 0.5, 1.2, 0.45, 2.0, 0.0)
    exact = np.asarray(log_ddm(tau, RESPONSES, 0.5 / s, 1.2 / s, 0.45, 0.0))
    assert np.average(np.abs(found - exact), weights=np.exp(exact) * tau) < 3e-3


@pytest.mark.full
def test_density_survival_and_choice_belong_together():
    u = np.linspace(np.log(1e-6), np.log(60), 800)
    g = np.exp(DENSITY(np.exp(u), RESPONSES, *USUAL, 0.0) + u)
    masses = np.trapezoid(g, u, axis=1)
    np.testing.assert_allclose(masses[::-1], choice_probability_levy(*USUAL, 0.3), atol=1e-4)
    assert masses.sum() == pytest.approx(1, abs=1e-3)
    gone = np.trapezoid(g[:, :600].sum(axis=0), u[:600])
    left = np.exp(log_survival_levy(0.3 + np.exp(u[599]), *USUAL, 0.3))
    assert 1 - gone == pytest.approx(float(left), abs=1e-3)
    assert log_survival_levy(0.2, *USUAL, 0.3) == 0


@pytest.mark.full
def test_flights_of_the_definition_have_the_density():
    """4,000 flights in small steps of SciPy's stable law: Kolmogorov and Smirnov on the times, a
    binomial count of the responses; false alarm 2e-6. The overshoot of steps of 0.5 ms is below
    what so few flights can see.
    """
    v, a, z, alpha = USUAL
    n, dt = 4_000, 5e-4
    rng = np.random.default_rng(0)
    x, tau, response = np.full(n, a * (2 * z - 1)), np.zeros(n), np.zeros(n)
    alive = np.arange(n)
    for i in range(int(20 / dt)):
        if alive.size == 0:
            break
        jumps = stats.levy_stable.rvs(alpha, 0, size=alive.size, random_state=rng)
        x[alive] += v * dt + jumps * dt ** (1 / alpha)
        done = np.abs(x[alive]) >= a
        tau[alive[done]] = (i + 0.5) * dt
        response[alive[done]] = np.sign(x[alive[done]])
        alive = alive[~done]
    decided = response != 0
    u = np.linspace(np.log(1e-6), np.log(60), 1500)
    g = np.exp(DENSITY(np.exp(u), RESPONSES, *USUAL, 0.0) + u)
    cdf = np.cumsum(g.sum(axis=0)) * (u[1] - u[0])
    uniform = np.interp(np.log(tau[decided]), u, cdf)
    assert stats.kstest(uniform, "uniform").pvalue > 1e-6
    p = float(choice_probability_levy(*USUAL, 0.0)[1])
    assert stats.binomtest(int((response == 1).sum()), int(decided.sum()), p).pvalue > 1e-6


def test_rows_of_parameters_agree_with_shared_ones():
    rt, response = np.array([0.4, 0.7, 1.5]), np.array([1.0, -1.0, 1.0])
    shared = DENSITY(rt, response, *USUAL, 0.3)
    rows = [np.full(3, x) for x in USUAL]
    np.testing.assert_allclose(DENSITY(rt, response, *rows, 0.3), shared, rtol=1e-9)
    table = DENSITY(rt, response, *(x[:, None] for x in rows), 0.3)
    np.testing.assert_allclose(table, np.tile(shared, (3, 1)), rtol=1e-9)


@pytest.mark.full
def test_slopes_are_finite_differences():
    rt, response = np.array([0.35, 0.6, 1.0, 3.0]), np.array([1.0, -1.0, 1.0, -1.0])
    point = np.array([0.5, 1.2, 0.46, 1.5, 0.3])
    _, slopes = BOTH(point, rt, response)
    for i, step in enumerate(1e-5 * np.eye(5)):
        ends = [BOTH(point + side * step, rt, response)[0] for side in (1, -1)]
        assert float(slopes[i]) == pytest.approx(
            float(ends[0] - ends[1]) / 2e-5, rel=1e-4, abs=1e-4
        )


@pytest.mark.full
def test_no_density_has_no_slope_and_nothing_is_nan():
    rt = np.array([0.1, 0.3, 0.3 + 1e-9, 0.31, 50.0, 1e9, np.inf])
    alone = jax.jit(jax.vmap(jax.value_and_grad(lambda p, rt: log_levy(rt, 1, *p)), (None, 0)))
    for person in [[9.0, 1.0, 0.5, 1.0], [0.0, 0.0, 0.5, 2.0], [1.0, 2.0, 1.0, 1.5]]:
        for dtype in (np.float64, np.float32):
            value, slopes = alone(np.array([*person, 0.3], dtype), rt.astype(dtype))
            assert value.dtype == dtype
            assert not np.isnan(value).any()
            assert np.isfinite(slopes).all()
            assert (np.asarray(slopes)[np.isneginf(value)] == 0).all()
    assert np.isneginf(DENSITY(0.3, 1, *USUAL, 0.3))


def test_float32_is_close():
    tau = np.geomspace(0.05, 6.0, 30)
    exact = np.asarray(DENSITY(tau, RESPONSES, *USUAL, 0.0))
    short = DENSITY(tau.astype(np.float32), 1.0 * RESPONSES, *(np.float32(x) for x in (*USUAL, 0)))
    assert short.dtype == np.float32
    np.testing.assert_allclose(short, exact, rtol=2e-3, atol=2e-3)

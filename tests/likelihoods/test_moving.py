"""Bounds that move along a curve, against a diffusion solver and closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles import fokker_planck

from ssmkit.likelihoods import log_angle, log_exponential, log_moving, log_weibull
from ssmkit.likelihoods.moving import weibull_bound

pytestmark = pytest.mark.usefixtures("x64")
CHOICES = np.array([-1.0, 1.0])


def rates(person):
    """Density of each response by the diffusion solver, at its times: (times,), (times, 2)."""
    v, a, z, alpha, beta = person

    def bound(t):
        return a * np.maximum(np.exp(-((t / beta) ** alpha)), 1e-6)

    def slope(t):
        return -bound(t) * alpha / beta * (t / beta) ** (alpha - 1)

    times = np.geomspace(1e-3, 30, 4000)
    hazard = np.cumsum(np.pi**2 / 8 / bound(times[1:]) ** 2 * np.diff(times))
    last = times[min(np.searchsorted(hazard, 8.0) + 1, 3999)]
    solved = fokker_planck.solve(v, z, bound, slope, last, cells=1200, steps=1600)
    return solved.tau, np.stack([solved.lower, solved.upper], axis=1)


def distance(tau, exact, found):
    """Mean absolute difference of the logs, weighted by the density."""
    weight = exact * np.gradient(tau)[:, None]
    counts = exact > 1e-4 * exact.max()
    gap = np.abs(found - np.log(np.where(counts, exact, 1.0)))
    return float(np.where(counts, gap * weight, 0).sum() / weight.sum())


def errors(people):
    """Distance of both regimes for each person."""
    shared = jax.jit(lambda tau, p: log_weibull(tau[:, None], CHOICES, *p[:3], 0.0, *p[3:]))
    one = jax.vmap(lambda tau, c, p: log_weibull(tau, c, *p[:3], 0.0, *p[3:]), (None, 0, None))
    alone = jax.jit(jax.vmap(one, (0, None, None)))
    found = []
    for person in people:
        tau, exact = rates(person)
        tau, exact = tau[8::8], exact[8::8]
        each = (np.asarray(f(tau, *more)) for f, more in
                ((shared, (np.array(person),)), (alone, (CHOICES, np.array(person)))))  # fmt: skip
        found.append([distance(tau, exact, log_f) for log_f in each])
    return np.array(found)


def test_two_people_solve_the_diffusion_equation():
    """What is left of 1e-4 is the error of the diffusion solver."""
    found = errors([(0.8, 1.2, 0.55, 2.0, 1.5), (-1.0, 0.8, 0.4, 0.8, 2.0)])
    assert found.max() < 3e-4


@pytest.mark.full
def test_the_box_solves_the_diffusion_equation():
    """On average below 3e-4, and 5e-3 at the worst corner."""
    rng = np.random.default_rng(0)
    low, high = np.array([(-2.5, 2.5), (0.3, 2.5), (0.2, 0.8), (0.31, 4.99), (0.31, 6.99)]).T
    found = errors(rng.uniform(low, high, (12, 5)))
    assert found.mean(axis=0).max() < 3e-4
    corners = [
        (0.5, a, 0.8, alpha, beta)
        for a, alpha, beta in [
            (0.3, 0.31, 0.31),
            (0.3, 4.99, 6.99),
            (2.5, 4.99, 0.31),
            (2.5, 4.99, 6.99),
            (2.5, 1.0, 0.31),
        ]
    ]
    assert errors(corners).max() < 5e-3


def test_responses_far_too_early_are_as_improbable_for_many_trials_as_for_one():
    """Steep kicks once left e^-16 there, where the density is e^-300."""
    rt = np.geomspace(1e-3, 0.05, 20)
    person = {"v": 0.0, "a": 1.0, "z": 0.335, "t": 0.0, "alpha": 0.333, "beta": 1.068}
    shared = log_weibull(rt, 1, **person)
    alone = log_weibull(rt, 1, **{name: np.full(20, x) for name, x in person.items()})
    np.testing.assert_allclose(shared, alone, rtol=2e-3)
    assert shared[0] < -700


def test_straight_bounds_are_the_angle_model():
    """One that closes and one that opens, trials that share their parameters and that do not."""

    @jax.jit
    def both(tau, response, v, a, z, speed):
        return log_moving(
            lambda tau, a, speed: a - speed * tau, tau, response, v, a, z, 0.0, speed
        ), log_angle(tau, response, v, a, z, 0.0, jnp.arctan(speed))

    tau, response = np.linspace(0.05, 1.5, 30), np.tile([1.0, -1.0], 15)
    for speed in (0.6, -0.4):
        person = (0.7, 1.1, 0.4, speed)
        found, exact = both(tau, response, *person)
        np.testing.assert_allclose(found, exact, rtol=0, atol=1e-4)
        found, exact = both(tau, response, *(np.full(30, x) for x in person))
        np.testing.assert_allclose(found, exact, rtol=0, atol=1e-4)


@pytest.mark.full
def test_gradients_are_finite_differences_and_an_exponential_is_a_weibull_of_shape_1():
    tau, response = np.array([0.3, 0.6, 0.9, 1.4] * 3), np.tile([1.0, -1.0], 6)

    def log_f(point):
        wide = jnp.broadcast_to(point, (12, 6))
        return log_weibull(tau, response, *point).sum(), log_weibull(tau, response, *wide.T).sum()

    point = jnp.array([0.8, 1.2, 0.55, 0.05, 1.8, 1.5])
    both = jax.jit(jax.vmap(lambda p, d: jax.jvp(log_f, (p,), (d,)), (0, 0)))
    steps = 1e-4 * np.eye(6)
    moved = np.concatenate([point + steps, point - steps])
    values, slopes = (np.array(x) for x in both(moved, np.tile(np.eye(6), (2, 1))))
    found = 0.5 * (slopes[:, :6] + slopes[:, 6:])
    expected = (values[:, :6] - values[:, 6:]) / 2e-4
    np.testing.assert_allclose(found, expected, rtol=3e-4, atol=3e-3)
    one = log_exponential(tau, response, 0.8, 1.2, 0.55, 0.05, 1.5)
    two = log_weibull(tau, response, 0.8, 1.2, 0.55, 0.05, 1.0, 1.5)
    np.testing.assert_allclose(one, two, rtol=0, atol=1e-8)


@pytest.mark.full
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_is_nan_where_bounds_have_closed_or_parameters_lie_on_theirs(dtype):
    rt = [-1.0, 0.3, 0.3 + 1e-6, 0.35, 1.0, 3.0, 20.0, 1e4]
    rows = np.array(
        [
            (r, c, 0.7, a, z, 0.3, alpha, beta)
            for r in rt
            for c in (-1, 1)
            for a, z, alpha, beta in [
                (1.0, 0.5, 2.0, 1.5), (0.0, 0.5, 2.0, 1.5), (1.0, 0.0, 2.0, 1.5),
                (1.0, 1.0, 2.0, 1.5), (0.3, 0.99, 5.0, 0.31), (2.5, 0.02, 0.31, 0.31),
                (2.0, 0.3, 8.0, 0.1), (1.0, 0.5, 0.01, 1e-3),
            ]
        ],
        dtype,
    )  # fmt: skip
    each = jax.jit(jax.vmap(jax.value_and_grad(lambda row: log_weibull(*row))))
    value, slopes = each(rows)
    assert value.dtype == dtype
    assert not np.isnan(value).any()
    assert not np.isposinf(value).any()
    assert np.isfinite(slopes).all()
    np.testing.assert_array_equal(np.asarray(slopes)[np.isneginf(value)], 0)
    # One solution for many trials: slopes of the sum, which is -inf where any trial's is.
    columns = rows[:, :2].reshape(16, -1, 2)[:, 0].T, rows[:8, 2:].T[..., None]

    @jax.jit
    @jax.value_and_grad
    def together(params):
        return log_weibull(*columns[0], *params).sum()

    value, slopes = together(columns[1])
    assert not np.isnan(value)
    assert np.isfinite(slopes).all()


@pytest.mark.full
def test_shapes_choose_the_regime_and_rows_are_solved_in_chunks():
    tau = np.linspace(0.2, 1.2, 9)
    a = np.linspace(0.8, 1.6, 70)[:, None, None]
    table = jax.jit(log_weibull)(tau, CHOICES[:, None], 0.5, a, 0.5, 0.0, 2.0, 1.5)
    assert table.shape == (70, 2, 9)
    each = log_weibull(tau, np.ones(9), 0.5, a[:9, 0, 0], 0.5, 0.0, 2.0, 1.5)
    np.testing.assert_allclose(each, np.diag(table[:9, 1]), rtol=0, atol=5e-4)
    assert weibull_bound(0.0, 1.0, 0.3, 2.0) == 1.0

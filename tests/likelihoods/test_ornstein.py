"""A leaky accumulator, against a diffusion solver, the model without a leak and simulated paths."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles import fokker_planck
from scipy import stats

from ssmkit.likelihoods import (
    choice_probability_ornstein,
    log_ddm,
    log_ornstein,
    log_survival_ornstein,
)

pytestmark = pytest.mark.usefixtures("x64")
CHOICES = np.array([-1.0, 1.0])
USUAL = (0.8, 1.2, 0.55, 0.4)
SHARED = jax.jit(lambda tau, p: log_ornstein(tau[:, None], CHOICES, *p, 0.0))


@jax.jit
def alone(tau, p):
    """Every trial has parameters of its own, which happen to be the same."""
    return log_ornstein(tau[:, None], CHOICES, *(jnp.full((len(tau), 2), x) for x in p), 0.0)


def solved(person):
    """Decision times, densities of each response, and probability of not having ended."""
    v, a, z, g = person
    seen = np.geomspace(1e-3, 1e3, 200)
    left = np.exp(log_survival_ornstein(seen, *person, 0.0))
    last = seen[min(np.searchsorted(-left, -2e-3), 199)]
    found = fokker_planck.solve(v, z, lambda t: a, lambda t: 0.0, last, 1200, 1600, leak=g)
    return found.tau[8::8], np.stack([found.lower, found.upper], 1)[8::8], found.alive[8::8]


def distance(tau, exact, found):
    """Mean absolute difference of the logs, weighted by the density."""
    weight = exact * np.gradient(tau)[:, None]
    counts = exact > 1e-4 * exact.max()
    gap = np.abs(found - np.log(np.where(counts, exact, 1.0)))
    return float(np.where(counts, gap * weight, 0).sum() / weight.sum())


def errors(people):
    """Distance of both regimes for each person."""
    found = []
    for person in people:
        tau, exact, _ = solved(person)
        each = (f(tau, np.array(person)) for f in (SHARED, alone))
        found.append([distance(tau, exact, np.asarray(log_f)) for log_f in each])
    return np.array(found)


def test_two_people_solve_the_diffusion_equation():
    """What is left of 1e-4 is the error of the diffusion solver; survival and choices too."""
    assert errors([USUAL, (-1.0, 1.5, 0.35, -0.8)]).max() < 3e-4
    tau, _, left = solved(USUAL)
    found = np.exp(log_survival_ornstein(0.3 + tau, *USUAL, 0.3))
    np.testing.assert_allclose(found, left, atol=2e-4)
    u = np.linspace(np.log(1e-4), np.log(200), 3000)
    mass = np.trapezoid(np.exp(SHARED(np.exp(u), np.array(USUAL)) + u[:, None]), u, axis=0)
    np.testing.assert_allclose(choice_probability_ornstein(*USUAL, 0.3), mass, atol=1e-7)


@pytest.mark.full
def test_the_box_solves_the_diffusion_equation():
    """On average below 3e-4, and 5e-3 at the worst corner."""
    rng = np.random.default_rng(0)
    low, high = np.array([(-2, 2), (0.3, 3), (0.1, 0.9), (-1, 1)]).T
    found = errors(rng.uniform(low, high, (12, 4)))
    assert found.mean(axis=0).max() < 3e-4
    corners = [(2.0, a, z, g) for a in (0.3, 3.0) for z in (0.1, 0.9) for g in (-1.0, 1.0)]
    assert errors(corners).max() < 5e-3


def test_without_a_leak_it_is_the_diffusion_model():
    tau = np.geomspace(0.01, 12.0, 50)
    exact = np.asarray(log_ddm(tau[:, None], CHOICES, *USUAL[:3], 0.0))
    person = np.array([*USUAL[:3], 0.0])
    assert distance(tau, np.exp(exact), np.asarray(SHARED(tau, person))) < 1e-7
    assert distance(tau, np.exp(exact), np.asarray(alone(tau, person))) < 1e-4


def test_the_packaged_simulator_means_the_same():
    """2,000 paths of a strong leak: Kolmogorov and Smirnov on the times, a binomial count of the
    responses, with the bounds moved by Siegmund's shift; false alarm 2e-6.
    """
    from ssmkit.modelconfig import get_config
    from ssmkit.simulate.paths import draw_paths, exact_step

    v, a, z, g = 1.0, 1.2, 0.3, 0.9
    params = {name: np.full(2000, x) for name, x in zip("vazgt", (v, a, z, g, 0.3), strict=True)}
    rt, response = draw_paths(get_config("ornstein"), params, np.random.default_rng(0))
    wide = a + 0.5826 * np.sqrt(exact_step(1e-4, 20.0))
    person = v, wide, (a * (2 * z - 1) + wide) / (2 * wide), g
    left = np.exp(log_survival_ornstein(rt, *person, 0.3))
    assert stats.kstest(np.asarray(left), "uniform").pvalue > 1e-6
    p = float(choice_probability_ornstein(*person, 0.3)[1])
    assert stats.binomtest(int((response == 1).sum()), 2000, p).pvalue > 1e-6
    opposite = float(choice_probability_ornstein(v, wide, person[2], -g, 0.3)[1])
    assert stats.binomtest(int((response == 1).sum()), 2000, opposite).pvalue < 1e-6


@pytest.mark.full
def test_gradients_are_finite_differences():
    tau, response = np.array([0.02, 0.3, 0.6, 1.4, 4.0] * 2), np.tile([1.0, -1.0], 5)

    def log_f(point):
        wide = jnp.broadcast_to(point, (10, 5))
        return jnp.stack([log_ornstein(tau, response, *p).sum() for p in (point, wide.T)])

    point = jnp.array([0.8, 1.2, 0.55, 0.4, 0.01])
    slopes = jax.jit(jax.jacrev(log_f))(point)
    values = jax.jit(jax.vmap(log_f))
    steps = 1e-5 * np.eye(5)
    expected = (values(point + steps) - values(point - steps)).T / 2e-5
    np.testing.assert_allclose(slopes, expected, rtol=1e-4, atol=1e-3)


@pytest.mark.full
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_is_nan_where_parameters_lie_on_their_bounds(dtype):
    rt = [-1.0, 0.3, 0.3 + 1e-6, 0.35, 1.0, 3.0, 20.0, 1e4]
    rows = np.array(
        [
            (r, c, v, a, z, g, 0.3)
            for r in rt
            for c in (-1, 1)
            for v, a, z, g in [
                (0.7, 1.0, 0.5, 0.0), (0.7, 0.0, 0.5, 0.5), (0.7, 1.0, 0.0, 0.5),
                (0.7, 1.0, 1.0, -0.5), (2.0, 3.0, 0.01, -1.0), (-2.0, 3.0, 0.99, 1.0),
                (9.0, 3.0, 0.5, 3.0), (0.0, 0.01, 0.5, 0.0),
            ]
        ],
        dtype,
    )  # fmt: skip

    @jax.jit
    @jax.vmap
    def each(row):
        wide = jnp.broadcast_to(row, (2, 7))

        def one_by_one(wide):
            return log_ornstein(*wide.T)[0]

        of_one, of_shared = (
            jax.value_and_grad(one_by_one),
            jax.value_and_grad(lambda row: log_ornstein(*row)),
        )
        return of_one(wide), of_shared(row)

    for found in each(rows):
        value, slopes = (np.asarray(x) for x in found)
        assert value.dtype == dtype
        assert not np.isnan(value).any()
        assert not np.isposinf(value).any()
        assert np.isfinite(slopes).all()
        assert (slopes[np.isneginf(value)] == 0).all()


def test_float32_is_close():
    tau = np.geomspace(0.05, 6.0, 30)
    exact = np.asarray(SHARED(tau, np.array(USUAL)))
    for f in (SHARED, alone):
        short = f(tau.astype(np.float32), np.array(USUAL, np.float32))
        assert short.dtype == np.float32
        assert distance(tau, np.exp(exact), np.asarray(short)) < 1e-3


@pytest.mark.full
def test_shapes_choose_the_regime():
    tau = np.linspace(0.2, 1.2, 9)
    a = np.linspace(0.8, 1.6, 70)[:, None, None]
    table = jax.jit(log_ornstein)(tau, CHOICES[:, None], 0.5, a, 0.5, 0.4, 0.0)
    assert table.shape == (70, 2, 9)
    each = log_ornstein(tau, np.ones(9), 0.5, a[:9, 0, 0], 0.5, 0.4, 0.0)
    np.testing.assert_allclose(each, np.diag(table[:9, 1]), rtol=0, atol=5e-4)


def test_a_response_far_rarer_than_the_other_is_no_error_of_the_steps():
    """These had densities of exp(-7) where exp(-15) is right, and the reverse."""
    person = {"v": -1.675, "a": 2.663, "z": 0.853, "g": -0.476, "t": 0.0}
    tau = person["a"] ** 2 * np.geomspace(0.05, 0.2, 10)
    shared = log_ornstein(tau, -1, **person)
    alone = log_ornstein(tau, -1, **{k: np.full(10, x) for k, x in person.items()})
    np.testing.assert_allclose(alone, shared, atol=0.1)

"""Races of reflected racers, against the diffusion equation and simulated paths."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles import reflected_racer
from scipy import stats

from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import race, reflected
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.race import race_config
from ssmkit.simulate.paths import draw_paths

pytestmark = pytest.mark.usefixtures("x64")
DENSITY = race.log_race_no_bias_angle_2
USUAL = (1.2, 0.4, 1.5, 0.3, 0.2, 0.3)
CHOICES = np.arange(2)[:, None]


def errors(people, **fine):
    """Mean errors of both regimes for each person, weighted by the density."""
    out = []
    for *drifts, a, z, theta in people:
        slope = np.tan(theta)
        last = min(0.98 * a / slope if slope > 0 else np.inf, 2 * a * a)
        tau = last * np.linspace(0.03, 1, 200) ** 2
        exact = reflected_racer.race(tau, drifts, a, z, slope, last, **fine)
        weight = exact * np.gradient(tau)
        counts = exact > 1e-4 * exact.max()
        params = (*drifts, a, z, 0.0, theta)
        for given in (params, [np.full(tau.shape, x) for x in params]):
            gap = np.abs(DENSITY(tau, CHOICES, *given) - np.log(np.where(counts, exact, 1.0)))
            out.append(np.where(counts, gap * weight, 0).sum() / weight.sum())
    return np.reshape(out, (-1, 2))


def test_two_people_solve_the_diffusion_equation():
    """What is left of 5e-5 is the error of the diffusion solver."""
    people = [(1.2, 0.4, 1.5, 0.3, 0.3), (2.0, 0.0, 1.0, 0.0, -0.1)]
    assert errors(people, cells=600, steps=1000).max() < 5e-5


@pytest.mark.full
def test_the_box_solves_the_diffusion_equation():
    """The fine grid is off by 2e-5 on average, and by 2e-4 for starts next to the bound."""
    rng = np.random.default_rng(0)
    low, high = np.array([(0, 2.5), (0, 2.5), (1, 3), (0, 0.9), (-0.1, 1.45)]).T
    found = errors(rng.uniform(low, high, (8, 5)), cells=1600, steps=3200)
    assert found.mean(axis=0).max() < 1e-4
    some = [(0, 1, 0, -0.1), (0, 3, 0.9, 1.45), (2.5, 3, 0, 0.0), (0, 1, 0.9, -0.1)]
    corners = [(2.5, *others) for others in some]
    assert errors(corners, cells=1600, steps=3200).max() < 1e-3


@pytest.mark.full
def test_density_survival_and_choice_belong_together():
    """Mass 1; one that never comes where the bound goes away; both regimes of survival."""
    u = np.linspace(np.log(1e-6), np.log(1e4), 3000)
    for theta, least in ((0.3, 1 - 1e-6), (0.0, 1 - 1e-6), (-0.4, 0.5)):
        person = (0.1, 0.0, 1.5, 0.3)
        g = np.exp(DENSITY(np.exp(u), CHOICES, *person, 0.0, theta) + u)
        masses = np.trapezoid(g, u, axis=1)
        assert least < masses.sum() < 1 + 1e-5
        choice = race.choice_probability_race_no_bias_angle_2(*person, 0.2, theta)
        np.testing.assert_allclose(choice, masses, atol=2e-5)
        i = 2000
        gone = np.trapezoid(g[:, :i].sum(axis=0), u[:i])
        time = 0.2 + np.exp(u[i - 1])
        log_s = race.log_survival_race_no_bias_angle_2
        alone, shared = (
            log_s(time, *person, 0.2, theta),
            log_s(np.full(9, time), *person, 0.2, theta),
        )
        assert float(np.exp(alone)) == pytest.approx(1 - gone, abs=2e-5)
        np.testing.assert_allclose(np.exp(shared), np.exp(alone), atol=2e-5)
    assert log_s(0.1, *person, 0.2, theta) == 0


@pytest.mark.full
@pytest.mark.parametrize("n", [2, 5])
def test_simulated_races_are_those_of_the_density(n):
    """Kolmogorov and Smirnov on 3,000 times, a chi-square on the winners; false alarm 2e-6.

    Two are drawn by ssm-simulators, five by us: both reflect. Steps shift both walls.
    """
    config = race_config(n, angle=True)
    params = {name: np.full(3000, x) for name, x in config.example.items()}
    delta_t = 1e-3 if n > 2 else 1e-4
    rt, response = draw_paths(config, params, np.random.default_rng(0), delta_t=delta_t)
    shift = 0.5826 * np.sqrt(delta_t)
    person = dict(config.example)
    bound = person["a"] + 2 * shift
    person |= {"a": bound, "z": (person["a"] * person["z"] + shift) / bound}
    functions = [getattr(race, f"{which}_{config.name}") for which in
                 ("log_survival", "choice_probability")]  # fmt: skip
    uniform = np.exp(functions[0](rt, **person))
    assert stats.kstest(uniform, "uniform").pvalue > 1e-6
    counts = np.bincount(response.astype(int), minlength=n)
    shares = np.asarray(functions[1](**person))
    assert stats.chisquare(counts, 3000 * shares / shares.sum()).pvalue > 1e-6


@pytest.mark.full
def test_slopes_are_finite_differences_in_both_regimes():
    rt, response = np.linspace(0.25, 2.5, 12), np.arange(12) % 2

    def log_f(point):
        wide = [np.broadcast_to(1.0, 12) * x for x in point]
        return DENSITY(rt, response, *point).sum(), DENSITY(rt, response, *wide).sum()

    point = np.array(USUAL)
    both = jax.jit(jax.vmap(lambda p, d: jax.jvp(log_f, (p,), (d,)), (0, 0)))
    steps = 1e-5 * np.eye(6)
    moved = np.concatenate([point + steps, point - steps])
    values, slopes = (np.array(x) for x in both(moved, np.tile(np.eye(6), (2, 1))))
    found = 0.5 * (slopes[:, :6] + slopes[:, 6:])
    np.testing.assert_allclose(found, (values[:, :6] - values[:, 6:]) / 2e-5, rtol=1e-3, atol=5e-3)


@pytest.mark.full
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_nothing_is_nan_and_no_density_has_no_slope(dtype):
    rt = np.array([-1.0, 0.2, 0.2 + 1e-6, 0.205, 0.5, 3.0, 20.0, 1e4], dtype)
    people = np.array(
        [
            (1.0, 0.0, a, z, 0.2, theta)
            for a, z, theta in [
                (1.5, 0.3, 0.3), (1.5, 0.0, 0.0), (1.0, 0.9, -0.1), (3.0, 0.9, 1.45),
                (0.0, 0.5, 0.1), (1.0, 1.0, 0.1), (1.0, 0.9999, 1.5), (0.1, 0.0, -1.5),
                (30.0, 0.1, 0.0),
            ]
        ],
        dtype,
    )  # fmt: skip
    rows = np.array([(*person, t) for person in people for t in rt], dtype)
    each = jax.jit(jax.vmap(jax.value_and_grad(lambda row: DENSITY(row[6], 1, *row[:6]))))
    value, slopes = each(rows)
    assert value.dtype == dtype
    assert not np.isnan(value).any()
    assert not np.isposinf(value).any()
    assert np.isfinite(slopes).all()
    assert (np.asarray(slopes)[np.isneginf(value)] == 0).all()

    def total(person):
        log_f = DENSITY(rt, 1, *person)
        return jnp.where(log_f > -jnp.inf, log_f, 0.0).sum()

    value, slopes = jax.jit(jax.vmap(jax.value_and_grad(total)))(people)
    assert np.isfinite(value).all()
    assert np.isfinite(slopes).all()


@pytest.mark.full
def test_float32_is_close():
    tau, response = np.linspace(0.1, 2.5, 24), np.arange(24) % 2
    exact = np.asarray(DENSITY(tau, response, *USUAL[:4], 0.0, 0.3))
    person = [np.float32(x) for x in (*USUAL[:4], 0.0, 0.3)]
    short = DENSITY(tau.astype(np.float32), response.astype(np.float32), *person)
    assert short.dtype == np.float32
    usual = exact > -8
    np.testing.assert_allclose(short[usual], exact[usual], rtol=0, atol=2e-3)


def test_a_polynomial_for_mills_ratio():
    y = np.append(np.linspace(0, 8, 50), [1e2, 1e6])
    exact = np.exp(stats.norm.logsf(y) - stats.norm.logpdf(y))
    np.testing.assert_allclose(reflected.mills(y)[:50], exact[:50], rtol=1e-10)
    np.testing.assert_allclose(reflected.mills(y)[50:], 1 / y[50:], rtol=2e-4)


def test_a_version_that_does_not_exist_and_one_of_any_number():
    with pytest.raises(SsmkitError, match="a whole number of at least 2"):
        race_config(1)
    with pytest.raises(AttributeError):
        getattr(race, "log_race_no_bias_1")  # noqa: B009 - it is the lookup that is tested
    config = race_config(5, angle=True)
    assert config.name == "race_no_bias_angle_5"
    assert config.list_params == race.race_parameters(5, angle=True)
    assert config.likelihood().function() is race.log_race_no_bias_angle_5
    assert get_config("race_no_bias_2").simulator == "race_no_bias_2"

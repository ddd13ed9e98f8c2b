"""Ballistic accumulators against adaptive quadrature over speeds, and the three laws of speed."""

import functools

import jax
import numpy as np
import pytest
from oracles.ballistic import log_density, log_survival
from scipy import stats
from scipy.integrate import simpson

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import lba, uniform_start
from ssmkit.modelconfig.lba import lba_config
from ssmkit.simulate.paths import draw_paths

pytestmark = pytest.mark.usefixtures("x64")
DRIFTS = ("truncated", "conditional", "folded")
LOG_F = jax.jit(uniform_start.log_speed_density)
LOG_S = jax.jit(uniform_start.log_slower)


@functools.cache
def functions(drift, n=2):
    suffix = "" if drift == "truncated" else f"_{drift}"
    return [
        jax.jit(getattr(lba, f"{which}_lba{n}_t_sd{suffix}"))
        for which in ("log", "log_survival", "choice_probability")
    ]


def stretches(n, seed=0):
    """Ends of stretches of speed, mean and sd, from points to many sd, far out in both tails."""
    rng = np.random.default_rng(seed)
    tau = np.exp(rng.uniform(np.log(0.02), np.log(100), n))
    width = np.exp(rng.uniform(np.log(1e-5), np.log(2), n))
    gap = np.where(rng.random(n) < 0.5, 0.0, rng.uniform(0, 1, n))
    v, sd = rng.uniform(-1, 3, n), rng.choice([0.05, 0.1, 0.3, 1.0], n)
    return gap / tau, (gap + width) / tau, np.where(rng.random(n) < 0.2, 0, v), sd


def test_one_accumulator_is_the_integral_over_speeds_with_all_its_digits():
    rows = np.array(stretches(300)).T
    exact = np.array([[log_density(*row), log_survival(*row)] for row in rows])
    found = np.stack([LOG_F(*rows.T), LOG_S(*rows.T)], axis=1)
    assert exact.min() < -1e4
    np.testing.assert_allclose(found, exact, rtol=2e-14, atol=2e-13)
    short = np.stack([f(*rows.T.astype(np.float32)) for f in (LOG_F, LOG_S)], axis=1)
    assert short.dtype == np.float32
    np.testing.assert_allclose(short[exact > -30], exact[exact > -30], rtol=0, atol=1e-4)


OTHERS = [pytest.param(drift, marks=pytest.mark.full) for drift in DRIFTS[1:]]


@pytest.mark.parametrize("drift", [DRIFTS[0], *OTHERS])
def test_all_functions_belong_together(drift):
    """Mass by the rule of Simpson over log time; survival as what is left; choice as the mass."""
    log_f, log_s, choice = functions(drift, 3)
    for params in ([0.3, 0.6, 0.8, 0.5, 0.3, 0.1, 0.2], [0.4, 0.4, 0.1, 0.05, 0.0, 0.1, 0.0]):
        u = np.linspace(np.log(1e-7), np.log(1e9), 4001)
        rt = params[-1] + np.exp(u)
        log_g = log_f(rt[:, None], np.arange(3), *params) + u[:, None]
        g = np.exp(np.asarray(log_g))
        masses = simpson(g, x=u, axis=0)
        assert masses.sum() == pytest.approx(1, abs=1e-6)
        np.testing.assert_allclose(choice(*params), masses, atol=1e-6)
        late = np.searchsorted(u, 0.0)
        rest = simpson(g[late:].sum(axis=1), x=u[late:])
        np.testing.assert_allclose(np.exp(log_s(rt[late], *params)), rest, atol=1e-6)


@pytest.mark.parametrize("drift", DRIFTS)
def test_every_law_of_speeds_is_the_one_that_is_simulated(drift):
    """Kolmogorov and Smirnov on 20,000 times, and a binomial law; false alarm 2e-6. Means of half a
    standard deviation tell the three laws apart."""
    config = lba_config(2, t=True, sd=True, drift=drift)
    params = {"A": 0.3, "b": 0.6, "v0": 0.1, "v1": 0.05, "sd": 0.1, "t": 0.2}
    vectors = {name: np.full(20_000, x) for name, x in params.items()}
    rt, response = draw_paths(config, vectors, np.random.default_rng(0), max_t=1e9)
    p = [
        stats.kstest(np.exp(functions(other)[1](rt, *params.values())), "uniform").pvalue
        for other in DRIFTS
    ]
    assert p[DRIFTS.index(drift)] > 1e-6
    assert sorted(p)[1] < 1e-6
    u = np.linspace(np.log(1e-7), np.log(1e9), 4001)[:, None]
    log_g = functions(drift)[0](params["t"] + np.exp(u), np.arange(2), *params.values()) + u
    share = simpson(np.exp(log_g[:, 1]), x=u[:, 0])
    assert stats.binomtest(int(response.sum()), 20_000, share).pvalue > 1e-6


def test_slopes_are_finite_differences():
    log_f, log_s, _ = functions("conditional", 2)
    point = np.array([0.3, 0.7, 0.8, 0.1, 0.15, 0.2])
    rt = np.array([0.45, 0.8, 1.4, 5.0])
    for function in (lambda p: log_f(rt, 1.0, *p), lambda p: log_s(rt, *p)):
        slopes = jax.jacobian(function)(point)
        for i, step in enumerate(1e-6 * np.eye(6)):
            ends = (function(point + side * step) for side in (1, -1))
            difference = (next(ends) - next(ends)) / 2e-6
            np.testing.assert_allclose(slopes[:, i], difference, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("drift", [DRIFTS[0], *OTHERS])
def test_values_and_slopes_are_finite_at_the_edges(drift):
    rt = np.array([-1.0, 0.0, 0.2, 0.2 + 1e-12, 0.3, 1.0, 50.0, 1e6])
    rows = [[0.3, 0.6, 0.0, 0.0, 0.1, 0.2], [0.6, 0.6, 3.0, 0.0, 0.1, 0.2]]
    rows += [[0.0, 0.6, 0.5, 0.4, 0.1, 0.0], [0.0, 0.0, 0.5, 0.4, 0.1, 0.0]]
    rows += [[0.7, 0.6, 0.5, 0.4, 0.1, 0.0], [1e-9, 0.6, 5.0, 0.1, 0.05, 0.2]]
    log_f, log_s, choice = functions(drift)
    density = jax.jit(
        jax.vmap(
            jax.vmap(jax.value_and_grad(lambda rt, p: log_f(rt, 1, *p), 1), (None, 0)), (0, None)
        )
    )
    survival = jax.jit(
        jax.vmap(jax.vmap(jax.value_and_grad(lambda rt, p: log_s(rt, *p), 1), (None, 0)), (0, None))
    )
    for dtype in (np.float64, np.float32):
        for function in (density, survival):
            value, slopes = function(rt.astype(dtype), np.array(rows, dtype))
            assert value.dtype == dtype
            assert not np.isnan(value).any()
            assert np.isfinite(slopes).all()
            assert (np.asarray(slopes)[np.isneginf(value)] == 0).all()
            assert np.isneginf(value[:, 4]).all()
    assert np.isnan(choice(*rows[4])).all()


def test_shapes_broadcast_and_vmap_agrees():
    log_f = lba.log_lba3_t
    v = np.linspace(0.2, 1.0, 5)
    rt = np.linspace(0.4, 1.2, 7)[:, None]
    response = np.arange(7)[:, None] % 3
    whole = log_f(rt, response, 0.3, 0.6, v, 0.5, v[::-1], 0.1)
    each = jax.vmap(log_f, (None, None, None, None, 0, None, 0, None), 1)
    assert whole.shape == (7, 5)
    again = each(rt[:, 0], response[:, 0], 0.3, 0.6, v, 0.5, v[::-1], 0.1)
    np.testing.assert_allclose(again, whole, rtol=1e-12)


def test_a_start_above_the_bound_is_a_clear_error():
    words = "A, the highest start, is above b.*choose A <= b"
    theta = {"A": [0.3, 0.7], "b": 0.6, "v0": 0.8, "v1": 0.5}
    with pytest.raises(SsmkitError, match=words):
        ssmkit.simulate_data("lba2", theta, 5)
    data = ssmkit.simulate_data("lba2", theta | {"A": 0.3}, 50, random_state=0)
    with pytest.raises(SsmkitError, match=words):
        ssmkit.HSSM(data, model="lba2", A=0.7, b=0.6)


def test_the_default_priors_seldom_put_the_start_above_the_bound():
    """The share that the comment beside them says; 2e5 draws, five standard errors."""
    rng = np.random.default_rng(0)
    priors = lba_config(2).likelihood().default_priors
    start, bound = (rng.lognormal(priors[x]["mu"], priors[x]["sigma"], 200_000) for x in "Ab")
    assert np.mean(start > bound) == pytest.approx(0.078, abs=0.003)


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [({"n": 1}, "a whole number of at least 2"), ({"n": 2, "drift": "fold"}, "truncated")],
)
def test_a_version_that_does_not_exist(kwargs, words):
    with pytest.raises(SsmkitError, match=words):
        lba_config(**kwargs)
    with pytest.raises(AttributeError):
        getattr(lba, "log_lba2_folde")  # noqa: B009 - it is the lookup that is tested


def test_names_arguments_and_likelihood_of_a_version():
    config = lba_config(5, t=True, sd=True, drift="folded")
    assert config.name == "lba5_t_sd_folded"
    assert config.list_params == lba.lba_parameters(5, t=True, sd=True)
    assert config.likelihood().function() is lba.log_lba5_t_sd_folded

"""Variability of start, drift and time against adaptive quadrature in long arithmetic."""

import jax
import mpmath as mp
import numpy as np
import pytest
from oracles import first_passage, varying

from ssmkit.likelihoods import (
    choice_probability_full_ddm,
    log_ddm_sdv,
    log_full_ddm,
    log_survival_ddm_sdv,
    log_survival_full_ddm,
)
from ssmkit.simulate.exact import draw_exact

pytestmark = pytest.mark.usefixtures("x64")

# v, a, z, t, sz, sv, st: the middle of the box, and corners where starts touch narrow bounds.
PEOPLE = np.array(
    [
        [1.0, 1.2, 0.5, 0.4, 0.1, 0.5, 0.1],
        [-3.0, 2.5, 0.3, 0.25, 0.2, 2.0, 0.25],
        [3.0, 0.8, 0.7, 0.3, 0.2, 0.001, 0.2],
        [-0.4, 0.3, 0.69, 1.8, 0.18, 0.5, 0.25],
        [1.4, 0.33, 0.67, 0.4, 0.2, 1.7, 0.25],
    ]
)
WORST = 5e-3
FULL = jax.jit(log_full_ddm)
SURVIVAL = jax.jit(log_survival_full_ddm)
BOTH = jax.jit(
    jax.vmap(
        jax.value_and_grad(lambda rt, x, person: log_full_ddm(rt, x, *person), argnums=2),
        (0, 0, None),
    )
)


def _exact(rt, response, v, a, z, t, sz, sv, st):
    """Log of the mean over start and time of the series in long arithmetic."""

    def at(time, start):
        if rt - time <= 1e-9:
            return mp.mpf(0)
        return mp.exp(first_passage.log_density(rt, response, v, a, start / (2 * a), time, sv=sv))

    with mp.workdps(15):
        times = mp.linspace(t - st, min(t + st, rt), 5)
        starts = [2 * a * z - sz, 2 * a * z, 2 * a * z + sz]
        mean = mp.quad(at, times, starts, maxdegree=4) / (4 * sz * st)
        return float(mp.log(mean))


@pytest.mark.full
def test_the_density_is_the_mean_over_starts_and_times():
    for person in PEOPLE[[0, 3]]:
        for tau, response in ((0.02, 1), (0.6, 1)):
            rt = person[3] + tau
            found = float(log_full_ddm(rt, response, *person))
            assert found == pytest.approx(_exact(rt, response, *person), abs=WORST)


def _drawn(person, n=400):
    """Trials of the model, drawn from its definition: a plain diffusion of each start and drift."""
    v, a, z, t, sz, sv, st = person
    rng = np.random.default_rng(0)
    ones = np.ones(n)
    params = {
        "v": rng.normal(v, sv, n),
        "a": a * ones,
        "z": z + rng.uniform(-sz, sz, n) / (2 * a),
        "t": rng.uniform(t - st, t + st, n),
    }
    return draw_exact("ddm", params, rng)


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_over_trials_of_the_model_the_error_is_small(person):
    rt, response = _drawn(person, 200)
    error = np.abs(FULL(rt, response, *person) - varying.log_density(rt, response, person))
    assert error.mean() < (3e-4 if person[1] > 0.5 else WORST)
    assert np.quantile(error, 0.99) < 2 * WORST


def test_without_variability_of_start_and_time_it_is_the_model_with_varying_drift():
    rt = np.linspace(0.31, 3, 50)
    found = FULL(rt, 1, 0.8, 1.1, 0.4, 0.3, 0.0, 0.6, 0.0)
    np.testing.assert_allclose(found, log_ddm_sdv(rt, 1, 0.8, 1.1, 0.4, 0.3, 0.6), atol=1e-6)
    found = SURVIVAL(rt, 0.8, 1.1, 0.4, 0.3, 0.0, 0.6, 0.0)
    np.testing.assert_allclose(found, log_survival_ddm_sdv(rt, 0.8, 1.1, 0.4, 0.3, 0.6), atol=1e-6)


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_density_survival_and_choice_belong_together(person):
    a, t, st = person[[1, 3, 6]]
    u = np.linspace(np.log(1e-5), np.log(60), 6001)
    rt = t - st + np.exp(u)
    g = np.exp(FULL(rt[:, None], np.array([-1, 1]), *person)) * np.exp(u)[:, None]
    atol = 1e-4 if a > 0.5 else WORST
    choice = np.asarray(choice_probability_full_ddm(*person))
    np.testing.assert_allclose(np.trapezoid(g, u, axis=0), choice, atol=atol)
    assert choice.sum() == pytest.approx(1, abs=1e-12)
    early = rt < t + st / 2
    gone = np.trapezoid(g[early].sum(axis=1), u[early])
    left = np.exp(SURVIVAL(rt[early][-1], *person))
    assert 1 - gone == pytest.approx(float(left), abs=atol)


def test_slopes_are_finite_differences():
    rt, response = np.repeat([0.2, 0.38, 0.5, 0.9, 4.0], 2), np.tile([-1.0, 1.0], 5)
    for person in PEOPLE:
        value, slopes = BOTH(rt, response, person)
        for i in range(7):
            step = 1e-5 * np.eye(7)[i]
            ends = [np.asarray(BOTH(rt, response, person + side * step)[0]) for side in (1, -1)]
            alive = np.isfinite(value) & np.isfinite(ends[0]) & np.isfinite(ends[1])
            difference = (ends[0][alive] - ends[1][alive]) / 2e-5
            np.testing.assert_allclose(slopes[alive, i], difference, rtol=2e-3, atol=2e-3)


def test_values_and_slopes_are_finite_at_the_edges():
    rt, response = np.repeat([0.2, 0.3, 0.5, 0.9, 4.0], 2), np.tile([-1.0, 1.0], 5)
    edges = [[0.0, 1.0, 0.5, 0.3, sz, sv, st] for sz in (0, 1, 2) for sv in (0, 5) for st in (0, 1)]
    edges += [[9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.3, 0.1, 0.1, 0.1]]
    for person in np.array(edges, dtype=float):
        for dtype in (np.float64, np.float32):
            value, slopes = BOTH(*(x.astype(dtype) for x in (rt, response, person)))
            assert value.dtype == dtype
            assert not np.isnan(value).any()
            assert np.isfinite(slopes).all()
            assert (np.asarray(slopes)[np.isneginf(value)] == 0).all()


def test_a_start_on_a_bound_or_a_time_below_0_is_impossible():
    for person in ([0.0, 1.0, 0.2, 0.3, 0.4, 0.1, 0.1], [0.0, 1.0, 0.5, 0.3, 0.1, 0.1, 0.4]):
        assert np.isneginf(log_full_ddm(0.8, 1, *person))
        assert np.isneginf(log_survival_full_ddm(0.8, *person))
        assert np.isnan(choice_probability_full_ddm(*person)).all()


def test_float32_is_close():
    for person in PEOPLE:
        rt, response = _drawn(person, 100)
        exact = np.asarray(FULL(rt, response, *person))
        short = FULL(*(x.astype(np.float32) for x in (rt, response, *person)))
        assert short.dtype == np.float32
        assert np.abs(np.asarray(short) - exact).mean() < 1e-3

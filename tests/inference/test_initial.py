"""Chains start where the density is positive, near the data and inside the prior."""

import numpy as np
import pytest
from oracles.usual import each_model, usual

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.initial import density, natural, spread, unconstrained
from ssmkit.inference.program import lift


def start_of(data, **kwargs):
    model = ssmkit.HSSM(data, **kwargs)
    return model, natural(model._built, data)


@pytest.mark.parametrize("model", each_model())
def test_every_chain_starts_at_a_finite_density(model):
    data = ssmkit.simulate_data(model, usual(model), 200, random_state=0, exact=True)
    built = ssmkit.HSSM(data, model=model, p_outlier=0)
    program, values = lift(built.pymc_model, len(data))
    log_density = density(program, values)
    centre = unconstrained(built.pymc_model, built.initial_point())
    starts = spread(centre, 8, 0, log_density)
    assert all(np.isfinite(log_density(start)) for start in starts)
    assert np.ptp(starts, axis=0).min() > 0.05


def test_the_start_is_the_datas_own_estimate(data):
    _, start = start_of(data, p_outlier=0)
    assert 0 < start["t"] < data["rt"].min()
    assert start["a"] == pytest.approx(1.2, abs=0.3)
    assert start["v"] == pytest.approx(0.5, abs=0.4)


def test_where_lapses_explain_the_fastest_responses_t_starts_among_the_decisions(data):
    guesses = data.assign(rt=data["rt"].where(data.index >= 5, 0.05))
    _, start = start_of(guesses)
    assert 0.2 < start["t"] < data["rt"].quantile(0.05)


def test_a_prior_that_excludes_the_estimate_wins(data):
    _, start = start_of(data, v={"name": "Normal", "mu": -3, "sigma": 0.01})
    assert start["v"] == pytest.approx(-3)
    _, start = start_of(data, a={"name": "Uniform", "lower": 3, "upper": 4})
    assert start["a"] == pytest.approx(3.5)


def test_unconstrained_and_natural_are_one_another(data):
    built, start = start_of(data, model="angle")
    program, values = lift(built.pymc_model, len(data))
    position = unconstrained(built.pymc_model, start)
    back = program.constrained(position, values)
    np.testing.assert_allclose([float(x) for x in back], list(start.values()), rtol=1e-5)


def test_the_spread_has_a_seed():
    one, same, other = (spread(np.zeros(3), 4, seed, np.sum) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_start_of_no_density_is_refused():
    with pytest.raises(SsmkitError, match="zero probability at the starting values"):
        spread(np.zeros(3), 2, 0, lambda position: -np.inf)


@pytest.mark.parametrize(
    "t",
    [
        {"name": "LogNormal", "mu": np.log(0.3), "sigma": 0.5},
        {"name": "Normal", "mu": 0.4, "sigma": 0.02},
        {"formula": "1 + x", "link": "log", "prior": {"Intercept": ("Normal", -1.2, 0.3)}},
        {"formula": "0 + c", "link": "log", "prior": {"c": ("Normal", -1.2, 0.3)}},
    ],
    ids=["prior", "narrow", "intercept", "cells"],
)
def test_without_lapses_t_starts_below_the_fastest_response_wherever_its_prior_lies(data, t):
    if "formula" in t:
        pytest.importorskip("bambi", reason="formulas need pip install 'ssmkit[regressions]'")
        named = {
            term: dict(zip(("name", "mu", "sigma"), x, strict=True))
            for term, x in t["prior"].items()
        }
        t = {**t, "prior": named}
    fast = data.assign(
        rt=data["rt"] - data["rt"].min() + 0.1,
        x=np.linspace(-1, 1, len(data)),
        c=np.resize(["left", "right"], len(data)),
    )
    model = ssmkit.HSSM(fast, p_outlier=0, t=t)
    program, values = lift(model.pymc_model, len(fast))
    centre = unconstrained(model.pymc_model, model.initial_point())
    assert np.isfinite(density(program, values)(centre))

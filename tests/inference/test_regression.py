"""Regressions: any subset of parameters, groups, links, fixed coefficients, and the same engine."""

import numpy as np
import pymc as pm
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.inference.program import lift
from ssmkit.inference.trialwise import trialwise
from ssmkit.inference.variables import coordinates, shape_of, visible
from ssmkit.likelihoods import log_density

QUICK = {"draws": 150, "tune": 150, "chains": 2, "progressbar": False, "random_seed": 0}


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    n, groups = 300, 10
    x, y = rng.normal(size=n), rng.normal(size=n)
    group = np.repeat([f"p{i}" for i in range(groups)], n // groups)
    effect = np.repeat(rng.normal(0, 0.3, groups), n // groups)
    theta = {"v": 0.5 + 0.4 * x - 0.2 * y + effect, "a": 1.2, "z": 0.5, "t": 0.3}
    frame = ssmkit.simulate_data("ddm", theta, size=1, random_state=0, exact=True)
    condition = np.tile(["easy", "hard"], n // 2)
    return frame.assign(x=x, y=y, participant=group, condition=condition)


def names(model):
    return [x.name for x in visible(model.pymc_model, [*model.spec.config.list_params])]


def test_coefficients_are_named_by_parameter_and_term_in_the_models_order(data):
    include = [
        {"name": "a", "formula": "a ~ 1 + y", "link": "log"},
        {"name": "v", "formula": "1 + x"},
    ]
    model = ssmkit.HSSM(data, include=include)
    assert names(model) == ["v_Intercept", "v_x", "a_Intercept", "a_y", "z", "t"]


def test_group_effects_are_seen_and_their_inner_numbers_are_not(data):
    model = ssmkit.HSSM(data, include=[{"name": "v", "formula": "1 + x + (1 + x | participant)"}])
    assert names(model)[:6] == [
        "v_Intercept", "v_x",
        "v_1|participant_sigma", "v_x|participant_sigma", "v_1|participant", "v_x|participant",
    ]  # fmt: skip
    sizes = {x.name: shape_of(model.pymc_model, x) for x in visible(model.pymc_model)}
    assert sizes["v_1|participant"] == (10,)


def test_the_log_likelihood_is_that_of_the_parameters_of_each_trial(data):
    include = [
        {"name": "v", "formula": "1 + x"},
        {"name": "a", "formula": "1 + (1 | participant)", "link": "log"},
    ]
    model = ssmkit.HSSM(data, include=include, p_outlier=0, z=0.5)
    traces = model.sample(**QUICK)
    rows = model.trialwise(draws=3)
    values = _compat.group(traces, "log_likelihood")["rt,response"]
    draw = int(rows["draw"][1])
    one = {name: rows[name].to_numpy()[1, 1] for name in "vazt"}
    expected = log_density("ddm", data["rt"].to_numpy(), data["response"].to_numpy(), **one)
    np.testing.assert_allclose(values[1, draw], expected, atol=5e-3)
    posterior = _compat.posterior(traces).isel(chain=1, draw=draw)
    by_hand = float(posterior["v_Intercept"]) + float(posterior["v_x"]) * data["x"].to_numpy()
    np.testing.assert_allclose(one["v"], by_hand, atol=1e-5)


def test_a_fixed_coefficient_is_used_and_not_estimated(data):
    include = [{"name": "v", "formula": "1 + x", "prior": {"x": 0.4}}]
    model = ssmkit.HSSM(data, include=include, p_outlier=0, z=0.5, a=1.2)
    traces = model.sample(**QUICK)
    assert list(_compat.posterior(traces).data_vars) == ["v_Intercept", "t"]
    rows = model.trialwise(draws=2)["v"].to_numpy()[0, 0]
    slope = np.polyfit(data["x"], rows, 1)[0]
    assert slope == pytest.approx(0.4, abs=1e-5)


def test_cell_means_start_at_the_datas_estimate(data):
    model = ssmkit.HSSM(data, include=[{"name": "v", "formula": "0 + C(condition)"}])
    start = model.initial_point()["v_C(condition)"]
    assert start.shape == (2,)
    assert np.ptp(start) < 1e-9
    assert 0 < start[0] < 1.5


def test_a_link_starts_its_intercept_on_its_own_scale(data):
    model = ssmkit.HSSM(data, include=[{"name": "t", "formula": "1 + x", "link": "log"}])
    start = model.initial_point()
    assert np.exp(start["t_Intercept"]) < data["rt"].min()
    np.testing.assert_array_equal(start["t_x"], 0)


def test_a_refit_on_other_data_does_not_compile_again(data):
    include = [{"name": "v", "formula": "1 + x + (1 | participant)"}]
    one = lift(ssmkit.HSSM(data, include=include).pymc_model, len(data))[0]
    other = data.assign(x=-data["x"], rt=data["rt"] + 0.01)
    assert lift(ssmkit.HSSM(other, include=include).pymc_model, len(data))[0] is one


@pytest.mark.parametrize("link", ["log", "gen_logit"])
def test_links_keep_a_parameter_inside_its_bounds(data, link):
    bounds = {"bounds": (0.3, 3.0)} if link == "gen_logit" else {}
    include = [{"name": "a", "formula": "1 + x", "link": link, **bounds}]
    model = ssmkit.HSSM(data, include=include, z=0.5)
    model.sample(**QUICK)
    a = model.trialwise(draws=20)["a"]
    assert float(a.min()) > (0.3 if bounds else 0)
    assert float(a.mean()) == pytest.approx(1.2, abs=0.3)


def test_a_fixed_vector_beside_a_regression(data):
    include = [{"name": "v", "formula": "1 + x"}]
    model = ssmkit.HSSM(data, include=include, a=np.full(len(data), 1.2), z=0.5, p_outlier=0)
    model.sample(**QUICK)
    assert names(model) == ["v_Intercept", "v_x", "t"]


def test_new_groups_and_new_data_are_predicted(data):
    include = [{"name": "v", "formula": "1 + x + (1 | participant)"}]
    model = ssmkit.HSSM(data, include=include, z=0.5)
    model.sample(**QUICK)
    new = data.head(6).assign(participant="someone else")
    out = model.sample_posterior_predictive(new, draws=10, random_seed=0)["rt,response"]
    assert out.shape == (2, 10, 6, 2)
    average = model.trialwise(new, draws=10, include_group_specific=False)["v"]
    posterior = _compat.posterior(model.traces)
    assert float(average.mean()) == pytest.approx(
        float(posterior["v_Intercept"].mean() + posterior["v_x"].mean() * new["x"].mean()), abs=0.1
    )


def test_the_prior_predictive_of_a_regression(data):
    model = ssmkit.HSSM(data, include=[{"name": "v", "formula": "1 + x"}], a=1.2, z=0.5, t=0.1)
    traces = model.sample_prior_predictive(draws=20, random_seed=0)
    assert list(_compat.group(traces, "prior").data_vars) == ["v_Intercept", "v_x"]
    assert _compat.group(traces, "prior_predictive")["rt,response"].shape == (1, 20, len(data), 2)


def test_a_fitted_regression_is_the_same_when_it_is_loaded(data, tmp_path):
    model = ssmkit.HSSM(
        data, include=[{"name": "v", "formula": "1 + x + (1 | participant)"}], z=0.5
    )
    model.sample(**QUICK)
    again = ssmkit.HSSM.load(model.save(tmp_path / "fit"))
    assert repr(again) == repr(model)
    one, two = (_compat.posterior(x.traces) for x in (model, again))
    assert one["v_1|participant"].equals(two["v_1|participant"])
    predicted = again.sample_posterior_predictive(draws=2, random_seed=0)["rt,response"]
    assert predicted.shape == (2, 2, len(data), 2)


def test_a_uniform_prior_of_an_intercept_is_honoured(data):
    prior = {"Intercept": {"name": "Uniform", "lower": -3, "upper": 0.2}}
    shifted = data.assign(x=data["x"] + 2)
    include = [{"name": "v", "formula": "1 + x", "prior": prior}]
    model = ssmkit.HSSM(shifted, include=include, a=1.2, z=0.5, t=0.2, p_outlier=0)
    intercept = _compat.posterior(model.sample(**QUICK))["v_Intercept"]
    assert float(intercept.max()) <= 0.2
    assert float(intercept.min()) >= -3


TERMS = [
    "1 + x * y",
    "1 + condition + x:condition",
    "1 + bs(x, df=5)",
    "1 + poly(x, 2)",
    "0 + condition * x",
    "1 + scale(x) + offset(y)",
    "1 + np.sin(x)",
    "1 + twice(x)",
    "1 + x + (0 + x | participant)",
    "1 + (1 | participant:condition)",
    "1 + hsgp(x, m=6, c=1.5)",
    "1 + hsgp(x, by=condition, m=6, c=2)",
]


@pytest.mark.parametrize("formula", TERMS)
def test_every_kind_of_term_moves_the_trials_as_the_model_says(data, formula):
    """Trial-wise values that Bambi computes from draws are those of the graph that is sampled."""
    model = ssmkit.HSSM(
        data,
        include=[{"name": "v", "formula": formula}],
        extra_namespace={"twice": lambda x: 2 * x},
        prior_settings="scaled",
    )
    built = model._built
    shown = visible(built.pymc, built.params)
    *values, v = pm.draw([*shown, built.pymc["v"]], draws=3, random_seed=0)
    dims, coords = coordinates(built.pymc, shown)
    arrays = {x.name: np.asarray(y)[None] for x, y in zip(shown, values, strict=True)}
    draws = _compat.group(_compat.build_traces({"prior": arrays}, dims, coords), "prior")
    rows = trialwise(built, draws, data)
    np.testing.assert_allclose(rows["v"][0], v, atol=1e-6)
    assert np.ptp(v, axis=1).min() > 0

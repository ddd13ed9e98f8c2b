"""Lapses as HSSM's arguments ask for them."""

import ast

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.spec import Lapse, ModelSpec, Param, Prior, summary_text

HIERARCHICAL = Prior("HalfNormal", sigma=Prior("HalfNormal", sigma=1.0))
UNIFORM = Prior("Uniform", lower=0.0, upper=20.0)


@pytest.mark.parametrize("p", [None, 0, 0.0, np.float64(0)])
def test_no_probability_is_no_lapse(p):
    assert Lapse.build(p, None) is None


def test_a_distribution_without_lapses_is_warned_about():
    with pytest.warns(SsmkitWarning, match="p_outlier=0 has no lapses"):
        assert Lapse.build(0, UNIFORM) is None


@pytest.mark.parametrize("p", [0.05, np.float64(0.05), np.array(0.05)])
def test_the_default_is_any_time_up_to_20_seconds(p):
    assert Lapse.build(p, None) == Lapse(0.05, UNIFORM) == Lapse()


def test_the_probability_may_have_a_prior_and_the_times_a_distribution():
    lapse = Lapse.build(
        {"name": "Beta", "alpha": 1, "beta": 19}, {"name": "Uniform", "lower": 0, "upper": 5}
    )
    assert lapse.p == Prior("Beta", alpha=1, beta=19)
    assert lapse.distribution == Prior("Uniform", lower=0, upper=5)


@pytest.mark.parametrize(
    ("p", "lapse", "path", "message"),
    [
        ("5%", None, "p_outlier", "'5%' is no probability"),
        (True, None, "p_outlier", "True is no probability"),
        (np.nan, None, "p_outlier", "not a number (NaN)"),
        ({"name": "Betta", "alpha": 1}, None, "p_outlier", "Did you mean 'Beta'?"),
        (0.05, {"name": "Unifrm"}, "lapse", "Did you mean 'Uniform'?"),
        (0.05, {"name": "Uniform", "upper": 0, "lower": 1}, "lapse", "needs lower < upper"),
        (0.05, 3.0, "lapse", "3.0 is no prior"),
        (HIERARCHICAL, None, "p_outlier", "has arguments with priors"),
        (0.05, HIERARCHICAL, "lapse", "has arguments with priors"),
        (0.05, Prior("HalfNormal", bounds=(0, 5), sigma=1), "lapse", "is not truncated"),
    ],
)
def test_what_is_no_lapse_is_refused_where_it_stands(p, lapse, path, message):
    with pytest.raises(SsmkitError) as caught:
        Lapse.build(p, lapse)
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message) == (path, True)


def test_a_share_that_follows_predictors_stays_a_probability_unless_another_link_is_asked():
    lapse = Lapse.build({"formula": "p_outlier ~ 1 + x"}, None)
    assert lapse.p == Param("p_outlier", "1 + x", link="logit")
    given = Param("p_outlier", "1 + x", link="probit")
    assert Lapse(given).p == given


def test_a_share_that_is_a_param_without_formula_is_its_prior():
    assert Lapse(Param("p_outlier", prior=0.1)).p == 0.1


def test_a_share_that_follows_predictors_is_resolved_told_and_judged_like_a_parameter():
    data = pd.DataFrame({"rt": [0.5, 0.7, 0.9], "response": [1.0, -1.0, 1.0], "x": [0.0, 1.0, 2.0]})
    spec = ModelSpec.build(data, p_outlier={"formula": "1 + x"})
    item = spec.resolved(data)[-1]
    assert (item.name, item.bounds) == ("p_outlier", (0.0, 1.0))
    assert item.priors["Intercept"] == Prior("Normal", mu=-3.5, sigma=1.0)
    text = summary_text(spec, 3, data)
    assert "        p_outlier_x ~ Normal(mu: 0.0, sigma: 0.5)\n    Link: logit" in text
    assert "\n\n\nLapse probability: p_outlier ~ 1 + x\n" in text
    assert not spec.validate(data)
    wrong = ModelSpec.build(data, p_outlier={"formula": "1 + x", "link": "identity"})
    (problem,) = wrong.validate(data)
    fixed = problem.fix.removeprefix("write p_outlier=")
    assert ModelSpec.build(data, p_outlier=ast.literal_eval(fixed)) == spec

"""The table of expectations says what the draws say."""

import numpy as np
import pytest

import ssmkit
from ssmkit.likelihoods import choice_probability


def test_parameters_are_summarised_trial_by_trial(fitted, data):
    some = data.iloc[[5, 2, 9]]
    table = fitted.predict(some, draws=50, random_seed=0)
    assert list(table.index) == [5, 2, 9]
    rows = fitted.trialwise(some, draws=50)
    for name in ("v", "a", "z", "t"):
        values = rows[name].to_numpy().reshape(-1, 3)
        np.testing.assert_allclose(table[name], values.mean(axis=0))
        low, high = np.quantile(values, [0.03, 0.97], axis=0)
        np.testing.assert_allclose(table[f"{name}_low"], low)
        np.testing.assert_allclose(table[f"{name}_high"], high)
    assert "p_outlier" not in table


def test_responses_and_times_are_those_of_the_model(fitted, data):
    """Share of responses within 5 standard errors of the exact one over the draws: 1 in 1e6."""
    table = fitted.predict(draws=100, random_seed=0)
    rows = fitted.trialwise(data.iloc[:1], draws=100)
    exact = choice_probability("ddm", **{str(k): x.to_numpy() for k, x in rows.items()})[..., 1]
    n = 200 * len(data)
    assert table["p(1)"].mean() == pytest.approx(float(exact.mean()), abs=5 * np.sqrt(0.25 / n))
    assert (table["rt_10"] < table["rt_50"]).all()
    assert (table["rt_50"] < table["rt_90"]).all()
    assert table["rt_50"].mean() == pytest.approx(data["rt"].median(), rel=0.15)


def test_an_intervention_is_seen_in_the_table(fitted, data):
    """With twice the boundary responses are slower, and more of them are right."""
    some = data.iloc[:20]
    before = fitted.predict(some, random_seed=0)
    after = fitted.predict(some, random_seed=0, do={"a": 2 * float(before["a"].iloc[0])})
    assert after["rt_50"].mean() > 1.5 * before["rt_50"].mean()
    assert after["p(1)"].mean() > before["p(1)"].mean()


def test_the_same_seed_gives_the_same_table(data):
    model = ssmkit.HSSM(data, p_outlier=0, z=0.5, t=0.3)
    model.sample(draws=20, tune=20, chains=1, random_seed=0, progressbar=False)
    one, two = (model.predict(data.iloc[:3], draws=5, random_seed=4) for _ in range(2))
    assert one.equals(two)

"""New data from a model follow its prior or its posterior, trial for trial."""

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError
from ssmkit.inference.predictive import prior_draws


def test_posterior_predictive_has_a_row_a_trial_and_is_kept(fitted, data):
    out = fitted.sample_posterior_predictive(draws=20, random_seed=0)["rt,response"]
    assert out.shape == (2, 20, len(data), 2)
    assert set(np.unique(out[..., 1])) == {-1.0, 1.0}
    assert _compat.group(fitted.traces, "posterior_predictive") is not None


def test_posterior_predictive_resembles_the_data_it_was_fitted_to(fitted, data):
    """Mean RT and choice share within 5 standard errors of data and fit: one in 1e6."""
    out = fitted.sample_posterior_predictive(draws=50, random_seed=0)["rt,response"].to_numpy()
    rt, upper = data["rt"].to_numpy(), data["response"].to_numpy() == 1
    assert out[..., 0].mean() == pytest.approx(rt.mean(), abs=5 * np.sqrt(2 / len(rt)) * rt.std())
    assert (out[..., 1] == 1).mean() == pytest.approx(upper.mean(), abs=5 * np.sqrt(0.5 / len(rt)))


def test_the_same_seed_gives_the_same_predictions(fitted):
    one, same, other = (
        fitted.sample_posterior_predictive(draws=3, random_seed=seed)["rt,response"].to_numpy()
        for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_other_rows_can_be_predicted(fitted, data):
    out = fitted.sample_posterior_predictive(data.iloc[:7], draws=4, random_seed=0)
    assert out["rt,response"].shape == (2, 4, 7, 2)


def test_more_draws_than_there_are_is_refused(fitted):
    with pytest.raises(SsmkitError, match="301 draws are asked of 300 a chain"):
        fitted.sample_posterior_predictive(draws=301)


def test_prior_predictive_of_n_trials(data):
    traces = ssmkit.HSSM(data, z=0.5).sample_prior_predictive(draws=30, random_seed=0)
    prior = _compat.group(traces, "prior")
    assert list(prior.data_vars) == ["v", "a", "t"]
    simulated = _compat.group(traces, "prior_predictive")["rt,response"]
    assert simulated.shape == (1, 30, len(data), 2)


def test_prior_draws_follow_the_truncated_prior(data, rng):
    """Mean of 4,000 draws of a half normal within 4.9 standard errors: one in 1e6."""
    model = ssmkit.HSSM(data, a={"name": "Normal", "mu": 0, "sigma": 1})
    a = prior_draws(model._built, 4000, rng)["a"].to_numpy()
    assert a.min() > 0
    expected, sd = np.sqrt(2 / np.pi), np.sqrt(1 - 2 / np.pi)
    assert a.mean() == pytest.approx(expected, abs=4.9 * sd / np.sqrt(4000))


def test_a_fixed_vector_is_used_trial_by_trial(data):
    drift = np.where(np.arange(len(data)) < 100, 4.0, -4.0)
    model = ssmkit.HSSM(data, v=drift, p_outlier=0, a=1.0, z=0.5)
    traces = model.sample_prior_predictive(draws=20, random_seed=0)
    response = _compat.group(traces, "prior_predictive")["rt,response"].to_numpy()[0, :, :, 1]
    assert response[:, :100].mean() > 0.9
    assert response[:, 100:].mean() < -0.9

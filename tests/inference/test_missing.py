"""Trials without a time: their likelihood, their predictions, and what they are worth."""

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.likelihoods import choice_probability, log_density, log_survival

QUICK = {"draws": 20, "tune": 20, "chains": 1, "random_seed": 0, "progressbar": False}
TRUTH = {"v": 0.8, "a": 1.2, "z": 0.5, "t": 0.3}
LAST = 1.4


@pytest.fixture(scope="module")
def cut():
    """150 trials of which those after the deadline are missing, and one has lost its time."""
    data = ssmkit.simulate_data("ddm", TRUTH, size=150, random_state=0, exact=True)
    data["x"] = np.linspace(-1, 1, len(data))
    data["deadline"] = LAST
    data.loc[data["rt"] > LAST, ["rt", "response"]] = np.nan
    first = data["rt"].first_valid_index()
    data.loc[first, "rt"] = -999.0
    return data


@pytest.mark.parametrize("deadline", [True, LAST])
def test_the_likelihood_of_a_trial_is_the_probability_of_what_was_seen(cut, deadline):
    """Shared and trial-wise parameters; the reference is by name, kind of trial by kind."""
    formula = [{"name": "v", "formula": "v ~ 1 + x"}] if deadline is True else None
    settings = {"missing_data": True, "deadline": deadline, "p_outlier": 0, "include": formula}
    model = ssmkit.HSSM(cut, **settings)
    traces = model.sample(**QUICK)
    row = model.trialwise(draws=20).isel(chain=0, draw=-1)
    params = {name: row[name].to_numpy() for name in TRUTH}
    found = _compat.group(traces, "log_likelihood")["rt,response"].to_numpy()[0, -1]
    silent = cut["response"].isna().to_numpy()
    timed = (cut["rt"] > 0).to_numpy()
    assert silent.sum() > 10
    assert (~silent & ~timed).sum() == 1
    pick = lambda mask: {name: x[mask] for name, x in params.items()}  # noqa: E731 - one line
    rt, response = cut["rt"].to_numpy(), cut["response"].to_numpy()
    seen = log_density("ddm", rt[timed], response[timed], **pick(timed))
    np.testing.assert_allclose(found[timed], seen, atol=2e-4)
    np.testing.assert_allclose(found[silent], log_survival("ddm", LAST, **pick(silent)), atol=2e-4)


def test_shares_of_responses_alone_are_a_likelihood(cut):
    data = cut.dropna().assign(rt=np.nan)
    settings = {"missing_data": True, "p_outlier": 0, "a": 1.2, "t": 0.3, "z": 0.5}
    with pytest.warns(ssmkit.errors.SsmkitWarning, match="shares of responses alone"):
        model = ssmkit.HSSM(data, **settings)
    traces = model.sample(**QUICK)
    v = _compat.posterior(traces)["v"].to_numpy()[0, -1]
    both = np.log(choice_probability("ddm", v=v, a=1.2, z=0.5, t=0.3))
    found = _compat.group(traces, "log_likelihood")["rt,response"].to_numpy()[0, -1]
    wanted = np.where(data["response"] == 1, both[1], both[0])
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_predictions_are_missing_where_the_data_would_be(cut):
    model = ssmkit.HSSM(cut, missing_data=True, deadline=True, p_outlier=0)
    model.sample(**QUICK)
    out = model.sample_posterior_predictive(draws=20, random_seed=0)["rt,response"].to_numpy()
    assert np.nanmax(out[..., 0]) <= LAST
    late = np.isnan(out[..., 1])
    # Within 5 standard errors of 3,000 draws and 150 trials: one in 1e6.
    assert late.mean() == pytest.approx(cut["response"].isna().mean(), abs=0.2)
    assert 0 < late.mean() < 1


@pytest.mark.full
def test_a_deadline_is_no_bias_and_leaving_the_late_trials_out_is():
    """A fifth of 1,000 trials are cut; |z| up to 4.3 by chance: one in 15,000 for four numbers."""
    data = ssmkit.simulate_data("ddm", TRUTH, size=1000, random_state=0, exact=True)
    last = float(data["rt"].quantile(0.8))
    cut = data.copy()
    cut.loc[cut["rt"] > last, ["rt", "response"]] = np.nan
    how = {"random_seed": 0, "progressbar": False}
    model = ssmkit.HSSM(cut, missing_data=True, deadline=last, p_outlier=0)
    model.sample(**how)
    table = model.diagnose().table
    z = (table["mean"] - table.index.map(TRUTH)) / table["sd"]
    assert z.abs().max() < 4.3
    assert table["r_hat"].max() < 1.02
    assert table["ess_bulk"].min() > 400
    dropped = ssmkit.HSSM(cut.dropna(), p_outlier=0)
    dropped.sample(**how)
    biased = dropped.diagnose().table
    assert (biased["mean"]["v"] - TRUTH["v"]) / biased["sd"]["v"] > 4.3
    assert (biased["mean"]["a"] - TRUTH["a"]) / biased["sd"]["a"] < -4.3


@pytest.mark.full
def test_a_go_no_go_task_gives_the_drift_back():
    """The lower response is to do nothing; with the start known, |z| stays below 4.3."""
    data = ssmkit.simulate_data("ddm", TRUTH, size=1000, random_state=0, exact=True)
    data.loc[(data["response"] == -1) | (data["rt"] > 2.5), ["rt", "response"]] = np.nan
    with pytest.warns(ssmkit.errors.SsmkitWarning, match="every response is 1"):
        model = ssmkit.HSSM(data, missing_data=True, deadline=2.5, withheld=-1, z=0.5, p_outlier=0)
    model.sample(random_seed=0, progressbar=False)
    table = model.diagnose().table
    assert ((table["mean"] - table.index.map(TRUTH)) / table["sd"]).abs().max() < 4.3
    assert table["r_hat"].max() < 1.02

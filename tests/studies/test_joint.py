import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest, norm, truncnorm

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.studies import asked

HELD = {"a": 1.5, "z": 0.5, "t": 0.3}


def joint(model="ddm", data=None, trials=None, **arguments):
    if data is None and trials is None:
        trials = 20
    return asked.read(model, data, trials, {"p_outlier": 0, **arguments})


def truths(found, name, count, given=None):
    rng = np.random.default_rng(0)
    return np.array([found._once(rng, given or {})[0][name] for _ in range(count)])


def test_parameters_come_from_their_priors_within_the_bounds():
    """Kolmogorov-Smirnov of 2,000 draws: a false alarm once in 1e4 runs."""
    prior = {"prior": {"name": "Normal", "mu": 0.2, "sigma": 0.3}, "bounds": (-0.1, 1.3)}
    drawn = truths(joint("angle", theta=prior, v=0.5, **HELD), "theta", 2000)
    law = truncnorm(-1, (1.3 - 0.2) / 0.3, 0.2, 0.3)
    assert kstest(drawn.ravel(), law.cdf).pvalue > 1e-4


def test_coefficients_come_from_the_priors_of_their_terms():
    """Kolmogorov-Smirnov of 1,000 draws: a false alarm once in 1e4 runs."""
    data = pd.DataFrame({"x": np.linspace(-1, 1, 20)})
    found = joint(data=data, v={"formula": "1 + x"}, **HELD)
    assert set(found.names()) == {"v_Intercept", "v_x"}
    assert kstest(truths(found, "v_x", 1000).ravel(), norm(0, 0.25).cdf).pvalue > 1e-4


def test_what_the_groups_are_drawn_from_is_drawn_and_named_as_the_posterior_names_it():
    data = pd.DataFrame({"x": np.linspace(-1, 1, 40), "who": np.repeat(list("abcd"), 10)})
    found = joint(data=data, v={"formula": "1 + x + (1 | who)"}, **HELD)
    assert set(found.names()) >= {"v_1|who_sigma", "v_1|who"}
    rng = np.random.default_rng(0)
    truth, trialwise = found._once(rng, {"v_Intercept": 1.0, "v_x": 2.0, "v_1|who_sigma": 0.01})
    np.testing.assert_allclose(truth["v_1|who_sigma"], 0.01)
    expected = 1 + 2 * data["x"] + np.repeat(truth["v_1|who"], 10)
    np.testing.assert_allclose(trialwise["v"], expected)
    assert 0 < np.abs(truth["v_1|who"]).max() < 0.05


def test_fixed_numbers_are_no_truths_and_are_used():
    found = joint(trials=500, a=1.5, z=0.5, t=0.3, v={"name": "Normal", "mu": 50, "sigma": 0.1})
    drawn = found.draw(np.random.default_rng(0))
    assert set(drawn.truth) == {"v"}
    assert drawn.data["rt"].median() == pytest.approx(0.3 + 1.5 * 0.5 * 2 / 50, rel=0.1)
    assert (drawn.data["response"] == 1).all()


def test_the_density_is_that_of_the_data_at_the_truth():
    drawn = joint(**HELD).draw(np.random.default_rng(0))
    rt, response = (drawn.data[name].to_numpy() for name in ("rt", "response"))
    v = float(drawn.truth["v"][0])
    each = ssmkit.likelihoods.log_density("ddm", rt, response, v=v, **HELD)
    assert drawn.log_likelihood == pytest.approx(float(each.sum()), rel=1e-5)


def test_draws_out_of_bounds_and_paths_without_end_are_drawn_again():
    data = pd.DataFrame({"x": np.linspace(-1, 1, 20)})
    line = {"formula": "1 + x", "prior": {"Intercept": {"name": "Normal", "mu": 0, "sigma": 1}}}
    found = joint(data=data, a=line, v=0.5, z=0.5, t=0.3)
    drawn = [found.draw(np.random.default_rng(seed)) for seed in range(10)]
    assert sum(one.redrawn for one in drawn) > 0
    assert all(one.truth["a_Intercept"] > 0 for one in drawn)
    never = {"name": "Uniform", "lower": -0.6, "upper": 0.3}
    found = joint("angle", v=0.0, theta=never, **HELD)
    for seed in range(5):
        assert np.isfinite(found.draw(np.random.default_rng(seed)).data["rt"]).all()


def test_priors_that_give_no_data_are_refused():
    with pytest.raises(SsmkitError, match="1000 draws"):
        joint("angle", trials=200, v=0.0, theta=-0.5, a=HELD["a"], z=0.5).draw(
            np.random.default_rng(0)
        )

"""The models as PyMC distributions: the density by name, and forward draws that follow it."""

import numpy as np
import pymc as pm
import pytest
import scipy.optimize
from oracles.usual import each_model, usual

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.likelihoods import DDM, choice_probability, distribution, log_density
from ssmkit.modelconfig import get_config
from ssmkit.spec import Prior

LAPSE = Prior("Uniform", lower=0, upper=10)


@pytest.mark.parametrize("lapse", [None, LAPSE])
@pytest.mark.parametrize("model", each_model())
def test_the_log_probability_is_the_density_by_name(model, lapse):
    values = usual(model)
    p = {} if lapse is None else {"p_outlier": 0.1}
    data = ssmkit.simulate_data(model, values, 200, random_state=0, exact=True)
    observed = data[["rt", "response"]].to_numpy(float)
    ours = pm.logp(distribution(model, lapse=lapse).dist(**values, **p), observed).eval()
    mixture = {} if lapse is None else {"p_outlier": 0.1, "lapse": lapse}
    expected = log_density(model, observed[:, 0], observed[:, 1], **mixture, **values)
    # One is in float64, the other in float32, in which a solution keeps fewer digits.
    rtol = 1e-3 if get_config(model).likelihood().equation else 1e-7
    np.testing.assert_allclose(ours, np.asarray(expected), rtol=rtol, atol=2e-4)


def test_parameters_come_in_order_or_by_name_and_may_differ_by_trial(data):
    observed = data[["rt", "response"]].to_numpy(float)
    v = np.linspace(-1, 1, len(data))
    positional = pm.logp(DDM.dist(v, 1.2, 0.5, 0.2), observed).eval()
    named = pm.logp(DDM.dist(t=0.2, z=0.5, a=1.2, v=v), observed).eval()
    np.testing.assert_array_equal(positional, named)
    expected = log_density("ddm", observed[:, 0], observed[:, 1], v=v, a=1.2, z=0.5, t=0.2)
    np.testing.assert_allclose(positional, np.asarray(expected), rtol=2e-4, atol=2e-4)


def test_a_parameter_out_of_bounds_is_impossible_with_lapses_too(data):
    observed = data[["rt", "response"]].to_numpy(float)
    law = distribution("ddm", lapse=LAPSE)
    out = pm.logp(law.dist(v=0.5, a=1.2, z=1.5, t=0.2, p_outlier=0.1), observed).eval()
    assert (out == -np.inf).all()


def test_a_missing_parameter_is_named():
    with pytest.raises(SsmkitError, match="no value is given for t"):
        DDM.dist(v=0.5, a=1.2, z=0.5)


def test_a_hand_written_model_recovers_its_drift(data):
    """The interval is the posterior's own 4.3 sd: a false alarm in 60,000."""
    with pm.Model() as model:
        v = pm.Normal("v", 0, 2)
        DDM("rt,response", v, 1.2, 0.5, 0.3, observed=data[["rt", "response"]].to_numpy(float))
    logp = model.compile_logp()
    found = scipy.optimize.minimize_scalar(lambda v: -float(logp({"v": v}))).x
    assert abs(found - 0.5) < 4.3 / np.sqrt(data["rt"].sub(0.3).sum())


@pytest.mark.parametrize("model", each_model())
def test_forward_draws_follow_the_density(model):
    """The share of the last response among 2,000 draws, within 4.9 standard errors (1e-6)."""
    values = usual(model)
    draws = pm.draw(distribution(model).dist(**values, size=2000), random_seed=0)
    assert draws.shape == (2000, 2)
    config = get_config(model)
    assert draws[:, 0].min() > config.onset(values)
    last = float(np.asarray(choice_probability(model, **values))[..., -1])
    error = np.sqrt(last * (1 - last) / 2000)
    assert np.mean(draws[:, 1] == config.choices[-1]) == pytest.approx(last, abs=4.9 * error)

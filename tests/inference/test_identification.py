"""What the data could not tell is found, and nothing is found where they could."""

import numpy as np
import pytest
from inference.made import traces

from ssmkit.inference.identification import identification_problems
from ssmkit.spec import ModelSpec, Param, Prior

SHAPE = (4, 1000)
RNG = np.random.default_rng(2)
DDM = ModelSpec("ddm")
SDV = ModelSpec("ddm_sdv")


def messages(changed=None, spec=DDM, **kwargs):
    return [str(p) for p in identification_problems(traces(changed, **kwargs), spec)]


def test_a_clear_answer_has_no_problems():
    assert messages() == []
    assert all(p.severity == "warning" for p in identification_problems(traces(), SDV))


def test_a_posterior_at_a_bound():
    (found,) = messages({"z": 1 - np.abs(RNG.normal(0, 0.02, SHAPE))})
    assert "z piles up at its upper bound 1" in found


@pytest.mark.parametrize("away", [2.5, 3, 5])
def test_a_posterior_beside_a_bound_is_not_at_it(away):
    assert messages({"z": 1 - np.abs(RNG.normal(0.02 * away, 0.02, SHAPE))}) == []


def test_a_variability_at_zero_is_left_out():
    (found,) = messages({"sv": np.abs(RNG.normal(0, 0.2, SHAPE))}, SDV)
    assert "leave sv out with sv=0" in found


def test_a_variability_of_which_the_data_say_little():
    (found,) = messages({"sv": RNG.gamma(4, 0.2, SHAPE)}, SDV)
    assert "hardly tell how much the drift varies" in found


def test_prior_and_data_that_disagree():
    tight = ModelSpec("ddm", params=(Param("v", prior=Prior("Normal", mu=0, sigma=0.1)),))
    (found,) = messages({"v": RNG.normal(0.5, 0.02, SHAPE)}, tight)
    assert "prior and data disagree: Normal(mu: 0.0, sigma: 0.1)" in found


def test_a_small_value_under_a_half_normal_is_no_disagreement():
    assert messages({"t": RNG.normal(0.002, 0.0001, SHAPE)}) == []


def test_data_that_leave_the_prior_as_it_was():
    spec = ModelSpec("ddm", params=(Param("v", prior=Prior("Normal", mu=0.5, sigma=0.1)),))
    (found,) = messages({}, spec)
    assert "add little to the prior of v" in found


def test_two_that_stand_in_for_each_other():
    x = RNG.normal(size=SHAPE)
    (found,) = messages({"a": 1.2 + 0.05 * x, "t": 0.3 - 0.02 * x + RNG.normal(0, 0.005, SHAPE)})
    assert "a and t stand in for each other (r = -0.9" in found


def test_an_intercept_and_its_slope_are_told_to_centre():
    x = RNG.normal(size=SHAPE)
    (found,) = messages({"v_Intercept": x, "v_age": -x})
    assert "subtract the mean from the predictor of v_age" in found


@pytest.mark.parametrize(("errors", "told"), [(9, True), (10, False)])
def test_few_errors_are_told_where_something_rests_on_them(errors, told):
    assert any("responses are -1" in m for m in messages(responses=(errors, 200))) is told
    fixed = ModelSpec("ddm", params=(Param("z", prior=0.5),))
    assert messages(spec=fixed, responses=(errors, 200)) == []


def test_the_terms_of_a_regression_are_judged_by_their_priors():
    spec = ModelSpec("ddm", params=(Param("v", "1 + x + (1|g)"),))
    wide = {"v_Intercept": RNG.normal(1, 0.1, SHAPE), "v_1|g_sigma": RNG.normal(0.5, 0.05, SHAPE)}
    assert messages(wide, spec) == []
    (found,) = messages(wide | {"v_x": RNG.normal(2, 0.05, SHAPE)}, spec)
    assert "params.v_x.prior: prior and data disagree: Normal(mu: 0.0, sigma: 0.25)" in found
    (found,) = messages(wide | {"v_1|g_sigma": np.abs(RNG.normal(0, 0.05, SHAPE))}, spec)
    assert "compare with the model without the term of v_1|g" in found


def test_the_end_of_a_uniform_prior_is_a_bound_as_well():
    spec = ModelSpec("ddm", params=(Param("a", prior=Prior("Uniform", lower=0.3, upper=1.0)),))
    (found,) = messages({"a": 1 - np.abs(RNG.normal(0, 0.02, SHAPE))}, spec)
    assert "a piles up at its upper bound 1" in found

"""What is held has the given value on every trial and draw, and all else keeps its draws."""

import numpy as np
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.intervention import intervene
from ssmkit.inference.predictive import prior_draws
from ssmkit.inference.trialwise import trialwise


@pytest.fixture(scope="module")
def built(data):
    data = data.assign(x=np.linspace(-1, 1, len(data)))
    return ssmkit.HSSM(data, include=[{"name": "v", "formula": "v ~ 1 + x"}])._built, data


@pytest.fixture
def draws(built, rng):
    return prior_draws(built[0], 5, rng)


def test_a_parameter_that_is_held_has_that_value_and_the_others_their_draws(built, draws):
    model, data = built
    t = np.linspace(0.1, 0.2, len(data))
    before = trialwise(model, draws, data)
    after = trialwise(model, draws, data, do={"a": 0.7, "t": t, "p_outlier": 0})
    assert (after["a"] == 0.7).all()
    assert (after["p_outlier"] == 0).all()
    np.testing.assert_array_equal(after["t"][0, 3], t)
    for name in ("v", "z"):
        np.testing.assert_array_equal(before[name], after[name])


def test_a_coefficient_that_is_held_acts_through_the_formula(built, draws):
    model, data = built
    flat = trialwise(model, draws, data, do={"v_x": 0.0})["v"]
    np.testing.assert_allclose(
        flat, np.broadcast_to(draws["v_Intercept"].to_numpy()[..., None], flat.shape)
    )
    steep = trialwise(model, draws, data, do={"v_x": 2.0})["v"]
    np.testing.assert_allclose(
        steep - flat, np.broadcast_to(2 * data["x"].to_numpy(), flat.shape), atol=1e-9
    )


def test_a_regression_that_is_held_no_longer_depends_on_its_predictors(built, draws):
    model, data = built
    assert (trialwise(model, draws, data, do={"v": -1.0})["v"] == -1.0).all()


@pytest.mark.parametrize(
    ("do", "message"),
    [
        ({"v_y": 0.0}, "Did you mean 'v_x'"),
        ({"a": -1.0}, "outside the bounds"),
        ({"a": "high"}, "is no number"),
        ({"a": np.nan}, "is no number"),
        ({"a": [1.0, 2.0]}, "there are 200 trials"),
        ({"v_x": [1.0, 2.0]}, "the coefficient"),
    ],
)
def test_what_cannot_be_held_is_refused(built, draws, do, message):
    model, data = built
    with pytest.raises(SsmkitError, match=message):
        intervene(model, draws, data, do)

"""Each parameter of each trial: numbers, columns, draws and lapses side by side."""

import numpy as np
import pytest

import ssmkit
from ssmkit.inference.predictive import prior_draws
from ssmkit.inference.trialwise import trialwise


@pytest.fixture
def rows(data, rng):
    model = ssmkit.HSSM(data, a=1.2, z=np.linspace(0.4, 0.6, len(data)))
    draws = prior_draws(model._built, 7, rng)
    return draws, trialwise(model._built, draws, data)


def test_every_parameter_has_a_value_a_trial_and_draw(rows, data):
    _, out = rows
    assert list(out.data_vars) == ["v", "a", "z", "t", "p_outlier"]
    assert {x.shape for x in out.data_vars.values()} == {(1, 7, len(data))}


def test_each_value_comes_from_where_it_was_asked(rows, data):
    draws, out = rows
    assert (out["a"] == 1.2).all()
    assert (out["p_outlier"] == 0.05).all()
    np.testing.assert_array_equal(out["z"][0, 3], np.linspace(0.4, 0.6, len(data)))
    np.testing.assert_array_equal(out["v"][0, :, 11], draws["v"][0])

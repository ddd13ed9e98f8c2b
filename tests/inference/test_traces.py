"""From draws to traces: groups, order, and what would not fit."""

import numpy as np
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitWarning
from ssmkit.inference import traces


@pytest.fixture
def made(data):
    built = ssmkit.HSSM(data)._built
    draws = {name: np.full((2, 5), float(i)) for i, name in enumerate("tzav")}
    stats = {"n_steps": np.array([[1, 3, 7, 2, 15]] * 2), "diverging": np.zeros((2, 5), bool)}
    observed = data[["rt", "response"]].to_numpy()
    return traces.assemble(built.pymc, built.params, draws, stats, observed, {"sampler": "mine"})


def test_the_posterior_is_in_the_models_order_with_its_own_values(made):
    posterior = _compat.posterior(made)
    assert list(posterior.data_vars) == ["v", "a", "z", "t"]
    assert [float(posterior[name].mean()) for name in "vazt"] == [3, 2, 1, 0]
    assert posterior.attrs["sampler"] == "mine"


def test_the_depth_of_a_tree_follows_from_its_steps(made):
    depth = _compat.group(made, "sample_stats")["tree_depth"].to_numpy()[0]
    assert depth.tolist() == [1, 2, 3, 2, 4]


def test_a_log_likelihood_is_added_and_replaced(made, data):
    for value in (-1.0, -2.0):
        traces.add_log_likelihood(made, np.full((2, 5, len(data)), value))
        kept = _compat.group(made, "log_likelihood")["rt,response"]
        assert kept.dims == ("chain", "draw", "__obs__")
        assert float(kept.mean()) == value


def test_what_would_not_fit_is_said():
    assert traces.fits_in_memory(4, 1000, 1000)
    with pytest.warns(SsmkitWarning, match="too many values to keep"):
        assert not traces.fits_in_memory(4, 1000, 100_000)

"""From a spec and data to a PyMC model: what is free, what is fixed, and what is missing."""

import numpy as np
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference import graph
from ssmkit.spec import ModelSpec


def free(built):
    return [rv.name for rv in built.pymc.free_RVs]


@pytest.mark.parametrize("model", ssmkit.list_models())
def test_free_parameters_come_in_the_models_order(data, model):
    built = graph.build(ModelSpec(model), data)
    assert free(built) == list(built.spec.config.list_params)
    assert built.bambi is None


def test_numbers_columns_and_vectors_are_fixed(data):
    frame = data.assign(effort=np.linspace(1, 2, len(data)))
    params = {"a": frame["effort"], "z": 0.5, "v": np.ones(len(data))}
    built = graph.build(ModelSpec.build(frame, params=params), frame)
    assert free(built) == ["t"]


def test_an_estimated_lapse_probability_comes_last(data):
    prior = {"name": "Beta", "alpha": 1, "beta": 19}
    built = graph.build(ModelSpec.build(data, p_outlier=prior), data)
    assert free(built) == ["v", "a", "z", "t", "p_outlier"]
    assert built.params == ("v", "a", "z", "t", "p_outlier")


def test_a_formula_without_bambi_says_what_to_install(data, monkeypatch):
    monkeypatch.setattr(graph, "find_spec", lambda name: None)
    include = [{"name": "v", "formula": "v ~ 1 + x"}]
    frame = data.assign(x=np.linspace(-1, 1, len(data)))
    with pytest.raises(SsmkitError, match=r"pip install 'ssmkit\[regressions\]'"):
        graph.build(ModelSpec.build(frame, include=include), frame)

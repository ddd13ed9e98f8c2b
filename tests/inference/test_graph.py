"""From a spec and data to a PyMC model: what is free, what is fixed, and what is missing."""

import jax.numpy as jnp
import numpy as np
import pytensor.tensor as pt
import pytest
from oracles.usual import each_model

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference import graph
from ssmkit.likelihoods import log_density
from ssmkit.modelconfig import get_config
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


def highest(model):
    """Return the largest non-decision time that a sampler can come to."""
    t = model["t"]
    moved = model.rvs_to_transforms[t].backward(pt.as_tensor(40.0), *t.owner.inputs)
    return float(moved.eval())


def test_where_a_density_begins_at_a_height_a_sampler_stays_below_the_fastest_response(data):
    fastest = data["rt"].min()
    kinds = {"p_outlier": 0}, {}
    levy, with_lapses = (ssmkit.HSSM(data, model="levy", **kind).pymc_model for kind in kinds)
    assert highest(levy) == pytest.approx(fastest, abs=1e-9)
    for other in (with_lapses, ssmkit.HSSM(data, model="angle", p_outlier=0).pymc_model):
        assert highest(other) > 1.9


def test_a_density_of_ones_own_may_be_positive_before_the_non_decision_time(data):
    def own(data, v, a, z, alpha, t):
        return -jnp.square(data[:, 0] - t) + 0.0 * (v + a + z + alpha)

    model = ssmkit.HSSM(
        data, model="levy", p_outlier=0, loglik=own, loglik_kind="approx_differentiable"
    )
    assert highest(model.pymc_model) > 1.9


def test_a_missing_response_is_not_the_fastest(data):
    some = data.copy()
    some.loc[some.index[0], "rt"] = -999.0
    model = ssmkit.HSSM(some, model="levy", p_outlier=0, missing_data=True, deadline=20.0)
    assert highest(model.pymc_model) == pytest.approx(some["rt"][some["rt"] > 0].min(), abs=1e-9)


@pytest.mark.parametrize("model", each_model())
def test_models_whose_density_begins_at_a_height_say_so(model):
    config = get_config(model)
    if "t" not in config.list_params:
        assert not config.abrupt
        return
    begin = config.onset(config.example) + 1e-4
    height = max(float(log_density(model, begin, c, **config.example)) for c in config.choices)
    assert (height > np.log(1e-3)) == config.abrupt

"""Which variables a person sees, in which order, and how they are shaped."""

import numpy as np
import pymc as pm
import pytest

from ssmkit.inference.variables import coordinates, shape_of, visible


@pytest.fixture
def model():
    with pm.Model(coords={"who": ["x", "y"], "__obs__": np.arange(5)}) as model:
        pm.Normal("t")
        pm.Normal("v0_x")
        pm.HalfNormal("v_1|who_sigma")
        offset = pm.Normal("v_1|who_offset", dims="who")
        pm.Deterministic("v_1|who", 2 * offset, dims="who")
        pm.Normal("v_Intercept")
        pm.Deterministic("v", offset[np.array([0, 1, 0, 1, 0])], dims="__obs__")
    return model


def test_effects_are_seen_and_neither_offsets_nor_trials(model):
    found = {x.name for x in visible(model)}
    assert found == {"t", "v0_x", "v_1|who_sigma", "v_1|who", "v_Intercept"}


def test_parameters_come_in_the_models_order_and_names_that_begin_alike_are_told_apart(model):
    found = [x.name for x in visible(model, ["v", "v0", "t"])]
    assert found == ["v_1|who_sigma", "v_Intercept", "v_1|who", "v0_x", "t"]


def test_shapes_and_coordinates_are_those_of_the_groups(model):
    shown = visible(model)
    assert {x.name: shape_of(model, x) for x in shown}["v_1|who"] == (2,)
    dims, coords = coordinates(model, shown)
    assert dims == {"v_1|who": ["who"]}
    assert list(coords["who"]) == ["x", "y"]

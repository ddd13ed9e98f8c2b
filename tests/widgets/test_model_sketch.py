from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.glossary import meaning, use
from ssmkit.widgets.model_page import card
from ssmkit.widgets.model_sketch import _bound, sketch


@pytest.mark.parametrize("name", list_models())
def test_every_model_has_a_sketch_and_words(name):
    config = get_config(name)
    root = ET.fromstring(sketch(config))  # noqa: S314 - our own
    assert root.get("aria-label").startswith(f"{name}: ")
    assert "nan" not in sketch(config)
    assert sketch(config) == sketch(config)
    assert f"<strong>{name}</strong>" in card(config)


@pytest.mark.parametrize("name", list_models())
def test_what_models_are_for_and_their_parameters_are_in_words(name):
    config = get_config(name)
    assert use(name) in card(config)
    assert all(meaning(name, param).says for param in config.list_params)


@pytest.mark.full
@pytest.mark.parametrize("name", ["weibull", "exponential"])
def test_bounds_are_those_of_the_density(name):
    config, time = get_config(name), np.linspace(0, 2, 20)
    rest = [config.example[param] for param in ("alpha", "beta") if param in config.example]
    expected = config.bound()(time, config.example["a"], *rest)
    assert np.allclose(_bound(config, config.example, time), expected, rtol=1e-5)


def test_a_model_of_nobody_has_its_names_at_least():
    config = replace(
        get_config("ddm"), name="<own>", example={"k": 1.0}, list_params=("k",), simulator=""
    )
    assert ">k<" in sketch(config)
    assert "&lt;own&gt;" in card(config)
    assert meaning("own", "k").hint == ""

import subprocess
import sys
from importlib import import_module
from math import inf

import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, get_default_model_config, list_models
from ssmkit.modelconfig.defaults import default_model_config


def test_the_models_of_this_floor():
    assert list_models()[:3] == ("ddm", "ddm_sdv", "angle")
    assert ssmkit.list_models is list_models


@pytest.mark.parametrize("name", list_models())
def test_the_plain_mapping_has_the_fields_keys(name):
    plain = get_default_model_config(name)
    assert list(plain) == ["response", "list_params", "choices", "description", "likelihoods"]
    for likelihood in plain["likelihoods"].values():
        assert list(likelihood) == [
            "loglik",
            "backend",
            "bounds",
            "default_priors",
            "extra_fields",
        ]
    assert default_model_config[name] == plain


def test_changing_the_plain_mapping_changes_no_model():
    get_default_model_config("ddm")["likelihoods"]["analytical"]["bounds"]["a"] = (0.0, 9.0)
    assert get_config("ddm").likelihood().bounds["a"] == (0.0, inf)


def test_the_fields_plain_defaults():
    assert get_config("ddm").likelihood().default_priors == {
        "v": {"name": "Normal", "mu": 0.0, "sigma": 2.0},
        "a": {"name": "HalfNormal", "sigma": 2.0},
        "z": {"name": "Uniform", "lower": 0.0, "upper": 1.0},
        "t": {"name": "HalfNormal", "sigma": 2.0},
    }
    angle = get_config("angle").likelihood()
    assert angle.default_priors["theta"] == {"name": "Uniform", "lower": -0.1, "upper": 1.3}
    assert angle.bounds["theta"] == (-1.5, 1.5)


@pytest.mark.parametrize("name", list_models())
def test_the_simulator_knows_the_model(name):
    from ssms.config import model_config

    config = get_config(name)
    if "." in config.simulator:
        module, function = config.simulator.rsplit(".", 1)
        assert callable(getattr(import_module(f"ssmkit.simulate.{module}"), function))
        return
    theirs = model_config[config.simulator]
    assert set(theirs["params"]) <= set(config.list_params)
    # What varies is drawn for each path where the packaged model has none.
    assert set(config.list_params) - set(theirs["params"]) <= {"sv", "sz", "st"}
    assert tuple(theirs["choices"]) == config.choices


@pytest.mark.parametrize(("typo", "meant"), [("dmm", "ddm"), ("DDM", "ddm"), ("angel", "angle")])
def test_unknown_model(typo, meant):
    with pytest.raises(SsmkitError, match=f"Did you mean '{meant}'") as caught:
        get_config(typo)
    assert caught.value.problems[0].path == "model"
    assert all(name in caught.value.problems[0].fix for name in list_models())


def test_looking_at_models_loads_no_heavy_library():
    code = (
        "import sys, ssmkit; ssmkit.get_default_model_config('angle');"
        " import ssmkit.modelconfig.distributions;"
        " print(*(m for m in ('jax', 'pymc', 'scipy', 'pandas', 'ssms') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

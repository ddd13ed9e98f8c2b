"""A spec: every parameter in the model's order, with the registry's defaults, frozen."""

import pickle
import subprocess
import sys

import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.spec import Lapse, ModelSpec, Param, Prior, Resolved


@pytest.mark.parametrize("model", list_models())
def test_nothing_asked_is_the_registrys_model(model):
    spec = ModelSpec.build(model=model)
    config = get_config(model)
    likelihood = config.likelihood()
    assert spec == ModelSpec(model)
    assert spec.kind == config.default_kind
    assert spec.lapse == Lapse(0.05, Prior("Uniform", lower=0, upper=20))
    assert spec.resolved() == tuple(
        Resolved(
            name,
            fixed=None,
            prior=Prior.from_any(likelihood.default_priors[name]),
            bounds=likelihood.bounds[name],
            default=True,
        )
        for name in config.list_params
    )
    assert spec.validate() == ()


def test_parameters_come_in_the_models_order_whatever_the_order_asked():
    spec = ModelSpec.build(include=[{"name": "t", "prior": 0.3}], params={"z": 0.5, "v": 1})
    assert [param.name for param in spec.params] == ["v", "a", "z", "t"]
    assert [resolved.fixed for resolved in spec.resolved()] == [1.0, None, 0.5, 0.3]


@pytest.mark.parametrize(
    "arguments",
    [
        {"params": {"a": 1.5}},
        {"include": [{"name": "a", "prior": 1.5}]},
        {"include": [Param("a", prior=1.5)]},
        {"params": {"a": Param("a", prior=1.5)}},
        {"params": {"a": {"prior": 1.5}}},
    ],
)
def test_a_parameter_is_fixed_in_every_place_alike(arguments):
    assert ModelSpec.build(**arguments) == ModelSpec("ddm", params=(Param("a", prior=1.5),))


def test_an_estimated_lapse_probability_is_a_last_parameter():
    beta = Prior("Beta", alpha=1, beta=19)
    spec = ModelSpec.build(p_outlier=beta)
    assert spec.resolved()[-1] == Resolved("p_outlier", None, beta, (0.0, 1.0), default=False)


def test_a_lapse_of_probability_0_is_no_lapse():
    assert ModelSpec("ddm", lapse=Lapse(0.0)) == ModelSpec("ddm", lapse=None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"model": "dmm"}, "model: there is no model 'dmm'. Did you mean 'ddm'"),
        ({"model": "ddm", "loglik_kind": "nalytical"}, "Did you mean 'analytical'"),
        ({"params": {"theta": 0.1}}, "ddm has no parameter 'theta'"),
        ({"include": [{"name": "aa", "prior": 1}]}, "no parameter 'aa'. Did you mean 'a'"),
        (
            {"include": [{"name": "a", "prior": 1}], "params": {"a": 1}},
            "params.a: a is given twice",
        ),
        ({"include": [Param("a"), Param("a")]}, "params.a: a is given twice"),
        ({"choices": [0, 1]}, "choices: ddm chooses among"),
        ({"loglik": "f"}, "loglik: 'f' is no function"),
        ({"params": {"v": {"formula": "a ~ 1 + x"}}}, "params.v.formula: .*is about 'a'"),
    ],
)
def test_what_does_not_exist_is_refused(arguments, message):
    with pytest.raises(SsmkitError, match=message):
        ModelSpec.build(**arguments)


def test_a_function_of_ones_own_takes_the_models_bounds_and_priors_and_cannot_be_written():
    spec = ModelSpec.build(loglik=len)
    assert spec.kind == "blackbox"
    assert spec.resolved() == ModelSpec("ddm").resolved()
    for write in (spec.to_json, spec.to_code):
        with pytest.raises(
            SsmkitError, match=r"the function .*len.*, which cannot be written down"
        ):
            write()


def test_it_cannot_change_and_can_be_hashed_and_pickled():
    spec = ModelSpec.build(model="angle", params={"a": 1.5})
    with pytest.raises(AttributeError):
        spec.model = "ddm"
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301 (our own pickle)
    assert hash(spec) == hash(ModelSpec.build(model="angle", params={"a": 1.5}))


def test_the_room_is_light():
    code = (
        "import sys, ssmkit.spec as s; s.ModelSpec.build(params={'a': 1.5}).to_code();"
        "heavy = {'pymc', 'bambi', 'jax', 'arviz', 'scipy', 'ipywidgets', 'matplotlib'};"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")

"""The settings of regressions."""

import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config
from ssmkit.spec import ModelSpec, Param
from ssmkit.spec.settings import expand_formula, read_namespace, read_noncentered

DDM = get_config("ddm")


@pytest.mark.parametrize("formula", ["y ~ 1 + x", "1 + x", "v ~ 1 + x"])
def test_one_formula_goes_to_every_parameter_of_which_nothing_is_asked(formula):
    spec = ModelSpec.build(global_formula=formula, params={"z": 0.5}, include=[{"name": "t"}])
    assert spec.params == (
        Param("v", "1 + x"),
        Param("a", "1 + x"),
        Param("z", prior=0.5),
        Param("t"),
    )


def test_no_formula_adds_nothing():
    assert expand_formula(DDM, None, (Param("a"),)) == (Param("a"),)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"global_formula": 3}, "global_formula: 3 is no formula"),
        ({"global_formula": "y ~ x y"}, "it ends before 'y'"),
        ({"link_settings": "log"}, r"no setting 'log'.*use 'log_logit' or None"),
        ({"link_settings": ["log_logit"]}, "link_settings: there is no setting"),
        ({"prior_settings": "save"}, r"no setting 'save'\. Did you mean 'safe'\?"),
        ({"noncentered": "yes"}, "'yes' is neither True nor False"),
        ({"noncentered": {"w": True}}, "ddm has no parameter 'w'"),
        ({"noncentered": {"v": 1}}, "1 is neither True nor False"),
        ({"noncentered": {"v": {"1|g": None}}}, "neither True nor False"),
        ({"extra_namespace": "f"}, "'f' is no name with a value"),
        ({"extra_namespace": {"a b": 1}}, "'a b' is no name with a value"),
        ({"extra_namespace": 3}, "3 is no name with a value"),
        ({"params": {"link_setings": None}}, r"Did you mean 'link_settings'\?"),
    ],
)
def test_settings_that_do_not_exist_are_refused(arguments, message):
    with pytest.raises(SsmkitError, match=message):
        ModelSpec.build(**arguments)


def test_names_are_kept_without_their_values():
    assert read_namespace({"f": len, "w": 3}) == ("f", "w")
    assert ModelSpec.build(extra_namespace={"f": len}) == ModelSpec(extra_namespace=("f",))


def test_the_parametrisation_is_a_value():
    assert read_noncentered(DDM, x=True) is True
    found = read_noncentered(DDM, {"v": {"1|g": False}, "a": True})
    assert found == {"v": {"1|g": False}, "a": True}
    assert isinstance(hash(found), int)

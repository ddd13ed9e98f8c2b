"""The arguments of HSSM: what is read, and what does not exist."""

import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config
from ssmkit.spec import ModelSpec, Param
from ssmkit.spec.arguments import check_choices, likelihood_kind, read_params

DDM = get_config("ddm")


def test_include_and_keywords_are_read_in_order():
    params = read_params(DDM, [{"name": "v", "prior": 1}, Param("z", prior=0.5)], {"a": 2}, None)
    assert params == (Param("v", prior=1), Param("z", prior=0.5), Param("a", prior=2))


@pytest.mark.parametrize("include", [{"name": "v"}, "v", Param("v")])
def test_include_is_a_list(include):
    with pytest.raises(SsmkitError, match=r"include: it is no list.*write include=\["):
        read_params(DDM, include, {}, None)


@pytest.mark.parametrize(
    ("name", "value", "suggestion"),
    [("vv", 1.0, "Did you mean 'v'?"), ("p_outler", 0.1, "Did you mean 'p_outlier'?")],
)
def test_an_unknown_parameter_is_named_with_the_nearest(name, value, suggestion):
    with pytest.raises(SsmkitError) as caught:
        read_params(DDM, None, {name: value}, None)
    (problem,) = caught.value.problems
    assert problem.path == f"params.{name}"
    assert problem.message == f"ddm has no parameter {name!r}. {suggestion}"
    assert problem.fix == "use one of v, a, z, t"


def test_a_misspelt_setting_is_not_taken_for_a_bad_prior():
    with pytest.raises(
        SsmkitError, match=r"no parameter 'loglik_knd'\. Did you mean 'loglik_kind'"
    ):
        read_params(DDM, None, {"loglik_knd": "analytical"}, None)


def test_a_setting_among_the_parameters_is_sent_where_it_belongs():
    with pytest.raises(SsmkitError, match=r"write HSSM\(data, p_outlier=\.\.\.\)"):
        ModelSpec.build(include=[{"name": "p_outlier", "prior": 0.1}])


@pytest.mark.parametrize("choices", [None, [-1, 1], (1, -1), np.array([-1, 1])])
def test_the_models_own_choices_are_fine(choices):
    check_choices(DDM, choices)


@pytest.mark.parametrize(
    ("choices", "found"),
    [([0, 1], "0 or 1"), ([-1, 1, 1], "-1 or 1 or 1"), (2, "2"), ([[1]], r"\[1\]")],
)
def test_other_choices_are_refused(choices, found):
    with pytest.raises(SsmkitError, match=f"ddm chooses among -1 or 1, not among {found}"):
        check_choices(DDM, choices)


def test_the_kind_follows_from_what_is_given():
    assert likelihood_kind(DDM, None, None) == DDM.default_kind
    assert likelihood_kind(DDM, "analytical", None) == "analytical"
    assert likelihood_kind(DDM, None, len) == likelihood_kind(DDM, "blackbox", len) == "blackbox"
    assert likelihood_kind(DDM, "analytical", len) == "analytical"
    assert likelihood_kind(DDM, None, "net.onnx") == "approx_differentiable"


@pytest.mark.parametrize(
    ("kind", "loglik", "message"),
    [
        ("analitical", None, "no likelihood of kind 'analitical'. Did you mean 'analytical'"),
        ("blackbox", None, r"none is given.*write loglik=f, where f\(data, v, a, z, t\)"),
        ("analitical", len, "cannot be 'analitical'"),
        ("analytical", "net.onnx", "cannot be 'analytical'"),
        (["analytical"], None, r"\['analytical'\] is no name"),
        (None, "ddm.log_ddm", "'ddm.log_ddm' is no function"),
    ],
)
def test_kinds_that_cannot_be_are_refused(kind, loglik, message):
    with pytest.raises(SsmkitError, match=message):
        likelihood_kind(DDM, kind, loglik)

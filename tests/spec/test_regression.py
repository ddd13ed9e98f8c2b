"""A regression with nothing left open: whose prior each term has, and how groups are estimated."""

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import Link, ModelSpec, Param, Prior, Resolved
from ssmkit.spec.regression import Regression

N = 24
DATA = pd.DataFrame(
    {
        "x": np.random.default_rng(0).normal(size=N),
        "c": list("abc") * (N // 3),
        "g": np.repeat(list("pqrs"), N // 4),
    }
)
ONE = Prior("Normal", mu=1.0, sigma=1.0)
TWO = Prior("Normal", mu=2.0, sigma=1.0)
GROUP = Prior("Normal", mu=0.0, sigma=Prior("HalfNormal", sigma=0.3))


def resolve(formula="1 + x*c + (1 + x|g)", prior=None, data=DATA, **settings):
    spec = ModelSpec(params=(Param("v", formula, prior),), **settings)
    return spec.resolved(data)[0]


def test_a_caller_can_tell_it_from_a_plain_parameter():
    items = ModelSpec(params=(Param("v", "1 + x"),)).resolved(DATA)
    assert [type(item) for item in items] == [Regression, Resolved, Resolved, Resolved]
    assert [item.formula for item in items] == ["1 + x", None, None, None]
    assert items[0].fixed is items[0].prior is None
    assert items[0].default


def test_terms_are_formulaes_and_in_their_order():
    item = resolve()
    assert list(item.priors) == ["Intercept", "x", "c", "x:c", "1|g", "x|g"]
    assert item.defaults == set(item.priors)


@pytest.mark.parametrize("key", ["x:c", "v_x:c", "x : c"])
def test_a_term_is_found_by_any_of_its_names(key):
    item = resolve(prior={key: ONE})
    assert item.priors["x:c"] == ONE
    assert set(item.priors) - item.defaults == {"x:c"}
    assert not item.default


@pytest.mark.parametrize("key", ["1|g", "1 | g", "(1|g)", "v_1|g"])
def test_a_group_term_too(key):
    assert resolve(prior={key: GROUP}).priors["1|g"] == GROUP


def test_a_column_that_looks_like_a_prefixed_term_is_itself():
    data = DATA.assign(v_x=DATA["x"])
    item = resolve("1 + x + v_x", {"v_x": ONE}, data)
    assert item.priors["v_x"] == ONE
    assert item.defaults == {"Intercept", "x"}


def test_wildcards_reach_the_rest_and_the_intercept_is_no_slope():
    item = resolve(prior={"common": ONE, "x": TWO, "group_specific": GROUP})
    assert item.priors["x"] == TWO
    assert item.priors["c"] == item.priors["x:c"] == ONE
    assert item.priors["1|g"] == item.priors["x|g"] == GROUP
    assert item.defaults == {"Intercept"}


def test_a_number_fixes_a_coefficient():
    assert resolve(prior={"x": 0.5}).priors["x"] == 0.5


@pytest.mark.parametrize(
    ("formula", "key", "message"),
    [
        ("1 + x", "y", "the formula v ~ 1 + x has no term 'y'."),
        ("1 + x", "Intercpt", "Did you mean 'Intercept'?"),
        ("1 + x", "v_Intercpt", "Did you mean 'Intercept'?"),
        ("1 + x", "group_specific", "has no term 'group_specific'"),
        ("1", "common", "has no term 'common'"),
        ("1 + (1|g)", "1|gg", "Did you mean '1|g'?"),
    ],
)
def test_a_prior_that_nothing_uses_is_refused(formula, key, message):
    with pytest.raises(SsmkitError) as caught:
        resolve(formula, {key: ONE})
    (problem,) = caught.value.problems
    assert problem.path == f"params.v.prior.{key}"
    assert message in problem.message
    assert "use Intercept" in problem.fix


def test_hyperpriors_belong_to_groups():
    with pytest.raises(SsmkitError, match="x is one coefficient for all groups"):
        resolve(prior={"x": GROUP})


def test_without_data_nothing_is_refused_that_data_could_explain():
    item = resolve("1 + c", {"c[T.b]": ONE}, None)
    assert list(item.priors) == ["Intercept", "c"]


def test_names_without_values_are_read_from_the_text():
    spec = ModelSpec(params=(Param("v", "1 + f(x)"),), extra_namespace=("f",))
    assert list(spec.resolved(DATA)[0].priors) == ["Intercept", "f(x)"]
    priors = spec.resolved(DATA, {"f": lambda x: 1.0 * (x > 0)})[0].priors
    assert list(priors) == ["Intercept", "f(x)"]


def test_the_link_is_chosen_and_bounds_are_cut():
    spec = ModelSpec(
        params=(Param("a", "1 + x", bounds=(-1, 3)), Param("z", "1 + x"), Param("t", "1 + x")),
        link_settings="log_logit",
    )
    _, a, z, t = spec.resolved(DATA)
    assert (a.bounds, a.link) == ((0.0, 3.0), Link("gen_logit", (0.0, 3.0)))
    assert (z.link, t.link) == (Link("gen_logit", (0.0, 1.0)), Link("log"))


@pytest.mark.parametrize(
    ("noncentered", "found"),
    [
        (True, True),
        (False, False),
        ({"a": False}, True),
        ({"v": False}, False),
        ({"v": {"1|g": False}}, {"1|g": False, "x|g": True}),
        ({"v": {"1 | g": False, "x|g": False}}, False),
    ],
)
def test_groups_are_estimated_as_asked(noncentered, found):
    assert resolve(noncentered=noncentered).noncentered == found


@pytest.mark.parametrize(
    "prior",
    [
        GROUP.to_dict() | {"mu": 1.0},
        GROUP.to_dict() | {"mu": ONE},
        {"name": "StudentT", "nu": 3, "mu": 0, "sigma": Prior("HalfNormal", sigma=1)},
    ],
)
def test_what_is_no_multiple_of_a_standard_deviation_is_estimated_as_it_is(prior):
    assert resolve(prior={"1|g": prior}).noncentered == {"1|g": False, "x|g": True}


def test_without_groups_there_is_no_parametrisation_that_could_differ_from_others():
    assert resolve("1 + x").noncentered == {}


def test_groups_that_carry_the_mean_are_centred():
    assert resolve("0 + (1|g)").noncentered is False


def test_a_parametrisation_of_no_term_is_refused():
    with pytest.raises(SsmkitError, match=r"no group term '1\|h'. Did you mean '1\|g'"):
        resolve(noncentered={"v": {"1|h": False}})

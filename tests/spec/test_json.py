"""JSON: plain, versioned, and refused with a reason when it is anything else."""

import json
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, Lapse, Link, ModelSpec, Param, Prior

SPEC = ModelSpec(
    "ddm",
    params=(
        Param("v", prior=Prior("TruncatedNormal", mu=0, sigma=1, lower=0, upper=inf)),
        Param("a", bounds=(0.5, inf)),
        Param("z", prior=Column("start")),
        Param("t", prior=0.3),
    ),
)
CONTENT = {
    "format": "ssmkit.ModelSpec",
    "version": 1,
    "model": "ddm",
    "kind": "analytical",
    "params": [
        {
            "name": "v",
            "prior": {
                "name": "TruncatedNormal",
                "mu": 0.0,
                "sigma": 1.0,
                "lower": 0.0,
                "upper": "inf",
            },
        },
        {"name": "a", "bounds": [0.5, "inf"]},
        {"name": "z", "prior": {"column": "start"}},
        {"name": "t", "prior": 0.3},
    ],
    "lapse": {"p": 0.05, "distribution": {"name": "Uniform", "lower": 0.0, "upper": 20.0}},
}


def test_the_format_is_this_one():
    assert json.loads(SPEC.to_json()) == CONTENT
    assert ModelSpec.from_json(json.dumps(CONTENT)) == SPEC


def test_a_regression_and_its_settings_are_plain_too():
    hierarchical = Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.3))
    spec = ModelSpec(
        params=(
            Param("v", "1 + x + (1|g)", {"name": 0.5, "1|g": hierarchical}),
            Param("z", "1 + x", link=Link("gen_logit", (0.1, 0.9))),
        ),
        link_settings="log_logit",
        prior_settings=None,
        noncentered={"v": {"1|g": False}},
        extra_namespace=("f",),
    )
    content = json.loads(spec.to_json())
    assert content["params"] == [
        {
            "name": "v",
            "formula": "1 + x + (1|g)",
            "prior": {
                "name": 0.5,
                "1|g": {"name": "Normal", "mu": 0.0, "sigma": {"name": "HalfNormal", "sigma": 0.3}},
            },
        },
        {"name": "z", "formula": "1 + x", "link": {"name": "gen_logit", "bounds": [0.1, 0.9]}},
    ]
    assert {key: content[key] for key in content if key not in CONTENT} == {
        "link_settings": "log_logit",
        "prior_settings": None,
        "noncentered": {"v": {"1|g": False}},
        "extra_namespace": ["f"],
    }
    assert ModelSpec.from_json(spec.to_json()) == spec


def test_a_column_may_be_called_infinity():
    spec = ModelSpec("ddm", params=(Param("v", prior=Column("inf")),), lapse=None)
    assert ModelSpec.from_json(spec.to_json()) == spec


def test_a_vector_without_a_name_is_refused_with_the_way_out():
    spec = ModelSpec("ddm", params=(Param("v", prior=[0.1, 0.2]),))
    with pytest.raises(SsmkitError, match=r'params\.v\.prior: .*make it a column: data\["v_fixed'):
        spec.to_json()


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"format": "other"}, "json.format", "this is no ssmkit.ModelSpec"),
        ({"version": 2}, "json.version", "version 2, and this ssmkit reads 1"),
        ({"parms": []}, "json.parms", "no key 'parms'. Did you mean 'params'?"),
        ({"model": "dmm"}, "model", "Did you mean 'ddm'?"),
        ({"model": ["ddm"]}, "model", "['ddm'] is no name"),
        ({"kind": 3}, "loglik_kind", "3 is no name"),
        ({"params": {"a": 1}}, "json.params", "it is no list"),
        ({"params": [3]}, "json.params[0]", "3 does not name a parameter"),
        ({"params": [{"name": "vv"}]}, "params.vv", "no parameter 'vv'"),
        ({"params": [{"name": "v", "formula": "1 x"}]}, "params.v.formula", "ends before 'x'"),
        ({"params": [{"name": "v", "prio": 1}]}, "params.v.prio", "Did you mean 'prior'?"),
        (
            {"params": [{"name": "v", "prior": {"name": "Norml"}}]},
            "json.params[0].prior",
            "Did you mean 'Normal'?",
        ),
        (
            {"params": [{"name": "v", "prior": {"column": 3}}]},
            "json.params[0].prior.column",
            "3 is no name",
        ),
        ({"prior_settings": "save"}, "prior_settings", "Did you mean 'safe'?"),
        ({"link_setting": None}, "json.link_setting", "Did you mean 'link_settings'?"),
        ({"extra_namespace": 3}, "extra_namespace", "3 is no name"),
        (
            {"params": [{"name": "v", "formula": "1", "link": {"name": "lgo"}}]},
            "params.v.link",
            "Did you mean 'log'?",
        ),
        ({"lapse": 0.05}, "json.lapse", "0.05 is no lapse"),
        ({"lapse": {"p": 0.05}}, "json.lapse.distribution", "it is missing"),
    ],
)
def test_anything_else_is_refused_where_it_stands(change, path, message):
    with pytest.raises(SsmkitError) as caught:
        ModelSpec.from_json(json.dumps(CONTENT | change))
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message) == (path, True)


def test_a_missing_key_is_refused():
    content = {key: value for key, value in CONTENT.items() if key != "kind"}
    with pytest.raises(SsmkitError, match=r"json\.kind: it is missing"):
        ModelSpec.from_json(json.dumps(content))


@pytest.mark.parametrize("text", ["", "{", "[" * 10**5, "3", "null", "NaN"])
def test_text_that_is_no_spec_is_refused(text):
    with pytest.raises(SsmkitError, match="give the text that to_json"):
        ModelSpec.from_json(text)


SCALARS = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.sampled_from(["v", "a", "Normal", "inf", "mu", "sigma", "name", "column", "bounds", ""])
)
WORDS = st.sampled_from(
    ["name", "prior", "bounds", "mu", "sigma", "column", "p", "distribution", "formula", "link"]
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(derandomize=True, deadline=None)
@given(
    st.sampled_from(
        ["params", "lapse", "kind", "model", "noncentered", "extra_namespace", "prior_settings"]
    ),
    ANYTHING,
)
def test_no_json_gives_anything_but_a_spec_or_a_refusal(key, value):
    try:
        spec = ModelSpec.from_json(json.dumps(CONTENT | {key: value}))
    except SsmkitError:
        return
    assert ModelSpec.from_json(spec.to_json()) == spec


def test_infinite_lapse_probabilities_are_no_spec():
    with pytest.raises(SsmkitError, match="infinite"):
        Lapse(inf)

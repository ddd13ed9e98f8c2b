"""What cannot work in a regression is found, with what to type instead."""

import numpy as np
import pandas as pd
import pytest

from ssmkit.spec import Link, ModelSpec, Param, Prior

N = 24
RNG = np.random.default_rng(0)
DATA = pd.DataFrame(
    {
        "rt": RNG.uniform(0.5, 1.5, size=N),
        "response": np.tile([-1.0, 1.0], N // 2),
        "x": RNG.normal(size=N),
        "wide": 10 * RNG.normal(size=N),
        "same": 1.0,
        "level": "a",
        "g": np.repeat(list("pqrs"), N // 4),
        "hole": [np.nan] + [1.0] * (N - 1),
    }
)


def problems_of(name, formula, prior=None, link=None, bounds=None, **settings):
    spec = ModelSpec(params=(Param(name, formula, prior, link, bounds),), **settings)
    return spec.validate(DATA)


@pytest.mark.parametrize(
    ("formula", "severity", "message", "fix"),
    [
        ("1 + cohernce", "error", "the data have no column 'cohernce'", "use one of rt, response"),
        ("1 + hole", "error", "1 of 24 values of hole are missing", 'dropna(subset=["hole"])'),
        ("1 + log(x)", "error", "no function 'log'", "np.log"),
        ("1 + same", "warning", "same is the same on every trial", "leave same out"),
        ("1 + level", "error", "level is the same on every trial", "leave level out"),
        ("1 + wide", "warning", "standard deviation of", 'prior_settings="scaled"'),
        ("1 + (1|level)", "warning", "1|level has one group", "leave (1|level) out"),
    ],
)
def test_predictors_that_do_not_do(formula, severity, message, fix):
    (problem,) = problems_of("v", formula)
    assert (problem.path, problem.severity) == ("params.v.formula", severity)
    assert message in problem.message
    assert fix in problem.fix


@pytest.mark.parametrize(
    ("formula", "settings"),
    [
        ("1 + x + (1 + x|g)", {}),
        ("1 + scale(wide)", {}),
        ("1 + wide", {"prior": {"wide": Prior("Normal", mu=0, sigma=0.03)}}),
        ("1 + wide", {"prior_settings": "scaled"}),
        ("1 + wide", {"prior_settings": None}),
        ("0 + same", {}),
        ("0 + level", {}),
        ("0 + response", {}),
    ],
)
def test_what_is_fine_is_not_warned_about(formula, settings):
    assert problems_of("v", formula, **settings) == ()


@pytest.mark.parametrize(
    ("name", "link", "bounds", "line"),
    [
        ("a", None, None, '{"name": "a", "formula": "a ~ 1 + x", "link": "log"}'),
        ("t", None, None, '{"name": "t", "formula": "t ~ 1 + x", "link": "log"}'),
        ("z", None, None, '{"name": "z", "formula": "z ~ 1 + x", "link": "logit"}'),
        ("z", "log", None, '{"name": "z", "formula": "z ~ 1 + x", "link": "logit"}'),
        ("a", "log", (0, 3), '"link": "gen_logit", "bounds": (0.0, 3.0)}'),
        ("a", "identity", (0.5, np.inf), '"link": "log"}'),
    ],
)
def test_a_link_that_leaves_the_bounds_is_named_with_the_line_to_type(name, link, bounds, line):
    (problem,) = problems_of(name, "1 + x", link=link, bounds=bounds)
    assert (problem.path, problem.severity) == (f"params.{name}.link", "warning")
    assert f"with the {link or 'identity'} link, predictors can take {name} out" in problem.message
    assert line in problem.fix


@pytest.mark.parametrize(
    ("name", "link"),
    [("v", None), ("a", "log"), ("z", "logit"), ("z", Link("gen_logit", (0.2, 0.8)))],
)
def test_a_link_into_the_bounds_is_fine(name, link):
    assert problems_of(name, "1 + x", link=link) == ()


def test_the_line_to_type_can_be_typed():
    (problem,) = problems_of("z", "1 + x")
    spec = ModelSpec.from_code(f"HSSM(data, {problem.fix.removeprefix('write ')})")
    assert spec.validate(DATA) == ()


def test_bounds_and_unused_priors_are_found_too():
    (problem,) = problems_of("v", "1 + x", {"y": 0.5})
    assert problem.path == "params.v.prior.y"
    cut, _ = problems_of("z", "1 + x", bounds=(-1, 0.5), link="logit")
    assert cut.path == "params.z.bounds"


def test_the_spec_alone_is_checked_without_data():
    spec = ModelSpec(params=(Param("z", "1 + anything"),))
    assert [problem.path for problem in spec.validate()] == ["params.z.link"]


def test_names_with_values_are_known():
    spec = ModelSpec(params=(Param("v", "1 + f(x)"),), extra_namespace=("f",))
    assert spec.validate(DATA) == spec.validate(DATA, {"f": np.tanh}) == ()
    (problem,) = spec.validate(DATA, {"f": lambda x: 100 * x})
    assert "f(x) has a standard deviation" in problem.message

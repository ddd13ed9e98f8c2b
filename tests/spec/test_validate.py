"""What cannot work is found, with what to type instead."""

import numpy as np
import pandas as pd
import pytest

from ssmkit.spec import Column, ModelSpec, Param, Prior

DATA = pd.DataFrame(
    {
        "rt": [0.5, 0.7, 1.25],
        "response": [1.0, -1.0, 1.0],
        "start": [0.4, 0.5, 1.6],
        "early": [0.2, 0.8, 0.9],
        "word": ["a", "b", "c"],
    }
)
SLOW = DATA.assign(rt=[0.5, 0.7, 25.5])


def problems_of(data=DATA, **arguments):
    arguments = {"p_outlier": 0} | arguments
    return ModelSpec.build(data, **arguments).validate(data)


@pytest.mark.parametrize(
    ("params", "path", "message", "fix"),
    [
        ({"z": 1.2}, "params.z", "z is fixed at 1.2, outside its bounds (0.0, 1.0)", "0.0 and 1.0"),
        ({"a": np.float64(-1)}, "params.a", "a is fixed at -1.0, outside", "between 0.0 and inf"),
        ({"a": 0}, "params.a", "a is fixed at 0.0: evidence would start on", "not on them"),
        ({"z": [0, 0.5, 1]}, "params.z", "0.0 on trial 0 (2 of 3 trials): evidence", "not on"),
        ({"a": {"prior": 4, "bounds": (0, 3)}}, "params.a", "bounds (0.0, 3.0)", "0.0 and 3.0"),
        (
            {"z": DATA["start"]},
            "params.z",
            "at 1.6 on trial 2 (1 of 3 trials), outside its bounds (0.0, 1.0)",
            "between 0.0 and 1.0",
        ),
        (
            {"z": [0.5, 0.5]},
            "params.z",
            "a vector of 2 values, and the data have 3 trials",
            "one number for all: 0.5",
        ),
        (
            {"z": Column("strat")},
            "params.z",
            "no column 'strat'. Did you mean 'start'?",
            "rt, response, start",
        ),
        ({"z": Column("word")}, "params.z", "the column 'word' holds", "a column of numbers"),
        ({"a": {"bounds": (-3, -1)}}, "params.a.bounds", "lie outside (0.0, inf)", "inside"),
        (
            {"z": {"prior": Prior("Uniform", lower=2, upper=3)}},
            "params.z.prior",
            "the prior Uniform(lower: 2.0, upper: 3.0) has no mass between the bounds (0.0, 1.0)",
            "choose a prior",
        ),
        (
            {"v": Prior("Normal", bounds=(50, 60), mu=0, sigma=1)},
            "params.v.prior",
            "has no mass",
            "choose a prior",
        ),
        ({"t": 0.6}, "params.t", "1 of 3 reaction times are not above", "fix t below 0.5 s"),
        ({"t": DATA["early"]}, "params.t", "1 of 3 reaction times are not above", "let it be free"),
    ],
)
def test_a_parameter_that_cannot_be(params, path, message, fix):
    first = problems_of(params=params)[0]
    assert (first.path, first.severity) == (path, "error")
    assert message in first.message
    assert fix in first.fix


def test_a_default_prior_without_mass_is_named_as_the_models():
    (problem,) = problems_of(model="angle", params={"a": {"bounds": (3.5, 9)}})
    assert "the model's default prior Uniform(lower: 0.3, upper: 3.0)" in problem.message


@pytest.mark.parametrize(
    ("bounds", "paths"),
    [
        ((5, 9), []),
        ((-9, -5), []),
        ((7, 9), ["params.v.prior"]),
        ((-9, -7), ["params.v.prior"]),
    ],
)
def test_a_tail_that_a_sampler_can_reach_is_mass_enough(bounds, paths):
    prior = Prior("Normal", mu=0, sigma=1)
    problems = problems_of(params={"v": {"prior": prior, "bounds": bounds}})
    assert [problem.path for problem in problems] == paths


def test_bounds_beyond_the_models_are_cut_and_said():
    (problem,) = problems_of(params={"z": {"bounds": (-1, 0.5)}})
    assert problem.severity == "warning"
    assert "go beyond (0.0, 1.0)" in problem.message
    assert problem.fix == "write bounds=(0.0, 0.5)"


@pytest.mark.parametrize("p", [-0.1, 1.0, 1.5, np.float64(7)])
def test_a_lapse_probability_outside_0_to_1(p):
    (problem,) = problems_of(p_outlier=p)
    assert (problem.path, problem.severity) == ("p_outlier", "error")
    assert f"is {float(p)}, and must be at least 0 and below 1" in problem.message
    assert "p_outlier=0.05" in problem.fix


def test_a_prior_of_the_lapse_probability_outside_0_to_1():
    (problem,) = problems_of(p_outlier={"name": "Uniform", "lower": 2, "upper": 3})
    assert (problem.path, problem.severity) == ("p_outlier", "error")
    assert not problems_of(p_outlier={"name": "Beta", "alpha": 1, "beta": 19})


def test_lapses_shorter_than_the_slowest_reaction_time():
    (problem,) = problems_of(SLOW, p_outlier=0.05)
    assert (problem.path, problem.severity) == ("lapse", "warning")
    assert "lapses end at 20.0 s, and 1 reaction times are longer, up to 25.5 s" in problem.message
    assert problem.fix == 'write lapse={"name": "Uniform", "lower": 0.0, "upper": 26.0}'
    assert not problems_of(
        SLOW, p_outlier=0.05, lapse={"name": "Uniform", "lower": 0.0, "upper": 26.0}
    )
    assert not problems_of(SLOW, p_outlier=0.05, lapse={"name": "HalfNormal", "sigma": 5})


def test_lapses_before_time_began():
    (problem,) = problems_of(p_outlier=0.05, lapse={"name": "Normal", "mu": 0, "sigma": 1})
    assert (problem.path, problem.severity) == ("lapse", "warning")
    assert "puts 50% of the lapses before 0 s" in problem.message


def test_with_lapses_an_early_response_is_one_and_only_warned_about():
    (problem,) = problems_of(params={"t": 0.6}, p_outlier=0.05)
    assert (problem.path, problem.severity) == ("params.t", "warning")
    assert "can only be lapses" in problem.message


def test_edges_that_mean_something_are_fine():
    assert problems_of(model="ddm_sdv", params={"t": 0, "sv": 0, "v": 0}) == ()


def test_a_good_spec_has_no_problem_and_needs_no_data():
    arguments = {"params": {"a": 1.5, "z": [0.4, 0.5, 0.6], "t": 0.3}, "p_outlier": 0.05}
    assert problems_of(**arguments) == ()
    spec = ModelSpec("ddm", params=(Param("z", prior=Column("start")),))
    assert spec.validate() == ()


def test_every_problem_is_reported_at_once():
    paths = [problem.path for problem in problems_of(params={"z": 2, "a": -1}, p_outlier=3)]
    assert paths == ["params.a", "params.z", "p_outlier"]


def test_data_that_are_themselves_wrong_are_another_rooms_business():
    for data in (DATA.drop(columns="rt"), DATA.assign(rt=["a", "b", "c"])):
        assert ModelSpec.build(data, params={"t": 0.3}).validate(data) == ()


def test_fixed_values_without_a_meaning_together():
    params = {"sz": 1.5, "a": 1.0, "z": 0.5, "st": 0.1, "t": 0.3}
    spec = ModelSpec.build(model="full_ddm", params=params)
    (problem,) = spec.validate()
    assert problem.path == "params.sz"
    assert "the start would reach a bound" in problem.message
    assert not ModelSpec.build(model="full_ddm", params=params | {"sz": 0.1}).validate()

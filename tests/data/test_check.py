import numpy as np
import pandas as pd
import pytest
from oracles.usual import usual

import ssmkit
from ssmkit.data import check_data
from ssmkit.errors import SsmkitError


def good(n=400, **columns):
    """Trials without a fault, of two participants in two conditions."""
    rng = np.random.default_rng(0)
    data = pd.DataFrame(
        {
            "rt": rng.gamma(4, 0.15, n) + 0.3,
            "response": rng.choice([-1.0, 1.0], n, p=[0.2, 0.8]),
            "x": rng.normal(size=n),
            "stim": np.tile(["easy", "hard"], n // 2),
            "side": np.tile([-1, -1, 1, 1], n // 4),
            "person": np.repeat([1, 2], n // 2),
        }
    )
    return data.assign(**columns)


def change(column, rows, value, dtype=None):
    values = good()[column].astype(dtype) if dtype else good()[column].copy()
    values.iloc[rows] = value
    return good(**{column: values})


NAMES = {"covariates": ["x", "side"], "groups": ["stim", "side"], "participant": "person"}


def test_good_data_have_no_problem():
    assert check_data(good()) == ()
    assert check_data(good(n=8000), "ddm_sdv", **NAMES) == ()


@pytest.mark.parametrize("model", ssmkit.list_models())
def test_every_models_own_data_are_good(model):
    data = ssmkit.simulate_data(model, usual(model), 200, random_state=0, exact=True)
    assert check_data(data, model) == ()


# One row a case: data, arguments, and the path, severity, words of the message and of the fix.
ERRORS = {
    "no data frame": (
        [1, 2],
        {},
        ("data", "this is a list and no data frame", "pd.DataFrame("),
    ),
    "no trials": (good().iloc[:0], {}, ("data", "there are no trials", "filtered")),
    "missing column": (
        good().drop(columns="rt"),
        {},
        ("data", "there is no column 'rt'; the columns are response, x", "data.rename(columns="),
    ),
    "missing column under another name": (
        good().rename(columns={"rt": "Reaction Time"}),
        {},
        (
            "data",
            "Did you mean 'Reaction Time'?",
            'data.rename(columns={"Reaction Time": "rt"})',
        ),
    ),
    "missing covariate": (
        good(),
        {"covariates": ["sside"]},
        ("data", "there is no column 'sside'", "name one of rt, response"),
    ),
    "missing participant": (
        good(),
        {"participant": "persn"},
        ("data", "Did you mean 'person'?", "name one of"),
    ),
    "NaN rt": (
        change("rt", [0, 1], np.nan),
        {},
        ("data.rt", "2 of 400 reaction times are missing (NaN)", 'data[data["rt"] > 0]'),
    ),
    "rt coded as missing": (
        change("rt", [0], -999.0),
        {},
        ("data.rt", "1 of 400 reaction times are -999, the code of a missing one", '["rt"] > 0'),
    ),
    "infinite rt": (
        change("rt", [0], np.inf),
        {},
        ("data.rt", "1 reaction times are infinite", "np.isfinite"),
    ),
    "negative rt": (
        change("rt", [0, 5], [-0.4, -0.7]),
        {},
        ("data.rt", "2 reaction times are negative or zero, such as -0.7", '["rt"].abs()'),
    ),
    "zero rt": (
        change("rt", [3], 0.0),
        {},
        ("data.rt", "1 reaction times are negative or zero, such as 0", '["rt"] > 0'),
    ),
    "rt in milliseconds": (
        good(rt=good()["rt"] * 1000),
        {},
        ("data.rt", "looks like milliseconds", 'data["rt"] = data["rt"] / 1000'),
    ),
    "rt as words": (
        good(rt=good()["rt"].astype(str)),
        {},
        ("data.rt", "and no numbers", 'pd.to_numeric(data["rt"], errors="coerce")'),
    ),
    "NaN response": (
        change("response", [0, 1, 2], np.nan),
        {},
        ("data.response", "3 of 400 responses are missing (NaN)", 'dropna(subset=["response"])'),
    ),
    "responses 0/1": (
        good(response=(good()["response"] + 1) / 2),
        {},
        (
            "data.response[0/1]",
            "coded 0/1, and ddm has -1 and 1",
            "code_responses(data, correct=1)",
        ),
    ),
    "responses as booleans": (
        good(response=good()["response"] > 0),
        {},
        ("data.response[0/1]", "coded 0/1", "ssmkit.code_responses(data, upper=1)"),
    ),
    "responses as words": (
        good(response=np.where(good()["response"] > 0, "right", "left")),
        {},
        (
            "data.response",
            "responses are words, 'left', 'right'",
            "code_responses(data, upper='right')",
        ),
    ),
    "responses 1/2": (
        good(response=np.where(good()["response"] > 0, 2, 1)),
        {},
        ("data.response", "responses are other codes, 1, 2", "code_responses(data, correct=2)"),
    ),
    "three responses": (
        change("response", [0], 7.0),
        {},
        ("data.response", "1 of these codes are none of ddm's", "isin([-1, 1])"),
    ),
    "NaN covariate": (
        change("x", [0, 1], np.nan),
        {"covariates": ["x"]},
        ("data.x", "2 of 400 values of x are missing (NaN)", 'data.dropna(subset=["x"])'),
    ),
    "infinite covariate": (
        change("x", [0], np.inf),
        {"covariates": ["x"]},
        ("data.x", "1 values of x are infinite", 'np.isfinite(data["x"])'),
    ),
    "NaN group": (
        change("stim", [0], None),
        {"groups": ["stim"]},
        ("data.stim", "1 values of stim are missing (NaN)", 'dropna(subset=["stim"])'),
    ),
    "NaN participant": (
        change("person", [0], np.nan, float),
        {"participant": "person"},
        ("data.person", "1 trials have no person (NaN)", 'dropna(subset=["person"])'),
    ),
    "empty level": (
        good(stim=pd.Categorical(good()["stim"], ["easy", "hard", "absurd"])),
        {"groups": ["stim"]},
        ("data.stim", "no trial has stim 'absurd'", "cat.remove_unused_categories()"),
    ),
}
WARNINGS = {
    "duplicate index": (
        good().set_index(np.repeat(np.arange(200), 2)),
        {},
        ("data.index", "200 rows have an index that an earlier row has too", "reset_index"),
    ),
    "constant predictor": (
        good(x=2.5),
        {"covariates": ["x"]},
        ("data.x", "x is 2.5 on every trial", "leave x out"),
    ),
    "unscaled predictor": (
        good(x=500 + 100 * good()["x"]),
        {"covariates": ["x"]},
        (
            "data.x",
            "x has a standard deviation of 101",
            '(data["x"] - data["x"].mean()) / data["x"]',
        ),
    ),
    "predictor of small numbers": (
        good(x=0.1 * good()["x"]),
        {"covariates": ["x"]},
        ("data.x", "x has a standard deviation of 0.101", "expect about 1"),
    ),
    "contrast of distant codes": (
        good(x=np.tile([0, 100], 200)),
        {"covariates": ["x"]},
        ("data.x", "the two codes of x are 100 apart", "expect about 1"),
    ),
    "empty cell": (
        good().query("not (stim == 'hard' and person == 2)"),
        {"groups": ["stim", "person"]},
        ("data", "1 of 4 cells have no trial: stim 'hard', person 2", "stim + person"),
    ),
    "one participant": (
        good(person=7),
        {"participant": "person"},
        ("data.person", "there is one participant, 7", "leave (1 | person) out"),
    ),
    "fast guesses": (
        change("rt", [0, 1, 2], [0.02, 0.05, 0.08]),
        {},
        ("data.rt", "3 responses come before 0.1 s, the fastest at 0.02 s", "p_outlier="),
    ),
    "one response only": (
        good(response=1),
        {},
        ("data.response", "every response is 1", "z=0.5"),
    ),
    "few errors": (
        good(response=np.where(np.arange(400) < 7, -1, 1)),
        {},
        ("data.response", "under 10 of the rarer response (such as errors), the fewest 7", "z=0.5"),
    ),
    "few trials": (
        good(n=20),
        {},
        ("data", "the data have under 40 trials, the fewest 20: few for v", "pool participants"),
    ),
    "few trials a cell for a bias": (
        good(),
        {"groups": ["stim"], "participant": "person"},
        ("data", "4 of 4 cells have under 200 trials, the fewest 100: few for z", "z=0.5"),
    ),
    "few trials a cell for the drift's variability": (
        good(),
        {"model": "ddm_sdv", "groups": ["stim"]},
        ("data", "2 of 2 cells have under 1000 trials, the fewest 200: few for sv", "model='ddm'"),
    ),
}
CASES = [
    pytest.param(*case, severity, id=name)
    for severity, table in (("error", ERRORS), ("warning", WARNINGS))
    for name, case in table.items()
]


@pytest.mark.parametrize(("data", "arguments", "said", "severity"), CASES)
def test_each_fault_is_found_and_told_how_to_mend(data, arguments, said, severity):
    path, words, fix = said
    found = check_data(data, **arguments)
    hits = [p for p in found if p.path == path and words in p.message and fix in p.fix]
    assert len(hits) == 1, found
    assert hits[0].severity == severity


@pytest.mark.parametrize("case", [name for name in ERRORS if name != "no data frame"])
def test_one_fault_is_one_error(case):
    data, arguments, _ = ERRORS[case]
    assert sum(problem.severity == "error" for problem in check_data(data, **arguments)) == 1


@pytest.mark.parametrize("allowed", ["missing_data", "deadline"])
@pytest.mark.parametrize("code", [np.nan, -999.0])
def test_missing_trials_may_belong_to_the_model(allowed, code):
    data = good()
    data.loc[:4, ["rt", "response"]] = code
    assert check_data(data)
    assert check_data(data, **{allowed: True}) == ()


def test_lapses_take_care_of_fast_guesses():
    data = change("rt", [0], 0.05)
    assert check_data(data)
    assert check_data(data, lapses=True) == ()


def test_a_fault_of_the_times_is_not_told_again_of_the_responses():
    data = good()
    data.loc[:4, ["rt", "response"]] = np.nan
    assert [problem.path for problem in check_data(data)] == ["data.rt"]


def test_all_faults_are_told_at_once():
    data = change("rt", [0], -1.0).assign(response=0, x=3.0)
    paths = [problem.path for problem in check_data(data, covariates=["x"])]
    assert paths == ["data.rt", "data.response[0/1]", "data.x"]


def test_an_unknown_model_is_refused():
    with pytest.raises(SsmkitError, match="Did you mean 'ddm'"):
        check_data(good(), "dmm")


def test_nothing_is_changed():
    data = change("rt", [0], -1.0)
    before = data.copy()
    check_data(data, **NAMES)
    pd.testing.assert_frame_equal(data, before)


def test_a_real_data_set(cavanagh):
    names = {"covariates": ["theta"], "groups": ["dbs", "conf"], "participant": "subj_idx"}
    assert [p.path for p in check_data(cavanagh, **names)] == ["data.response[0/1]"]
    coded = ssmkit.code_responses(cavanagh, correct=1)
    assert check_data(coded) == ()
    advice = check_data(coded, **names)
    assert {problem.severity for problem in advice} == {"warning"}
    assert any("56 of 56 cells have under 200 trials" in problem.message for problem in advice)

"""Trials without a time: how they are said, and what is wrong with them."""

import numpy as np
import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.spec import Column, Missing, ModelSpec
from ssmkit.spec.missing import ANSWERED, SILENT, UNTIMED, missing_problems


def trials(rt, response, **columns):
    return pd.DataFrame({"rt": rt, "response": response, **columns})


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((False, False, None), None),
        ((False, None, None), None),
        ((True, False, None), Missing()),
        ((True, True, None), Missing(Column("deadline"))),
        ((False, "limit", None), Missing(Column("limit"))),
        ((True, 1.5, -1), Missing(1.5, -1)),
    ],
)
def test_the_arguments_of_the_model_say_what_is_missing(given, wanted):
    assert Missing.build(*given) == wanted


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"missing_data": "yes"}, "missing_data"),
        ({"deadline": -1.0}, "deadline"),
        ({"deadline": [1.5]}, "deadline"),
        ({"withheld": 0.5}, "withheld"),
        ({"withheld": 3}, "withheld"),
        ({"missing_data": True, "loglik": len}, "missing_data"),
    ],
)
def test_what_says_nothing_is_refused(settings, path):
    with pytest.raises(SsmkitError) as caught:
        ModelSpec.build(**settings)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_nan_and_the_fields_code_mean_the_same_and_kinds_follow_from_what_is_there():
    data = trials([0.5, np.nan, -999, np.nan], [1, np.nan, -999, -1])
    assert Missing().kinds(data).tolist() == [ANSWERED, SILENT, SILENT, UNTIMED]
    assert Missing(withheld=-1).kinds(data).tolist() == [ANSWERED, SILENT, SILENT, SILENT]


SILENT_TRIAL = trials([0.5, np.nan], [1, np.nan], limit=[1.0, 1.0], bad=[1.0, np.nan])


@pytest.mark.parametrize(
    ("missing", "data", "words"),
    [
        (Missing(), SILENT_TRIAL, "until when"),
        (Missing("limt"), SILENT_TRIAL, "Did you mean 'limit'"),
        (Missing("bad"), SILENT_TRIAL, "no time above 0"),
        (Missing(0.4), SILENT_TRIAL, "after their deadline"),
        (Missing(withheld=-1), trials([np.nan, np.nan], [1, -1]), "no trial has a reaction time"),
    ],
)
def test_what_cannot_be_told_is_said(missing, data, words):
    (problem,) = missing_problems(missing, data)
    assert words in problem.message + problem.fix


@pytest.mark.parametrize("missing", [Missing(1.0), Missing("limit"), Missing(withheld=-1)])
def test_what_can_be_told_is_no_problem(missing):
    assert not list(missing_problems(missing, SILENT_TRIAL))

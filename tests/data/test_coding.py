import numpy as np
import pandas as pd
import pytest

from ssmkit.data import code_responses
from ssmkit.errors import SsmkitError

SIDE = ["left", "right", "right", "left", "right"]
STIM = ["left", "right", "left", "right", "right"]
ACCURACY = [1, 1, 0, 0, 1]
SIGNED_SIDE = [-1.0, 1.0, 1.0, -1.0, 1.0]
SIGNED_STIM = [-1.0, 1.0, -1.0, 1.0, 1.0]
SIGNED_ACCURACY = [1.0, 1.0, -1.0, -1.0, 1.0]


def frame(response, stim=STIM):
    return pd.DataFrame({"rt": 0.5, "response": response, "stim": stim}, index=[9, 9, 2, 5, 1])


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (ACCURACY, {"correct": 1}),
        ([bool(x) for x in ACCURACY], {"correct": True}),
        (np.where(ACCURACY, "hit", "miss"), {"correct": "hit"}),
        ([2 - x for x in ACCURACY], {"correct": 1}),
        (SIDE, {"stimulus": "stim"}),
        (ACCURACY, {}),
    ],
)
def test_accuracy_coding(given, codes):
    out = code_responses(frame(given), **codes)
    assert out["response"].tolist() == SIGNED_ACCURACY
    assert out["stim"].tolist() == STIM


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (SIDE, {"upper": "right", "stimulus": "stim"}),
        (ACCURACY, {"correct": 1, "upper": "right", "stimulus": "stim"}),
    ],
)
def test_coding_by_side(given, codes):
    out = code_responses(frame(given), **codes)
    assert out["response"].tolist() == SIGNED_SIDE
    assert out["stim"].tolist() == SIGNED_STIM


def test_sides_without_stimuli():
    assert code_responses(frame(SIDE), upper="right")["response"].tolist() == SIGNED_SIDE


def test_there_and_back():
    by_accuracy = code_responses(frame(ACCURACY, SIGNED_STIM), correct=1)
    by_side = code_responses(by_accuracy, correct=1, stimulus="stim")
    assert by_side["response"].tolist() == SIGNED_SIDE
    pd.testing.assert_frame_equal(code_responses(by_side, stimulus="stim"), by_accuracy)


def test_coded_data_stay_as_they_are():
    data = frame(SIGNED_ACCURACY)
    pd.testing.assert_frame_equal(code_responses(data, correct=1), data)


def test_missing_responses_stay_missing_and_the_data_are_left_alone():
    data = frame([1, 0, None, 0, 1])
    before = data.copy()
    out = code_responses(data, correct=1)["response"].tolist()
    assert np.isnan(out[2])
    assert out[:2] + out[3:] == [1.0, -1.0, -1.0, 1.0]
    pd.testing.assert_frame_equal(data, before)


def test_responses_may_have_another_column():
    data = frame(SIDE).rename(columns={"response": "key"})
    assert code_responses(data, upper="right", response="key")["key"].tolist() == SIGNED_SIDE


@pytest.mark.parametrize(
    ("data", "codes", "path", "words"),
    [
        (frame(SIDE), {}, "code_responses", "nothing says what the responses mean"),
        (frame(SIDE), {"correct": 1, "upper": 1}, "code_responses", "are two meanings"),
        (frame(SIDE), {"upper": "rigth"}, "data.response", "Did you mean 'right'"),
        (frame(ACCURACY), {"correct": 2}, "data.response", "no trial has 2; the codes are 0, 1"),
        (frame([1, 2, 3, 1, 2]), {"correct": 1}, "data.response", "there are 3 codes, 1, 2, 3"),
        (frame(SIDE), {"stimulus": "stin"}, "data", "Did you mean 'stim'"),
        (frame(ACCURACY), {"correct": 1, "stimulus": "stim"}, "data.stim", "nothing says which"),
        (frame(ACCURACY), {"stimulus": "stim"}, "data.response", "which do not compare"),
        (frame(SIDE), {"upper": "right", "response": "key"}, "data", "no column 'key'"),
    ],
)
def test_what_cannot_be_coded(data, codes, path, words):
    with pytest.raises(SsmkitError, match=words) as caught:
        code_responses(data, **codes)
    assert caught.value.problems[0].path == path


def test_a_real_data_set(cavanagh):
    coded = code_responses(cavanagh, correct=1)["response"]
    np.testing.assert_array_equal(coded, 2 * cavanagh["response"] - 1)

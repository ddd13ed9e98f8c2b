import numpy as np
import pandas as pd
import pytest
from oracles.usual import usual

from ssmkit.errors import SsmkitError, SsmkitWarning
from ssmkit.modelconfig import get_config, list_models
from ssmkit.simulate.theta import read_theta

DDM = get_config("ddm")
ROWS = np.array([[0.5, 1.5, 0.5, 0.3], [1.0, 1.5, 0.4, 0.2], [0.0, 1.5, 0.6, 0.25]])


def same(left, right):
    return list(left) == list(right) and all(np.array_equal(left[k], right[k]) for k in left)


@pytest.mark.parametrize("model", list_models())
def test_every_way_of_passing_theta_means_the_same(model):
    config = get_config(model)
    one = usual(model)
    wanted = read_theta(config, one)
    assert list(wanted) == list(config.list_params)
    row = list(one.values())
    for theta in (row, tuple(row), np.array(row), np.array([row]), pd.DataFrame([one])):
        assert same(read_theta(config, theta), wanted)
    backwards = dict(reversed(one.items()))
    assert same(read_theta(config, backwards), wanted)


def test_vectors_matrices_and_nested_lists_are_trials():
    names = DDM.list_params
    wanted = read_theta(DDM, dict(zip(names, ROWS.T, strict=True)))
    assert all(len(vector) == 3 for vector in wanted.values())
    assert same(read_theta(DDM, ROWS), wanted)
    assert same(read_theta(DDM, ROWS.tolist()), wanted)
    assert same(read_theta(DDM, pd.DataFrame(ROWS, columns=names)), wanted)
    in_order = [ROWS[:, 0], 1.5, ROWS[:, 2], pd.Series(ROWS[:, 3])]
    assert same(read_theta(DDM, in_order), wanted)


def test_other_names_are_warned_about_and_change_nothing():
    theta = {"v": 0.5, "a": 1.5, "z": 0.5, "t": 0.3}
    with pytest.warns(SsmkitWarning, match="has no parameter v_x"):
        got = read_theta(DDM, theta | {"v_x": 0.8})
    assert same(got, read_theta(DDM, theta))


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"a": -1.5}, "theta.a", "a is -1.5"),
        ({"z": 1.2}, "theta.z", "z is 1.2"),
        ({"t": np.nan}, "theta.t", "t is nan"),
        ({"v": [0.1, np.inf, np.inf]}, "theta.v", "v is inf .and 1 more values"),
        ({"v": "fast"}, "theta.v", "which is no number"),
        ({"v": [[1.0]]}, "theta.v", "has the shape"),
        ({"v": []}, "theta.v", "has the shape"),
        ({"v": [1.0, 2.0], "a": [1.0, 1.0, 1.0]}, "theta", "different lengths"),
    ],
)
def test_values_without_sense(change, path, words):
    with pytest.raises(SsmkitError, match=words) as caught:
        read_theta(DDM, {"v": 0.5, "a": 1.5, "z": 0.5, "t": 0.3} | change)
    assert caught.value.problems[0].path == path


def test_a_misspelt_parameter():
    with pytest.raises(SsmkitError, match=r"needs theta.*Did you mean 'theta'"):
        read_theta(get_config("angle"), {"v": 1, "a": 1, "z": 0.5, "t": 0.3, "tehta": 0.3})


@pytest.mark.parametrize("theta", [[0.5, 1.5, 0.5], np.zeros((5, 3)), np.zeros(5)])
def test_a_wrong_number_of_parameters(theta):
    with pytest.raises(SsmkitError, match="ddm has 4 parameters") as caught:
        read_theta(DDM, theta)
    assert "v, a, z, t" in caught.value.problems[0].fix


@pytest.mark.parametrize("theta", ["ddm", None, np.zeros((2, 2, 4)), [[1, 2], [1, 2, 3]]])
def test_what_is_no_theta(theta):
    with pytest.raises(SsmkitError, match="give a dict, a list of v, a, z, t, or a matrix"):
        read_theta(DDM, theta)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"sz": 1.5}, "the start would reach a bound"), ({"st": 0.4}, "would begin below 0 s")],
)
def test_parameters_without_a_meaning_together(change, words):
    with pytest.raises(SsmkitError, match=words):
        read_theta(get_config("full_ddm"), usual("full_ddm") | change)

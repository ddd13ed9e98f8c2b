"""Which draws a plot shows: names, order, room, truths, and refusals that say what to type."""

import numpy as np
import pytest
import xarray as xr

from ssmkit.errors import SsmkitError
from ssmkit.plots._select import select


def labels(*args, truth=None, room=40):
    return [column.label for column in select(*args, truth, room=room).columns]


def refusal(*args, truth=None, room=40):
    with pytest.raises(SsmkitError) as caught:
        select(*args, truth, room=room)
    return caught.value.problems[0]


def test_values_keep_their_draws_order_and_names(traces, draws):
    shown = select(traces, None, None, room=40)
    people = [f"v_1|participant_id[s{i:02d}]" for i in range(1, 16)]
    names = ["v_Intercept", "a", "z", "t", "theta", *people]
    assert [column.label for column in shown.columns] == names
    assert [variable.name for variable in shown.variables] == [*names[:5], "v_1|participant_id"]
    np.testing.assert_array_equal(shown.columns[1].draws, draws["a"])
    np.testing.assert_array_equal(shown.columns[7].draws, draws["v_1|participant_id"][..., 2])


def test_places_of_several_dimensions_are_named_together(make):
    values = np.random.default_rng(0).normal(size=(2, 10, 2, 3))
    shown = select(make({"b": values}, dims={"b": ["i", "j"]}), "b[1, 2]", None, room=40)
    np.testing.assert_array_equal(shown.columns[0].draws, values[..., 1, 2])


def test_a_model_its_traces_and_a_dataset_are_one(traces, diverging):
    class Model:
        def __init__(self):
            self.traces = traces

    from ssmkit import _compat

    of_model = select(Model(), None, None, room=40)
    of_dataset = select(_compat.posterior(traces), None, None, room=40)
    for one, other in zip(of_model.columns, of_dataset.columns, strict=True):
        assert one.label == other.label
        np.testing.assert_array_equal(one.draws, other.draws)
    np.testing.assert_array_equal(of_model.diverging, diverging)
    assert not of_dataset.diverging.any()


def test_trialwise_variables_are_left_out_with_a_note_unless_named(traces):
    assert (
        'p (300 values). var_names=["p[0]"] shows one' in select(traces, None, None, room=40).note
    )
    shown = select(traces, ["p[0]", "p[299]"], None, room=40)
    assert [column.label for column in shown.columns] == ["p[0]", "p[299]"]
    assert shown.note == ""


def test_the_smallest_variables_come_first_when_room_is_short(traces):
    assert labels(traces, None, room=6) == ["v_Intercept", "a", "z", "t", "theta"]
    note = select(traces, None, None, room=3).note
    assert "t (1 value), theta (1 value), v_1|participant_id (15 values)" in note


def test_names_choose_and_tildes_leave_out(traces):
    assert labels(traces, "a") == ["a"]
    assert labels(traces, ["t", "a"]) == ["a", "t"]
    assert labels(traces, "~v_1|participant_id") == ["v_Intercept", "a", "z", "t", "theta"]
    people = labels(traces, ["v_1|participant_id", "~v_1|participant_id[s01]"])
    assert people == [f"v_1|participant_id[s{i:02d}]" for i in range(2, 16)]


def test_truth_is_taken_by_name_by_place_and_value_by_value(traces, truth):
    def found(*args):
        return [column.truth for column in select(*args, room=40).columns]

    assert found(traces, "~v_1|participant_id", truth) == [0.45, 1.5, 0.5, 0.3, None]
    assert found(traces, ["a", "t"], [1.5, 0.3]) == [1.5, 0.3]
    assert found(traces, "a", 1.5) == [1.5]
    vector = np.arange(15.0)
    assert found(traces, "v_1|participant_id", {"v_1|participant_id": vector}) == [*vector]
    one = found(traces, "v_1|participant_id", {"v_1|participant_id[s02]": 3})
    assert one == [None, 3.0, *[None] * 13]


def test_a_model_that_was_not_sampled_says_what_to_call():
    class Model:
        traces = None

    assert "model.sample()" in refusal(Model(), None).fix


@pytest.mark.parametrize(
    ("names", "message", "fix"),
    [
        ("thetta", "no 'thetta'. Did you mean 'theta'?", "v_Intercept, a, z"),
        (["a", "~thetta"], "Did you mean 'theta'?", "v_Intercept, a, z"),
        ("p", "300 values were asked for, and this plot has room for 80", '"p[0]"'),
    ],
)
def test_names_that_cannot_be_shown_are_refused(traces, names, message, fix):
    problem = refusal(traces, names)
    assert problem.path == "var_names"
    assert message in problem.message
    assert fix in problem.fix


def test_nothing_left_to_show_is_refused(make):
    trialwise = make({"v": np.zeros((2, 10, 100))})
    assert 'var_names=["v[0]"]' in refusal(trialwise, None).fix
    assert refusal(make({"v": np.zeros((2, 10))}), ["v", "~v"]).path == "var_names"
    assert refusal(make({"v": np.zeros((2, 10))}), "~v").message.endswith("~v")


def test_a_list_of_truths_must_fit(traces):
    problem = refusal(traces, ["a", "t"], truth=[1.0])
    assert (problem.path, problem.fix) == ("truth", 'give them by name, as in truth={"a": 1}')
    assert refusal(traces, "a", truth=[]).fix == "leave truth out"


def test_draws_that_are_not_finite_are_refused_by_name(make):
    broken = np.zeros((2, 10))
    broken[0, :3] = np.nan
    problem = refusal(make({"v": broken, "a": np.ones((2, 10))}), None)
    assert problem.path == "posterior.v"
    assert "3 of its draws" in problem.message
    assert labels(make({"v": broken, "a": np.ones((2, 10))}), "~v") == ["a"]


@pytest.mark.parametrize("thing", [3, "traces.nc", [1.0]])
def test_what_is_no_model_is_refused_by_its_type(thing):
    problem = refusal(thing, None)
    assert type(thing).__name__ in problem.message
    assert "model.traces" in problem.fix


def test_a_dataset_without_draws_is_refused():
    assert "chain" in refusal(xr.Dataset({"v": ("x", np.zeros(3))}), None).message

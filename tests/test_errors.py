"""Problems teach: what was found, where, what to type instead."""

import pickle

import pytest

from ssmkit.errors import Problem, SsmkitError, SsmkitWarning, did_you_mean, refuse, report, warn


def test_a_refusal_carries_its_problem_and_reads_as_a_sentence():
    with pytest.raises(SsmkitError) as caught:
        refuse("data.rt", "3 values are negative.", "drop them")
    assert caught.value.problems == (Problem("data.rt", "3 values are negative.", "drop them"),)
    assert str(caught.value) == "data.rt: 3 values are negative. To fix it: drop them"


def test_errors_are_raised_together_and_warnings_do_not_stop():
    bad, worse = Problem("a", "b", "c"), Problem("d", "e", "f")
    mild = Problem("g", "h", "i", "warning")
    with pytest.raises(SsmkitError) as caught:
        report([bad, mild, worse])
    assert caught.value.problems == (bad, worse)
    with pytest.warns(SsmkitWarning, match="g: h"):
        report([mild])


def test_an_error_survives_the_way_between_processes():
    error = SsmkitError([Problem("a", "b", "c")])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (again.problems, str(again)) == (error.problems, str(error))


def test_an_error_that_a_library_makes_anew_keeps_its_text():
    text = "a: b. To fix it: c\nApply node that caused the error: ..."
    again = pickle.loads(pickle.dumps(SsmkitError(text)))  # noqa: S301 - our own
    assert (again.problems, str(again)) == ((), text)


def test_a_warning_points_at_the_place_and_the_way_out():
    with pytest.warns(SsmkitWarning, match="z: it is free. To fix it: set z"):
        warn("z", "it is free", "set z=.5")


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("sigmma", " Did you mean 'sigma'?"), ("normal", " Did you mean 'Normal'?"), ("qqq", "")],
)
def test_the_nearest_option_is_offered_only_when_it_is_near(word, suggestion):
    assert did_you_mean(word, ["mu", "sigma", "Normal"]) == suggestion

import re
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config
from ssmkit.plots._conditional import accuracy_of_trials
from ssmkit.widgets import Explorer
from ssmkit.widgets.explored import by_strength
from ssmkit.widgets.explorer_conditional import bins, observed
from ssmkit.widgets.explorer_picture import VIEWS
from ssmkit.widgets.explorer_shown import Shown
from ssmkit.widgets.strength import strengths
from ssmkit.widgets.svg import written


def parts(builder, kind):
    found, waiting = [], [builder.widget]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if type(widget).__name__ == kind else []
        waiting += getattr(widget, "children", ())
    return found


def control(builder, label):
    boxes = [*parts(builder, "FloatText"), *parts(builder, "Dropdown")]
    return next(box for box in boxes if box.description == label)


def press(builder, label):
    next(x for x in parts(builder, "Button") if x.description == label).click()


def status(builder):
    return next(x.value for x in parts(builder, "HTML") if 'role="status"' in x.value)


def seen(builder):
    return "".join(ET.fromstring(builder.picture()).itertext())  # noqa: S314 - our own


@pytest.fixture(scope="module")
def trials():
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "rt": rng.gamma(3, 0.3, 200) + 0.3,
            "response": rng.choice([-1, 1], 200),
            "<b>": rng.choice(["x", "y"], 200),
        }
    )


def test_explore_is_the_explorer():
    found = ssmkit.explore("ddm", v=0.0, z=0.7)
    assert isinstance(found, Explorer)
    assert found.params == {"v": 0.0, "a": 1.2, "z": 0.7, "t": 0.3}
    assert "response 1 in 70 % of the trials" in found.words()


def test_every_method_is_a_step_that_can_be_taken_back(trials):
    builder = Explorer("ddm", trials, by="<b>")
    steps = [
        ("set", {"a": 1.6}),
        ("pin", {}),
        ("set", {"v": -1.0}),
        ("condition", {"name": "<b> = x"}),
        *(("view", {"name": name}) for name in [*VIEWS][::-1]),
        ("resample", {}),
        ("trade", {"param": "a"}),
        ("unpin", {}),
        ("challenge", {}),
        ("guess", {}),
        ("reveal", {}),
        ("choose", {"model": "angle"}),
        ("reset", {}),
    ]
    for name, arguments in steps:
        before, picture = builder.state, builder.picture()
        assert getattr(builder, name)(**arguments).state != before
        assert builder.picture()
        assert builder.undo().state == before
        assert builder.picture() == picture
        builder.redo()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(v=st.floats(-3, 3), a=st.floats(0.3, 2.5), view=st.sampled_from([*VIEWS]))
def test_the_order_of_edits_makes_no_difference_and_the_picture_is_of_the_state(v, a, view):
    one = Explorer().set(v=v).set(a=a).view(view)
    two = Explorer().view(view).set(a=a).set(v=v)
    assert one.state == two.state
    assert one.picture() == two.picture()


def test_controls_call_the_methods(trials):
    builder = Explorer("ddm", trials, by="<b>")
    control(builder, "a").value = 1.7
    assert builder.params["a"] == 1.7
    control(builder, "view").value = "cartoon"
    assert builder.state.view == "cartoon"
    control(builder, "condition").value = "<b> = y"
    assert "<b> = y" in builder.words()
    press(builder, "New paths")
    assert builder.state.seed == 1
    press(builder, "Trade-off")
    assert builder.state.pinned is not None
    press(builder, "Challenge")
    press(builder, "Guess")
    assert builder.score is not None
    press(builder, "Reveal")
    assert "They were" in builder.words()
    control(builder, "model").value = "angle"
    assert control(builder, "theta").value == pytest.approx(builder.params["theta"])


def test_what_is_refused_is_said_under_the_controls_and_raised_in_code():
    builder = Explorer()
    control(builder, "a").value = -1
    assert builder.params["a"] == 1.2
    assert "which it must lie in" in status(builder)
    for call, message in [
        (lambda: builder.set(a=-1), "must lie in"),
        (lambda: builder.set(b=1), "no parameter 'b'"),
        (lambda: builder.view("pie"), "no view"),
        (lambda: builder.condition("x"), "no condition"),
        (lambda: builder.trade("q"), "no 'q'"),
        (lambda: builder.challenge(3), "no riddle"),
        (builder.guess, "nothing is hidden"),
        (builder.reveal, "nothing is hidden"),
        (lambda: Explorer("dmm"), "Did you mean 'ddm'"),
    ]:
        with pytest.raises(SsmkitError, match=message):
            call()


def test_what_the_model_excludes_is_refused():
    with pytest.raises(SsmkitError, match="begin below 0"):
        Explorer("full_ddm").set(t=0.05)


def test_the_trade_off_is_hard_to_tell_from_what_it_was():
    builder = Explorer("ddm", v=0.8, a=1.2, z=0.5, t=0.3).trade("a")
    assert builder.params["a"] > 1.2
    assert builder.params["t"] < 0.3
    alone = Explorer("ddm", v=0.8, a=1.2, z=0.5, t=0.3).pin().set(a=builder.params["a"])
    needed, few = (
        float(re.search(r"([\d,]+) trials tell", one.words())[1].replace(",", ""))
        for one in (builder, alone)
    )
    assert needed > 2 * few


def test_a_challenge_has_a_score_and_keeps_its_secret_until_asked():
    builder = Explorer().challenge(200, random_seed=3)
    assert "grey: your data" in seen(builder)
    assert builder.score is None
    assert builder.guess().score < 100
    hidden = dict(zip("vazt", builder._hidden(builder.state), strict=True))
    assert "They were" not in builder.words()
    assert builder.set(**hidden).guess().score == 100
    assert "100 of 100 points" in builder.words()
    assert f"a = {hidden['a']:.3g}" in builder.reveal().words().split("They were")[1]
    other = Explorer().challenge(200, random_seed=3)
    assert builder._hidden(builder.state) == other._hidden(other.state)
    assert builder.challenge().state.riddle == (4, 300)


@pytest.mark.parametrize("view", VIEWS)
def test_data_and_what_is_pinned_are_beside_every_view(view, trials):
    builder = Explorer("ddm", trials).pin().set(a=1.7).view(view)
    assert "pinned" in seen(builder)
    assert "trials tell the two apart" in builder.words()
    assert seen(builder.unpin()).find("pinned") == -1


@pytest.mark.parametrize(
    ("model", "view", "words"),
    [
        ("lba2", "cartoon", "no path between two bounds"),
        ("ddm_seq2_no_bias", "psychometric", "No one drift"),
        ("ddm_seq2_no_bias", "chronometric", "No one drift"),
    ],
)
def test_a_view_that_a_model_does_not_have_is_spoken_of(model, view, words):
    assert words in seen(Explorer(model).view(view))


def test_another_model_keeps_what_it_shares():
    assert Explorer("ddm", a=1.7).choose("angle").params["a"] == 1.7
    assert Explorer("ddm", t=0.02).choose("full_ddm").params["t"] == 0.3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pd.DataFrame({"rt": [], "response": []}), "no rows"),
        (pd.DataFrame({"time": [1.0]}), "no columns rt and response"),
        ("data.csv", "no data frame"),
        (pd.DataFrame({"rt": [500.0, 600], "response": [1, -1]}), "milliseconds"),
        (pd.DataFrame({"rt": [0.5, 0.6], "response": [0, 2]}), "see code_responses"),
    ],
)
def test_data_that_cannot_be_shown_are_spoken_of(data, words):
    builder = Explorer(data=data)
    assert words in status(builder)
    assert builder.picture()


def test_names_of_conditions_are_escaped(trials):
    builder = Explorer("ddm", trials, by="<b>").condition("<b> = x")
    assert "<b>" not in builder._repr_html_()
    assert "<b>" not in builder.picture()


def test_two_explorers_know_nothing_of_each_other():
    one, two = Explorer(), Explorer()
    control(one, "v").value = 2
    assert two.params["v"] == 0.8


@pytest.mark.parametrize("model", ["ddm", "lba2", "race_no_bias_4"])
def test_the_strength_is_that_of_the_last_response_over_the_others(model):
    builder = Explorer(model).view("psychometric")
    config = get_config(model)
    found = strengths(config, builder.params)
    table = by_strength(model, builder.state.values, found)
    assert (np.diff(table.shares[:, -1]) > 0).all()
    np.testing.assert_allclose(table.shares.sum(axis=1), 1, atol=0.02)
    # The strength now is one of those that are drawn, and the model there is the model now.
    now = {name: builder.params[name] for name in found.drifts}
    (place,) = np.flatnonzero(
        np.all([np.isclose(found.drifts[k], x, atol=1e-9) for k, x in now.items()], axis=0)
    )
    np.testing.assert_allclose(
        table.shares[place], builder._table(model, builder.state.values).shares[0], rtol=1e-6
    )
    assert f"response {written(config.choices[-1])})" in seen(builder)
    assert found.label in seen(builder)


@pytest.mark.parametrize("change", [{"v2": 0.11, "v0": 1.2}, {"v2": 1.2, "v0": 0.1, "v1": 0.11}])
def test_no_strength_makes_a_drift_leave_its_bounds(change):
    builder = Explorer("lba3").set(**change)
    found = strengths(get_config("lba3"), builder.params)
    assert min(x.min() for x in found.drifts.values()) > 0
    sums = sum(found.drifts.values())
    np.testing.assert_allclose(sums, sums[0])


def test_the_share_in_a_fifth_of_the_times_is_that_of_simulated_trials():
    theta = {"v": 0.8, "a": 1.2, "z": 0.5, "t": 0.3, "sv": 1.0}
    builder = Explorer("ddm_sdv", **theta).view("accuracy")
    trials = ssmkit.simulate_data("ddm_sdv", theta, size=40_000, random_state=0, exact=True)
    time, share = accuracy_of_trials(trials[["rt", "response"]].to_numpy(), 1, 5)
    found = bins(builder._table("ddm_sdv", builder.state.values), 1)
    np.testing.assert_allclose(found[0], time, rtol=0.02)
    np.testing.assert_allclose(found[1], share, atol=0.015)
    # Drift that varies makes slow responses worse: the picture's words say so.
    fast, slow = re.search(r"is (\d+) % of the fastest.*and (\d+) %", builder.words()).groups()
    assert int(fast) > int(slow)


def test_a_delta_without_a_pin_compares_the_responses_and_with_one_the_settings(trials):
    builder = Explorer("ddm", z=0.5).view("delta")
    # With the start in the middle, both responses take as long.
    assert "Response \N{MINUS SIGN}1 is 0.000 s" in builder.words()
    builder.pin().set(t=0.4)
    assert (
        builder.words().count(
            "0.100 s slower than what is pinned at the .1 quantile, and 0.100 s slower"
        )
        == 2
    )
    assert "now minus pinned" in seen(builder)


def test_data_of_two_conditions_are_compared_in_a_delta(trials):
    builder = Explorer("ddm", trials, by="<b>").condition("<b> = x").view("delta")
    alone = builder.picture().count("<circle")
    builder.pin()
    assert "another condition than the pinned one" in seen(builder)
    builder.condition("<b> = y")
    rows = {label: own[own[:, 1] == 1, 0] for label, own in builder._trials.items()}
    deciles = np.linspace(0.1, 0.9, 9)
    expected = np.quantile(rows["<b> = y"], deciles) - np.quantile(rows["<b> = x"], deciles)
    shown = Shown(
        (-1, 1), 3.0, *[builder._table("ddm", builder.state.values)] * 2,
        builder._trials["<b> = y"], builder._trials["<b> = x"],
    )  # fmt: skip
    np.testing.assert_allclose(observed(shown)[1][1][1], expected)
    assert builder.picture().count("<circle") == 4 * 9 > alone

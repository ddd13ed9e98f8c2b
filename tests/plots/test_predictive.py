import numpy as np
import pandas as pd
import pytest

import ssmkit
from ssmkit import _compat
from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_predictive
from ssmkit.plots._predicted import groups, predicted
from ssmkit.plots.predictive import curves, heights_of


def test_bars_are_the_data_with_the_first_response_mirrored(plain):
    (panel,) = curves(plain, draws=4).panels
    signed = plain.data["rt"] * plain.data["response"]
    inside = signed.between(panel.edges[0], panel.edges[-1])
    counts = np.histogram(signed, panel.edges)[0]
    assert panel.observed == pytest.approx(counts / 200 / np.diff(panel.edges))
    assert np.sum(panel.observed * np.diff(panel.edges)) == pytest.approx(inside.mean())
    assert 0.0 in panel.edges
    assert [r.observed for r in panel.responses] == [
        (plain.data["response"] == code).mean() for code in (-1, 1)
    ]


def test_the_band_is_that_of_the_simulated_data_sets(plain):
    (panel,) = curves(plain, draws=20, random_seed=3).panels
    sets = plain.sample_posterior_predictive(plain.data, draws=10, random_seed=3)
    trials = sets["rt,response"].to_numpy().reshape(20, 200, 2)
    heights = [
        np.histogram(one[:, 0] * one[:, 1], panel.edges)[0] / 200 / np.diff(panel.edges)
        for one in trials
    ]
    assert panel.middle == pytest.approx(np.median(heights, axis=0))
    assert panel.low == pytest.approx(np.quantile(heights, 0.03, axis=0))
    upper = panel.responses[1]
    shares = (trials[..., 1] == 1).mean(axis=1)
    assert (upper.low, upper.high) == pytest.approx(tuple(np.quantile(shares, [0.03, 0.97])))


def test_a_model_predicts_data_of_its_own_making(plain):
    """Draws are near the truth: of about 40 bins, under a third leave their 94 % band."""
    (panel,) = curves(plain, draws=60).panels
    out = (panel.observed < panel.low) | (panel.observed > panel.high)
    assert out.mean() < 1 / 3


def test_a_picture_leaves_the_traces_as_they_were(plain):
    before = _compat.groups(plain.traces)
    plot_predictive(plain, draws=2)
    assert _compat.groups(plain.traces) == before


def test_conditions_have_panels_on_the_same_scales(regressed):
    figure = plot_predictive(regressed, by="x", draws=4)
    minus = "\N{MINUS SIGN}"
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [f"x = {minus}1", "x = 0", "x = 1"]
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    words = figure.axes[0].texts[0].get_text().split("\n")
    share = (regressed.data["response"][:80] == -1).mean()
    assert words[:2] == [f"response {minus}1", f"data {100 * share:.0f} %"]


def test_trials_without_data_are_predicted_alone(regressed):
    found = curves(regressed, data=pd.DataFrame({"x": np.zeros(30)}), draws=4)
    assert found.panels[0].observed is None
    assert found.panels[0].trials == 30


def test_trials_without_a_time_are_counted():
    trials = np.array([[0.5, -1], [1.5, 1], [np.nan, np.nan], [np.nan, 1]])
    assert heights_of(trials, {-1: -1, 1: 1}, np.array([-2.0, 0, 2])).tolist() == [0.125, 0.125]
    assert heights_of(trials, {1: 1}, np.array([0.0, 2.0])).tolist() == [0.125]


def test_many_trials_are_simulated_less_often(plain):
    many = pd.concat([plain.data] * 40)
    assert len(predicted(plain, many, None, 0)) == 12


def test_conditions_are_combinations_of_levels_in_their_order():
    levels = pd.Categorical(["slow", "fast", "slow"], ["slow", "fast", "none"])
    rows = pd.DataFrame({"speed": levels, "x": [1, 1, -2]})
    found = groups(rows, ["speed", "x"], 5)
    assert [label for label, _ in found] == [
        "speed = slow, x = \N{MINUS SIGN}2",
        "speed = slow, x = 1",
        "speed = fast, x = 1",
    ]
    assert [places.tolist() for _, places in found] == [[2], [0], [1]]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda m: plot_predictive(ssmkit.HSSM(m.data)), r"model\.sample\(\)"),
        (lambda m: plot_predictive(m.traces), "give the model itself"),
        (lambda m: plot_predictive(m, by="xx"), "Did you mean 'x'"),
        (lambda m: plot_predictive(m, by="who"), r"20 conditions.*isin\(\[0, 1, 2\]\)"),
        (lambda m: plot_predictive(m, data=m.data.head(0)), "no trials"),
        (lambda m: plot_predictive(m, draws=1000), "500 draws are asked of 60"),
    ],
)
def test_what_cannot_be_shown_is_refused(ask, answer, regressed):
    with pytest.raises(SsmkitError, match=answer):
        ask(regressed)


def test_they_are_public():
    assert ssmkit.plot_predictive is plot_predictive

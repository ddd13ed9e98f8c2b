import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_quantile_probability
from ssmkit.plots.quantile_probability import curves, summary


def test_points_are_shares_and_quantiles_of_the_data(regressed):
    found = curves(regressed.data, by="x")
    assert [(cell.condition[4:], cell.code) for cell in found.cells][-2:] == [("1", -1), ("1", 1)]
    for cell in found.cells:
        x = float(cell.condition[4:].replace("\N{MINUS SIGN}", "-"))
        rows = regressed.data[regressed.data["x"] == x]
        own = rows.loc[rows["response"] == cell.code, "rt"]
        assert cell.observed[0] == pytest.approx(len(own) / 80)
        if len(own) >= 5:
            assert cell.observed[1:] == pytest.approx(own.quantile([0.1, 0.3, 0.5, 0.7, 0.9]))
        else:
            assert np.isnan(cell.observed[1:]).all()


def test_crosses_are_intervals_of_what_is_predicted(plain):
    found = curves(plain, draws=20, quantiles=[0.5], random_seed=2)
    sets = plain.sample_posterior_predictive(plain.data, draws=10, random_seed=2)
    trials = sets["rt,response"].to_numpy().reshape(20, 200, 2)
    medians = [np.median(one[one[:, 1] == 1, 0]) for one in trials]
    shares = (trials[..., 1] == 1).mean(axis=1)
    tails = [0.03, 0.5, 0.97]
    assert found.cells[1].predicted == pytest.approx(
        np.stack([np.quantile(shares, tails), np.quantile(medians, tails)], axis=1)
    )


def test_few_responses_have_a_share_and_no_quantiles():
    trials = np.array([[[0.4, 1], [0.5, 1], [0.6, 1], [0.7, 1], [np.nan, 1], [0.9, -1]]])
    assert summary(trials, 1, [0.5])[0, 0] == pytest.approx(5 / 6)
    assert np.isnan(summary(trials, 1, [0.5])[0, 1])


def test_a_picture_says_what_its_marks_are(regressed):
    figure = plot_quantile_probability(regressed, by="level", draws=10)
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    minus = "\N{MINUS SIGN}"
    assert words == [
        "level = high",
        "level = low",
        "level = middle",
        f"response {minus}1",
        "response 1",
    ]
    axes = figure.axes[0]
    assert axes.get_xlabel() == "probability of the response"
    assert axes.get_ylabel().endswith("(s)")
    assert "quantiles .1, .3, .5, .7, .9" in figure._supxlabel.get_text().replace("\n", " ")


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda m: plot_quantile_probability(m.data, quantiles=(10, 50)), "between 0 and 1"),
        (lambda m: plot_quantile_probability(m.data[["x"]]), "no columns rt and response"),
        (lambda m: plot_quantile_probability(m, by="who"), "room for 10"),
    ],
)
def test_what_cannot_be_shown_is_refused(ask, answer, regressed):
    with pytest.raises(SsmkitError, match=answer):
        ask(regressed)

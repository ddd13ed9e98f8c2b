import pandas as pd
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_compare
from ssmkit.plots.compare import curves

TABLE = pd.DataFrame(
    {
        "elpd": [-92.0, -80.0, -95.0],
        "elpd_diff": [12.0, 0.0, 15.0],
        "diff_se": [4.0, 0.0, 6.0],
        "weight": [0.1, 0.9, 0.0],
        "bad_k": [0.0, 0.0, 0.02],
    },
    index=["angle", "ddm", "null"],
)


def test_models_are_in_their_order_and_behind_the_best():
    found = curves(TABLE)
    assert found.names == ("ddm", "angle", "null")
    assert found.difference.tolist() == [0.0, -12.0, -15.0]
    assert found.error.tolist() == [0.0, 4.0, 6.0]


def test_lines_are_one_and_two_standard_errors():
    axes = plot_compare(TABLE).axes[0]
    thin, thick = (lines.get_segments()[1][:, 0].tolist() for lines in axes.collections[:2])
    assert (thin, thick) == ([-20.0, -4.0], [-16.0, -8.0])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["ddm", "angle", "null"]
    assert axes.child_axes[0].get_yticklabels()[0].get_text() == "0.90"


def test_models_that_are_not_to_be_relied_on_are_named():
    words = plot_compare(TABLE)._supxlabel.get_text().replace("\n", " ")
    assert "large Pareto k: null (2 %)" in words
    calm = plot_compare(TABLE.drop(index="null"))._supxlabel.get_text()
    assert "Pareto" not in calm


@pytest.mark.parametrize("given", [{"ddm": 1}, TABLE.drop(columns="weight")], ids=["dict", "part"])
def test_what_is_no_comparison_is_refused(given):
    with pytest.raises(SsmkitError, match=r"ssmkit\.compare"):
        plot_compare(given)

import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_correlation
from ssmkit.plots.correlation import curves


def test_the_matrix_is_numpys(traces, draws):
    found = curves(traces, var_names=["a", "t", "theta"])
    assert found.labels == ("a", "t", "theta")
    stacked = np.stack([draws[name].ravel() for name in found.labels])
    np.testing.assert_allclose(found.matrix, np.corrcoef(stacked), atol=1e-12)


def test_cells_carry_their_numbers_below_the_diagonal(traces):
    axes = plot_correlation(traces, var_names=["a", "t", "theta"]).axes[0]
    matrix = curves(traces, var_names=["a", "t", "theta"]).matrix
    shown = {
        tuple(map(int, text.get_position())): text.get_text().replace("\N{MINUS SIGN}", "-")
        for text in axes.texts
    }
    assert {place: float(text) for place, text in shown.items()} == {
        (0, 0): round(matrix[1, 0], 2),
        (0, 1): round(matrix[2, 0], 2),
        (1, 1): round(matrix[2, 1], 2),
    }
    assert [label.get_text() for label in axes.get_yticklabels()] == ["t", "theta"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["a", "t"]


def test_a_value_that_never_changes_has_an_empty_cell(make):
    values = np.random.default_rng(0).normal(size=(2, 50))
    traces = make({"v": values, "a": np.ones((2, 50))})
    assert np.isnan(curves(traces).matrix[1, 0])
    assert [text.get_text() for text in plot_correlation(traces).axes[0].texts] == [""]


def test_one_value_alone_is_refused(traces):
    with pytest.raises(SsmkitError, match="name two or more"):
        plot_correlation(traces, var_names="a")

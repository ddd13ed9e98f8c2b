import arviz as az
import numpy as np
import pytest
from matplotlib.collections import PathCollection

from ssmkit.plots import plot_forest
from ssmkit.plots.forest import curves


@pytest.mark.parametrize("combined", [True, False])
def test_intervals_are_those_of_the_chains_apart_or_together(traces, draws, combined):
    found = curves(traces, combined=combined)
    assert [len(variable) for variable in found.variables] == [1] * 5 + [15]
    row = found.variables[5][3]
    own = draws["v_1|participant_id"][..., 3]
    lines = own.reshape(1, -1) if combined else own
    assert row.label == "v_1|participant_id[s04]"
    np.testing.assert_allclose(row.means, lines.mean(axis=1))
    np.testing.assert_allclose(row.outer, [az.hdi(line, 0.94) for line in lines])
    np.testing.assert_allclose(row.inner, [az.hdi(line, 0.5) for line in lines])


@pytest.mark.parametrize(("combined", "lines"), [(True, 1), (False, 4)])
def test_every_value_has_a_row_and_every_chain_a_line(traces, combined, lines):
    axes = plot_forest(traces, combined=combined, truth={"a": 1.5}).axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(labels) == 20
    assert labels[:2] == ["v_Intercept", "a"]
    means = [dots for dots in axes.collections if isinstance(dots, PathCollection)]
    assert [len(dots.get_offsets()) for dots in means] == [lines] * 20
    truths = [line for line in axes.lines if line.get_color() == "#d55e00"]
    assert [line.get_xdata()[0] for line in truths] == [1.5]


def test_the_first_value_is_on_top(traces):
    axes = plot_forest(traces).axes[0]
    bottom, top = axes.get_ylim()
    assert bottom > top

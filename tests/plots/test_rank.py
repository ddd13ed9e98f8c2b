import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_rank
from ssmkit.plots._numbers import rank_counts
from ssmkit.plots.rank import curves


def test_counts_are_those_of_each_value_and_sum_to_its_draws(traces, draws):
    panels = {panel.name: panel for panel in curves(traces, bins=10).panels}
    np.testing.assert_array_equal(panels["a"].counts[0], rank_counts(draws["a"], 10))
    assert panels["v_1|participant_id"].counts.shape == (15, 4, 10)
    for panel in panels.values():
        assert (panel.counts.sum(axis=2) == 1000).all()


def test_the_truth_is_where_its_rank_is(traces, draws):
    panel = curves(traces, var_names="a", truth={"a": 1.52}).panels[0]
    assert panel.truth == (draws["a"] < 1.52).mean()
    axes = plot_rank(traces, var_names="a", truth={"a": 1.52}).axes[0]
    assert axes.lines[-1].get_xdata()[0] == panel.truth


def test_bars_are_as_high_as_their_counts(traces, draws):
    axes = plot_rank(traces, var_names="a").axes[0]
    heights = np.reshape([bar.get_height() for bar in axes.patches], (4, 20))
    counts = rank_counts(draws["a"], 20)
    np.testing.assert_allclose(heights / heights[0, 0], counts / counts[0, 0])


def test_a_chain_that_sits_apart_stays_in_its_row(make):
    values = np.random.default_rng(0).normal(size=(4, 500))
    values[2] += 20
    axes = plot_rank(make({"v": values})).axes[0]
    for bar in axes.patches:
        assert bar.get_height() <= 0.92 + 1e-9


def test_a_single_bin_is_refused(traces):
    with pytest.raises(SsmkitError, match="bins=20"):
        plot_rank(traces, bins=1)

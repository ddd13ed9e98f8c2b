import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_trace
from ssmkit.plots.trace import curves

TRUTH = "#d55e00"


def test_a_trace_is_every_nth_draw_of_its_chain(traces, draws):
    row = curves(traces, var_names="a").rows[0]
    assert row.by_chain
    np.testing.assert_array_equal(row.draws, draws["a"][:, :: row.step])
    assert len(row.densities) == 4


def test_short_traces_are_whole(make):
    values = np.random.default_rng(0).normal(size=(2, 100))
    row = curves(make({"v": values})).rows[0]
    np.testing.assert_array_equal(row.draws, values)


def test_a_variable_of_several_values_is_one_row(traces, draws):
    row = curves(traces, var_names="v_1|participant_id").rows[0]
    assert not row.by_chain
    assert len(row.densities) == 15
    own = np.moveaxis(draws["v_1|participant_id"], -1, 0)[:, :, :: row.step]
    np.testing.assert_array_equal(row.draws, own.reshape(60, -1))


def test_rows_show_densities_traces_truth_and_divergences(traces, diverging):
    figure = plot_trace(traces, var_names=["a", "t"], truth={"a": 1.5})
    (a_left, a_right), (t_left, t_right) = np.reshape(figure.axes, (2, 2))
    assert a_left.get_title(loc="left") == "a"
    assert [line.get_color() for line in a_left.lines].count(TRUTH) == 1
    assert [line.get_color() for line in a_right.lines].count(TRUTH) == 1
    assert TRUTH not in [line.get_color() for line in t_left.lines]
    ticks = t_right.lines[-1].get_xdata()
    np.testing.assert_array_equal(ticks, np.flatnonzero(diverging.any(axis=0)))
    assert "divergent" in figure._supxlabel.get_text()


def test_the_axis_counts_draws_not_points(traces):
    line = plot_trace(traces, var_names="a").axes[1].lines[0]
    step = curves(traces, var_names="a").rows[0].step
    np.testing.assert_array_equal(line.get_xdata(), np.arange(0, 1000, step))


def test_rank_bars_take_the_place_of_traces(traces):
    figure = plot_trace(traces, var_names="a", kind="rank")
    assert len(figure.axes[1].patches) == 4 * 20


def test_an_unknown_kind_is_refused(traces):
    with pytest.raises(SsmkitError, match="Did you mean 'rank'"):
        plot_trace(traces, kind="ranks")


def test_a_stuck_chain_does_not_flatten_the_others(make):
    values = np.random.default_rng(0).normal(size=(4, 500))
    values[3] = 0.2
    values[3, 0] = 0.21
    traces = make({"v": values})
    heights = [height.max() for _, height in curves(traces).rows[0].densities]
    assert heights[3] > 20 * max(heights[:3])
    assert plot_trace(traces).axes[0].get_ylim()[1] < 5 * max(heights[:3])

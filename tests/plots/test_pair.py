import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.plots import plot_pair
from ssmkit.plots._numbers import density_2d, levels
from ssmkit.plots.pair import MASSES, curves

NAMES = ["a", "t", "theta"]


def test_pairs_are_the_joint_densities_of_their_draws(traces, draws, diverging):
    found = curves(traces, var_names=NAMES)
    assert sorted(found.pairs) == [(1, 0), (2, 0), (2, 1)]
    x, y, z = density_2d(draws["a"].ravel(), draws["theta"].ravel())
    pair = found.pairs[2, 0]
    np.testing.assert_array_equal(pair.x, x)
    np.testing.assert_array_equal(pair.y, y)
    np.testing.assert_array_equal(pair.z, z)
    np.testing.assert_array_equal(pair.levels, levels(z, MASSES))
    np.testing.assert_array_equal(found.divergent, np.flatnonzero(diverging))


@pytest.mark.parametrize(("marginals", "panels"), [(True, 6), (False, 3)])
@pytest.mark.parametrize("kind", ["kde", "scatter"])
def test_only_the_lower_triangle_is_there(traces, kind, marginals, panels):
    figure = plot_pair(traces, var_names=NAMES, kind=kind, marginals=marginals)
    assert len(figure.axes) == panels
    assert {axes.get_xlabel() for axes in figure.axes} - {""} == set(NAMES[: 3 - (not marginals)])
    assert {axes.get_ylabel() for axes in figure.axes} - {""} == {"t", "theta"}


def test_truth_and_divergences_are_where_they_belong(traces, draws, diverging):
    figure = plot_pair(traces, var_names=["a", "t"], truth={"a": 1.5, "t": 0.3})
    panel = next(axes for axes in figure.axes if axes.get_ylabel() == "t")
    crosses, at_x, at_y, square = panel.lines
    np.testing.assert_array_equal(crosses.get_xdata(), draws["a"][diverging])
    np.testing.assert_array_equal(crosses.get_ydata(), draws["t"][diverging])
    assert at_x.get_xdata()[0] == 1.5
    assert at_y.get_ydata()[0] == 0.3
    assert (square.get_xdata()[0], square.get_ydata()[0]) == (1.5, 0.3)


def test_a_truth_far_from_the_draws_is_in_the_picture(traces):
    figure = plot_pair(traces, var_names=["a", "t"], truth={"a": 3.0})
    panel = next(axes for axes in figure.axes if axes.get_ylabel() == "t")
    assert panel.get_xlim()[1] > 3.0


@pytest.mark.parametrize(
    ("names", "kind", "message"),
    [("a", "kde", "name two or more"), (NAMES, "kd", "Did you mean 'kde'")],
)
def test_what_makes_no_pair_plot_is_refused(traces, names, kind, message):
    with pytest.raises(SsmkitError, match=message):
        plot_pair(traces, var_names=names, kind=kind)

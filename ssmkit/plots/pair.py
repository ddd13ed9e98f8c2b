"""How parameters go together in the posterior: densities of each and of each pair."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.plots._numbers import density, density_2d, levels
from ssmkit.plots._select import Column, Names, Truth, select

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 8
MASSES = (0.94, 0.75, 0.5, 0.25)
# Points of a scatter plot; more hide each other.
POINTS = 600


@dataclass(frozen=True)
class Pair:
    """Density ``z`` of two parameters on a grid, and the heights that hold ``MASSES`` of it."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    levels: np.ndarray


@dataclass(frozen=True)
class PairPlot:
    """Columns, marginal densities, the pairs below the diagonal, and the divergent draws."""

    columns: tuple[Column, ...]
    marginals: tuple[tuple[np.ndarray, np.ndarray], ...]
    pairs: dict[tuple[int, int], Pair]
    divergent: np.ndarray
    note: str


def plot_pair(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    kind: Literal["kde", "scatter"] = "kde",
    marginals: bool = True,
) -> "Figure":
    """Show the posterior of each pair of parameters.

    Parameters
    ----------
    model_or_traces
        A sampled model, or its traces.
    var_names
        Variables (``"v"``), single values (``"v[3]"``) or exceptions (``"~v"``); by default
        the smallest variables that there is room for.
    truth
        Reference values: a dict by name, or a number or list in the order of the plot. Entries
        that are not in the posterior are ignored.
    kind
        ``"kde"``: regions that hold 25, 50, 75 and 94 % of the density; ``"scatter"``: draws.
    marginals
        Whether each parameter's own density is on the diagonal.

    Returns
    -------
    Figure
        The lower triangle of all pairs. Divergent draws are black crosses.

    Raises
    ------
    SsmkitError
        When there are no draws, a name is unknown, ``kind`` is, or fewer than two values are shown.

    Notes
    -----
    Gaussian kernels with the covariance of the draws (Scott, 1992).

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(2, 4, 500))
    >>> data = {name: (("chain", "draw"), draws[i]) for i, name in enumerate("va")}
    >>> len(plot_pair(xr.Dataset(data), truth={"v": 0.0}).axes)
    3
    """
    if kind not in {"kde", "scatter"}:
        near = did_you_mean(kind, ["kde", "scatter"])
        refuse("kind", f"there is no kind '{kind}'.{near}", "type kind='kde' or kind='scatter'")
    numbers = curves(model_or_traces, var_names=var_names, truth=truth)
    return draw(numbers, kind, marginals=marginals)


def curves(model_or_traces: Any, *, var_names: Names = None, truth: Truth = None) -> PairPlot:
    """Return the numbers that :func:`plot_pair` draws; constants have no pair densities."""
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    columns = shown.columns
    if len(columns) < 2:
        refuse("var_names", f"'{columns[0].label}' alone makes no pair", "name two or more")
    flat = [column.draws.ravel() for column in columns]
    margins = tuple(density(draws) for draws in flat)
    pairs = {
        (row, column): _pair(flat[column], flat[row])
        for row in range(1, len(columns))
        for column in range(row)
        if np.ptp(margins[row][0]) > 0 and np.ptp(margins[column][0]) > 0
    }
    return PairPlot(columns, margins, pairs, np.flatnonzero(shown.diverging), shown.note)


def _pair(x: np.ndarray, y: np.ndarray) -> Pair:
    grid_x, grid_y, z = density_2d(x, y)
    return Pair(grid_x, grid_y, z, levels(z, MASSES))


def draw(
    plot: PairPlot, kind: Literal["kde", "scatter"] = "kde", *, marginals: bool = True
) -> "Figure":
    """Draw the lower triangle; panels of a column share x, panels of a row share y."""
    from ssmkit.plots import _style

    start = 0 if marginals else 1
    count = len(plot.columns) - start
    side = min(1.7, 7.6 / count)
    with _style.picture(side * count + 0.6, side * count + 0.7) as figure:
        grid = figure.subplots(count, count, squeeze=False)
        for (i, j), axes in np.ndenumerate(grid):
            row, column = i + start, j
            if row < column or (row == column and not marginals):
                axes.remove()
                continue
            if row == column:
                _marginal(axes, plot, column)
            else:
                _pair_panel(axes, plot, row, column, kind)
            _edges(axes, plot, row, column, side)
        figure.align_labels()
        _style.legend(figure, truth=any(c.truth is not None for c in plot.columns))
        _style.footnote(
            figure,
            "Regions hold 25, 50, 75 and 94 % of the posterior." if kind == "kde" else "",
            f"Crosses: {plot.divergent.size} divergent draws." if plot.divergent.size else "",
            plot.note,
        )
    return figure


def _marginal(axes: "Axes", plot: PairPlot, column: int) -> None:
    from ssmkit.plots import _style

    x, height = plot.marginals[column]
    axes.fill_between(x, height, color=_style.TINTS[0], lw=0)
    axes.plot(x, height, color=_style.BLUE, lw=1.4)
    truth = plot.columns[column].truth
    if truth is not None:
        axes.axvline(truth, color=_style.TRUTH, lw=1.2)
    axes.set_ylim(bottom=0)
    _style.bare(axes)


def _pair_panel(axes: "Axes", plot: PairPlot, row: int, column: int, kind: str) -> None:
    from ssmkit.plots import _style

    x, y = plot.columns[column], plot.columns[row]
    pair = plot.pairs.get((row, column))
    if kind == "kde" and pair is not None:
        heights = np.unique([*pair.levels, pair.z.max()])
        tints = _style.TINTS[-(len(heights) - 1) :]
        axes.contourf(pair.x, pair.y, pair.z.T, levels=heights, colors=tints)
    else:
        step = -(-x.draws.size // POINTS)
        axes.plot(x.draws.ravel()[::step], y.draws.ravel()[::step], ".", color=_style.BLUE, ms=2)
    if plot.divergent.size:
        places = [c.draws.ravel()[plot.divergent] for c in (x, y)]
        axes.plot(*places, "x", color=_style.DIVERGENT, ms=4, mew=1)
    if x.truth is not None:
        axes.axvline(x.truth, color=_style.TRUTH, lw=1)
    if y.truth is not None:
        axes.axhline(y.truth, color=_style.TRUTH, lw=1)
    if x.truth is not None and y.truth is not None:
        axes.plot(x.truth, y.truth, "s", color=_style.TRUTH, ms=4)


def _edges(axes: "Axes", plot: PairPlot, row: int, column: int, side: float) -> None:
    """Name and scale each column at the bottom and each row at the left, once."""
    from ssmkit.plots import _style

    axes.locator_params(nbins=3)
    if side < 1.3:
        axes.tick_params(axis="x", labelrotation=45)
    axes.set_xlim(_limits(plot, column))
    if row != column:
        axes.set_ylim(_limits(plot, row))
    if row == len(plot.columns) - 1:
        axes.set_xlabel(_style.wrapped(plot.columns[column].label, int(13 * side)))
    else:
        axes.tick_params(labelbottom=False)
    if column == 0 and row != column:
        axes.set_ylabel(_style.wrapped(plot.columns[row].label, int(13 * side)))
    elif row != column:
        axes.tick_params(labelleft=False)


def _limits(plot: PairPlot, column: int) -> tuple[float, float]:
    """Return a range that has the draws, but for the last in a thousand, and the truth in it."""
    draws, truth = plot.columns[column].draws, plot.columns[column].truth
    low, high = np.percentile(draws, [0.1, 99.9])
    if truth is not None:
        low, high = min(low, truth), max(high, truth)
    margin = 0.05 * (high - low) or 0.5
    return low - margin, high + margin

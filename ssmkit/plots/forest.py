"""All parameters on one scale: means and intervals, chains apart or together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.plots._numbers import hdi
from ssmkit.plots._select import Column, Names, Truth, select

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 60


@dataclass(frozen=True)
class Interval:
    """One value: means ``(line,)``, outer and inner intervals ``(line, 2)``, and truth."""

    label: str
    means: np.ndarray
    outer: np.ndarray
    inner: np.ndarray
    truth: float | None


@dataclass(frozen=True)
class Forest:
    """Intervals of each variable, top to bottom; a line a chain unless combined."""

    variables: tuple[tuple[Interval, ...], ...]
    mass: float
    combined: bool
    note: str


def plot_forest(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    combined: bool = False,
    hdi_prob: float = 0.94,
) -> "Figure":
    """Show means and intervals of all parameters on one scale.

    Parameters
    ----------
    model_or_traces
        A sampled model, or its traces.
    var_names
        Variables (``"v"``), single values (``"v[3]"``) or exceptions (``"~v"``); by default
        all but trial-wise ones.
    truth
        Reference values: a dict by name, or a number or list in the order of the plot. Entries
        that are not in the posterior are ignored.
    combined
        Whether the chains make one interval; else each has its own.
    hdi_prob
        Posterior mass of the thin line. The thick line holds half of the draws.

    Returns
    -------
    Figure
        One row a value.

    Raises
    ------
    SsmkitError
        When there are no draws, or a name is unknown.

    Notes
    -----
    Intervals are highest-density intervals (Chen & Shao, 1999).

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(4, 500))
    >>> len(plot_forest(xr.Dataset({"v": (("chain", "draw"), draws)}), combined=True).axes)
    1
    """
    numbers = curves(
        model_or_traces, var_names=var_names, truth=truth, combined=combined, hdi_prob=hdi_prob
    )
    return draw(numbers)


def curves(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    combined: bool = False,
    hdi_prob: float = 0.94,
) -> Forest:
    """Return the numbers that :func:`plot_forest` draws."""
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    variables = tuple(
        tuple(_interval(column, hdi_prob, combined=combined) for column in variable.columns)
        for variable in shown.variables
    )
    return Forest(variables, hdi_prob, combined, shown.note)


def _interval(column: Column, mass: float, *, combined: bool) -> Interval:
    lines = column.draws.reshape(1, -1) if combined else column.draws
    return Interval(
        column.label,
        lines.mean(axis=1),
        np.array([hdi(line, mass) for line in lines]),
        np.array([hdi(line, 0.5) for line in lines]),
        column.truth,
    )


def draw(forest: Forest) -> "Figure":
    """Draw a row a value; bands set variables of several values apart."""
    from ssmkit.plots import _style

    rows = [row for variable in forest.variables for row in variable]
    lines = len(rows[0].means)
    row_height = max(0.22, 0.085 * lines)
    with _style.picture(6.4, row_height * len(rows) + 0.95) as figure:
        axes = figure.subplots()
        top = 0
        for i, variable in enumerate(forest.variables):
            if i % 2:
                axes.axhspan(top - 0.5, top + len(variable) - 0.5, color="#f4f6f8", lw=0, zorder=0)
            for row in variable:
                _row(axes, row, top)
                top += 1
        axes.set_ylim(top - 0.5, -0.5)
        low, high = axes.get_xlim()
        if low < 0 < high:
            axes.axvline(0, color=_style.LINE, lw=0.8, zorder=0.5)
        axes.set_yticks(range(top), [row.label for row in rows], color=_style.INK)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        known = any(row.truth is not None for row in rows)
        _style.legend(figure, chains=0 if forest.combined else lines, truth=known)
        _style.footnote(
            figure,
            f"Mean, 50 % and {100 * forest.mass:g} % highest-density intervals.",
            forest.note,
        )
    return figure


def _row(axes: "Axes", row: Interval, top: int) -> None:
    from ssmkit.plots import _style

    lines = len(row.means)
    places = top + (np.arange(lines) - (lines - 1) / 2) * 0.72 / lines
    colours = [_style.CHAINS[i % len(_style.CHAINS)] for i in range(lines)]
    axes.hlines(places, *row.outer.T, colors=colours, lw=1.0)
    axes.hlines(places, *row.inner.T, colors=colours, lw=2.6)
    axes.scatter(row.means, places, s=16, c=_style.PAPER, edgecolors=colours, lw=1.2, zorder=3)
    if row.truth is not None:
        axes.plot((row.truth,) * 2, (top - 0.42, top + 0.42), color=_style.TRUTH, lw=1.8, zorder=4)

"""Which parameters trade off: correlations of the posterior draws."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.plots._select import Names, Truth, select

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROOM = 12


@dataclass(frozen=True)
class Correlation:
    """Labels and the matrix of correlations; NaN where a draw never changes."""

    labels: tuple[str, ...]
    matrix: np.ndarray
    note: str


def plot_correlation(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
) -> "Figure":
    """Show the correlations of the posterior draws as an annotated heat map.

    Parameters
    ----------
    model_or_traces
        A sampled model, or its traces.
    var_names
        Variables (``"v"``), single values (``"v[3]"``) or exceptions (``"~v"``); by default
        the smallest variables that there is room for.
    truth
        Taken as every plot takes it, so that all can be called alike; correlations of draws have
        no true value, and nothing is drawn.

    Returns
    -------
    Figure
        The lower triangle of the matrix.

    Raises
    ------
    SsmkitError
        When there are no draws, a name is unknown, or fewer than two values are shown.

    Notes
    -----
    Pearson correlations of the draws of all chains together.

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(2, 4, 500))
    >>> data = {name: (("chain", "draw"), draws[i]) for i, name in enumerate("va")}
    >>> len(plot_correlation(xr.Dataset(data)).axes)
    1
    """
    return draw(curves(model_or_traces, var_names=var_names, truth=truth))


def curves(model_or_traces: Any, *, var_names: Names = None, truth: Truth = None) -> Correlation:
    """Return the numbers that :func:`plot_correlation` draws."""
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    labels = tuple(column.label for column in shown.columns)
    if len(labels) < 2:
        refuse("var_names", f"'{labels[0]}' alone has no correlation", "name two or more")
    draws = np.stack([column.draws.ravel() for column in shown.columns])
    with np.errstate(divide="ignore", invalid="ignore"):
        return Correlation(labels, np.corrcoef(draws), shown.note)


def draw(correlation: Correlation) -> "Figure":
    """Draw the lower triangle, each cell with its number."""
    from matplotlib.colors import LinearSegmentedColormap

    from ssmkit.plots import _style

    count = len(correlation.labels) - 1
    colours = LinearSegmentedColormap.from_list(
        "sign", ["#0a5a94", "#8fbfdd", "#f7f7f5", "#efae85", "#b84a00"]
    )
    cell = 0.62 if count < 10 else 0.4
    with _style.picture(max(cell * count + 1.9, 3.2), cell * count + 0.9) as figure:
        axes = figure.subplots()
        lower = np.where(np.tri(count, dtype=bool), correlation.matrix[1:, :-1], np.nan)
        axes.imshow(lower, cmap=colours, vmin=-1, vmax=1)
        for row, column in zip(*np.tril_indices(count), strict=True):
            value = lower[row, column]
            axes.text(
                column,
                row,
                "" if np.isnan(value) else _style.number(value, 2),
                ha="center",
                va="center",
                fontsize=9 if count < 10 else 7,
                color=_style.PAPER if abs(value) > 0.7 else _style.INK,
            )
        names = [_style.wrapped(label, 16) for label in correlation.labels]
        axes.set_xticks(range(count), names[:-1], color=_style.INK)
        axes.set_yticks(range(count), names[1:], color=_style.INK)
        if max(map(len, names[:-1])) > 6:
            axes.tick_params(axis="x", labelrotation=40)
            for label in axes.get_xticklabels():
                label.set(ha="right", rotation_mode="anchor")
        axes.set_xticks(np.arange(count + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(count + 1) - 0.5, minor=True)
        axes.grid(which="minor", color=_style.PAPER, lw=2)
        axes.tick_params(which="both", length=0)
        axes.spines[:].set_visible(False)
        _style.footnote(figure, "Correlation of the posterior draws.", correlation.note)
    return figure

"""Which model predicts best, and how surely: differences of left-out log densities."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROOM = 40
NEEDED = ("elpd", "elpd_diff", "diff_se", "weight", "bad_k")


@dataclass(frozen=True)
class ComparePlot:
    """Models, the best first: how far each is from it (0 or below), standard errors, weights."""

    names: tuple[str, ...]
    difference: np.ndarray
    error: np.ndarray
    elpd: np.ndarray
    weight: np.ndarray
    bad_k: np.ndarray


def plot_compare(comparison: Any) -> "Figure":
    """Show how far each model is behind the best, with standard errors.

    Parameters
    ----------
    comparison
        The table that :func:`ssmkit.compare` returned.

    Returns
    -------
    Figure
        A row a model, the best on top.

    Raises
    ------
    SsmkitError
        When it is no such table.

    Notes
    -----
    The standard error is that of the difference, over trials, and not of either model by itself:
    the trials are the same (Vehtari, Gelman and Gabry, 2017).

    Examples
    --------
    >>> import pandas as pd
    >>> table = {"elpd": [-80.0, -92.0], "elpd_diff": [0.0, 12.0], "diff_se": [0.0, 4.0]}
    >>> table |= {"weight": [0.9, 0.1], "bad_k": [0.0, 0.0]}
    >>> len(plot_compare(pd.DataFrame(table, index=["ddm", "angle"])).axes)
    1
    """
    return draw(curves(comparison))


def curves(comparison: Any) -> ComparePlot:
    """Return the numbers that :func:`plot_compare` draws."""
    columns = set(getattr(comparison, "columns", ()))
    if not set(NEEDED) <= columns:
        refuse(
            "comparison",
            f"a {type(comparison).__name__} is no comparison of models",
            'type plot_compare(ssmkit.compare({"ddm": one, "angle": two}))',
        )
    if len(comparison) > ROOM:
        refuse("comparison", f"{len(comparison)} models are too many", "show comparison.head(20)")
    table = comparison.sort_values("elpd", ascending=False, kind="stable")
    elpd, behind, error, weight, bad = (table[name].to_numpy(float) for name in NEEDED)
    return ComparePlot(tuple(map(str, table.index)), -behind, error, elpd, weight, bad)


def draw(plot: ComparePlot) -> "Figure":
    """Draw a row a model: difference with one and two standard errors, and its weight."""
    from ssmkit.plots import _style

    count = len(plot.names)
    rows = np.arange(count)
    with _style.picture(6.4, 0.34 * count + 1.15) as figure:
        axes = figure.subplots()
        axes.axvline(0, color=_style.LINE, lw=0.9, zorder=0.5)
        for width, errors in ((1.0, 2), (2.8, 1)):
            ends = plot.difference - errors * plot.error, plot.difference + errors * plot.error
            axes.hlines(rows, *ends, color=_style.BLUE, lw=width)
        axes.scatter(
            plot.difference, rows, s=26, c=_style.PAPER, edgecolors=_style.BLUE, lw=1.3, zorder=3
        )
        axes.set_ylim(count - 0.5, -0.5)
        axes.margins(x=0.06)
        axes.set_yticks(rows, [_style.wrapped(name, 30) for name in plot.names], color=_style.INK)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("elpd, difference to the best model")
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:g}".replace("-", "\N{MINUS SIGN}"))
        beside = axes.secondary_yaxis("right")
        beside.set_yticks(rows, [f"{weight:.2f}" for weight in plot.weight])
        beside.tick_params(length=0)
        beside.spines["right"].set_visible(False)
        axes.set_title("weight", loc="right", fontweight="normal", fontsize=8, color=_style.SOFT)
        bad = [f"{n} ({100 * k:.2g} %)" for n, k in zip(plot.names, plot.bad_k, strict=True) if k]
        _style.footnote(
            figure,
            "Log density of trials that were left out, summed; thick one, thin two standard errors "
            "of the difference.",
            f"Not to be relied on, for trials with a large Pareto k: {', '.join(bad)}."
            if bad
            else "",
        )
    return figure

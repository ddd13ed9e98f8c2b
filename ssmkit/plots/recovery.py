"""Were the parameters found again? Estimates against the truth, with their intervals."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Recovered:
    """Truth, posterior mean and interval of one parameter, a value a fit."""

    name: str
    truth: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def covered(self) -> np.ndarray:
        """Whether each interval holds its truth."""
        return (self.low <= self.truth) & (self.truth <= self.high)


@dataclass(frozen=True)
class RecoveryPlot:
    """The estimates of each parameter shown."""

    panels: tuple[Recovered, ...]


def plot_recovery(recovery: Any, *, var_names: Any = None) -> "Figure":
    """Show the estimates of a recovery study against the truth, with 94 % intervals.

    Parameters
    ----------
    recovery
        What :func:`ssmkit.recover` returned.
    var_names
        A parameter or a list of them; by default all.

    Returns
    -------
    Figure
        One panel a parameter; an interval that misses its truth is drawn in vermillion. Truths that
        are the same value are set side by side.

    Raises
    ------
    SsmkitError
        When a name is unknown.

    Examples
    --------
    >>> import ssmkit
    >>> study = ssmkit.recover("ddm", fits=3, trials=30, a=1.5, z=0.5, t=0.3, progressbar=False)
    >>> len(plot_recovery(study).axes)
    1
    """
    return draw(curves(recovery, var_names=var_names))


def curves(recovery: Any, *, var_names: Any = None) -> RecoveryPlot:
    """Return the numbers that :func:`plot_recovery` draws."""
    from ssmkit.plots._select import chosen

    table = recovery.table
    panels = []
    for name in chosen(var_names, list(table["parameter"].unique())):
        part = table[table["parameter"] == name]
        columns = ("truth", "mean", "low", "high")
        panels.append(Recovered(name, *(part[key].to_numpy(float) for key in columns)))
    return RecoveryPlot(tuple(panels))


def draw(plot: RecoveryPlot) -> "Figure":
    """Draw one panel a parameter."""
    from ssmkit.plots import _style

    count = len(plot.panels)
    across = min(count, 2 if count in {2, 4} else 3)
    down = -(-count // across)
    with _style.picture(max(2.6 * across, 3.4), 2.4 * down + 0.4) as figure:
        grid = figure.subplots(down, across, squeeze=False)
        for axes, panel in zip(grid.flat, plot.panels, strict=False):
            draw_recovered(axes, panel)
        for axes in grid.flat[count:]:
            axes.remove()
        _style.footnote(
            figure,
            "Posterior mean and 94 % interval. On the line the estimate is the truth; vermillion "
            "intervals miss it.",
        )
    return figure


def draw_recovered(axes: "Axes", panel: Recovered) -> None:
    """Draw the estimates of one parameter on ``axes``."""
    from ssmkit.plots import _style

    values = np.unique(panel.truth)
    ends = np.array([min(panel.low.min(), values[0]), max(panel.high.max(), values[-1])])
    # Where truths repeat, their fits stand side by side, in a tenth of the room between two.
    gap = np.diff(values).min() if len(values) > 1 else float(np.ptp(ends)) or 1.0
    place = panel.truth.copy()
    for value in values:
        same = np.flatnonzero(panel.truth == value)
        place[same] += np.linspace(-0.3, 0.3, len(same)) * gap if len(same) > 1 else 0.0
    for covered, colour in ((True, _style.BLUE), (False, _style.TRUTH)):
        at = panel.covered == covered
        axes.vlines(place[at], panel.low[at], panel.high[at], color=colour, lw=1, alpha=0.55)
        axes.plot(place[at], panel.mean[at], "o", color=colour, ms=3, mew=0)
    line = np.array([min(place.min(), values[0]), max(place.max(), values[-1])])
    if len(values) > 1:
        axes.plot(line, line, color=_style.INK, lw=0.8)
        axes.set_xlabel("truth")
    else:
        axes.axhline(values[0], color=_style.INK, lw=0.8)
        axes.set(xticks=[], xlabel="fits")
    axes.set_ylabel("estimate")
    share = f"{int(panel.covered.sum())} of {len(panel.truth)} covered"
    axes.set_title(f"{panel.name}: {share}")

"""Did the chains sample the same distribution? Ranks of each chain's draws among all draws."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.plots._numbers import rank_counts
from ssmkit.plots._select import Names, Truth, Variable, select

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 120


@dataclass(frozen=True)
class Ranks:
    """Rank counts of a variable ``(value, chain, bin)``, and the truth's place among the draws."""

    name: str
    counts: np.ndarray
    truth: float | None


@dataclass(frozen=True)
class RankPlot:
    """Ranks of each variable shown."""

    panels: tuple[Ranks, ...]
    note: str


def plot_rank(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    bins: int = 20,
) -> "Figure":
    """Show how each chain's draws rank among the draws of all chains.

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
    bins
        Bins of equal width in rank.

    Returns
    -------
    Figure
        One panel a variable, one row of bars a chain. A variable of several values has one
        outline a value.

    Raises
    ------
    SsmkitError
        When there are no draws, or a name is unknown.

    Notes
    -----
    Bars of one height mean that the chains agree (Vehtari, Gelman, Simpson, Carpenter & Bürkner,
    2021). A slope: a chain sits too low or too high. A hump or a bowl: too narrow or too wide.

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(4, 500))
    >>> len(plot_rank(xr.Dataset({"v": (("chain", "draw"), draws)})).axes)
    1
    """
    return draw(curves(model_or_traces, var_names=var_names, truth=truth, bins=bins))


def curves(
    model_or_traces: Any, *, var_names: Names = None, truth: Truth = None, bins: int = 20
) -> RankPlot:
    """Return the numbers that :func:`plot_rank` draws."""
    if bins < 2:
        refuse("bins", f"{bins} bins show nothing", "ask for 2 or more, as in bins=20")
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    return RankPlot(tuple(ranks(variable, bins) for variable in shown.variables), shown.note)


def ranks(variable: Variable, bins: int = 20) -> Ranks:
    """Return the rank counts of a variable; the truth is a fraction of the draws below it."""
    counts = np.stack([rank_counts(column.draws, bins) for column in variable.columns])
    first = variable.columns[0]
    single = len(variable.columns) == 1 and first.truth is not None
    return Ranks(
        first.label if len(variable.columns) == 1 else variable.name,
        counts,
        float((first.draws < first.truth).mean()) if single else None,
    )


def draw(plot: RankPlot) -> "Figure":
    """Draw one panel a variable."""
    from ssmkit.plots import _style

    count = len(plot.panels)
    across = min(count, 2 if count in {2, 4} else 3)
    down = -(-count // across)
    chains = plot.panels[0].counts.shape[1]
    with _style.picture(max(2.7 * across, 3.4), (0.75 + 0.24 * chains) * down + 0.35) as figure:
        grid = figure.subplots(down, across, squeeze=False)
        for axes, panel in zip(grid.flat, plot.panels, strict=False):
            draw_ranks(axes, panel)
            axes.set_title(panel.name)
        for axes in grid.flat[count:]:
            axes.remove()
        _style.legend(figure, truth=any(panel.truth is not None for panel in plot.panels))
        _style.footnote(
            figure,
            "Rank among all draws, one row a chain: level rows mean that the chains agree.",
            plot.note,
        )
    return figure


def draw_ranks(axes: "Axes", panel: Ranks) -> None:
    """Draw a row of bars a chain on ``axes``; the thin line is where level bars would end."""
    from ssmkit.plots import _style

    values, chains, bins = panel.counts.shape
    level = panel.counts[0].sum(axis=1, keepdims=True) / bins
    heights = 0.6 * panel.counts / level
    heights *= min(1.0, 0.92 / heights.max())
    edges = np.linspace(0, 1, bins + 1)
    for chain in range(chains):
        floor, colour = chains - 1 - chain, _style.CHAINS[chain % len(_style.CHAINS)]
        if values == 1:
            left, width = edges[:-1], 0.88 / bins
            bars = heights[0, chain]
            axes.bar(left, bars, width, floor, align="edge", color=colour, alpha=0.85)
        else:
            for row in heights[:, chain]:
                axes.stairs(floor + row, edges, baseline=None, color=colour, lw=0.7, alpha=0.6)
        scale = heights[0, chain].sum() / bins
        axes.plot((0, 1), (floor + scale,) * 2, color=_style.INK, lw=0.7)
    if panel.truth is not None:
        axes.axvline(panel.truth, color=_style.TRUTH, lw=1.4)
    axes.set(xlim=(0, 1), ylim=(0, chains), xticks=[0, 0.5, 1], xticklabels=["0", "½", "1"])
    axes.set_yticks(np.arange(chains) + 0.35, [str(chains - 1 - i) for i in range(chains)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)

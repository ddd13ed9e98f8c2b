"""What the sampler did: the density of each parameter by chain, and the draws in their order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.plots._numbers import density
from ssmkit.plots._select import Names, Truth, Variable, select
from ssmkit.plots.rank import Ranks, draw_ranks, ranks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 120
# Points that a panel resolves, all lines together; more make a file bigger, no picture better.
POINTS = 640


@dataclass(frozen=True)
class Row:
    """One variable: a density a line, every ``step``-th draw ``(line, point)``, ranks, truths.

    Lines are chains for one value, and values, chains together, for several.
    """

    name: str
    densities: tuple[tuple[np.ndarray, np.ndarray], ...]
    draws: np.ndarray
    step: int
    by_chain: bool
    ranks: Ranks
    truths: tuple[float, ...]


@dataclass(frozen=True)
class TracePlot:
    """A row for each variable, and the places of divergent draws."""

    rows: tuple[Row, ...]
    divergent: np.ndarray
    note: str


def plot_trace(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    kind: Literal["trace", "rank"] = "trace",
) -> "Figure":
    """Show each parameter's density by chain, and its draws in order or their ranks.

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
    kind
        What is on the right: ``"trace"``, draws in order, or ``"rank"``, rank bars as in
        :func:`plot_rank`.

    Returns
    -------
    Figure
        One row a variable. A variable of several values has one line a value, chains together.

    Raises
    ------
    SsmkitError
        When there are no draws, a name is unknown, or ``kind`` is.

    Notes
    -----
    Long traces are thinned evenly, and the figure says so. Ticks below a
    trace are divergent draws. Densities use all draws.

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(4, 500))
    >>> len(plot_trace(xr.Dataset({"v": (("chain", "draw"), draws)}), truth={"v": 0.0}).axes)
    2
    """
    if kind not in {"trace", "rank"}:
        near = did_you_mean(kind, ["trace", "rank"])
        refuse("kind", f"there is no kind '{kind}'.{near}", "type kind='trace' or kind='rank'")
    return draw(curves(model_or_traces, var_names=var_names, truth=truth), kind)


def curves(model_or_traces: Any, *, var_names: Names = None, truth: Truth = None) -> TracePlot:
    """Return the numbers that :func:`plot_trace` draws."""
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    rows = tuple(_row(variable) for variable in shown.variables)
    return TracePlot(rows, np.flatnonzero(shown.diverging.any(axis=0)), shown.note)


def _row(variable: Variable) -> Row:
    columns = variable.columns
    chains, draws = columns[0].draws.shape
    step = max(1, round(draws * chains * len(columns) / POINTS))
    step = min(step, max(1, draws // 40))
    by_chain = len(columns) == 1
    lines = columns[0].draws if by_chain else np.stack([column.draws for column in columns])
    return Row(
        columns[0].label if by_chain else variable.name,
        tuple(density(line) for line in lines),
        lines[..., ::step].reshape(-1, lines[..., ::step].shape[-1]),
        step,
        by_chain,
        ranks(variable),
        tuple(column.truth for column in columns if column.truth is not None),
    )


def draw(plot: TracePlot, kind: Literal["trace", "rank"] = "trace") -> "Figure":
    """Draw a row a variable: densities on the left, traces or rank bars on the right."""
    from ssmkit.plots import _style

    count = len(plot.rows)
    with _style.picture(8.0, 1.1 * count + 0.55) as figure:
        grid = figure.subplots(count, 2, squeeze=False, width_ratios=(1, 1.7))
        for (left, right), row in zip(grid, plot.rows, strict=True):
            _densities(left, row)
            if kind == "rank":
                draw_ranks(right, row.ranks)
            else:
                _traces(right, row, plot.divergent)
        for axes in grid[:-1, 1]:
            axes.tick_params(labelbottom=False)
        chains = plot.rows[0].ranks.counts.shape[1]
        _style.legend(figure, chains=chains, truth=any(row.truths for row in plot.rows))
        _style.footnote(figure, *_sentences(plot, kind))
    return figure


def _densities(axes: "Axes", row: Row) -> None:
    from ssmkit.plots import _style

    for (x, height), colour in zip(row.densities, _colours(row), strict=True):
        axes.plot(x, height, color=colour, lw=1.2)
    tall = 1 if row.by_chain else 0.12
    for truth in row.truths:
        axes.axvline(truth, 0, tall, color=_style.TRUTH, lw=1.4)
    axes.set_title(row.name)
    # A chain that is stuck has a spike; it must not flatten what the others say.
    peaks = [height.max() for _, height in row.densities]
    axes.set_ylim(0, 1.08 * min(max(peaks), 3 * float(np.median(peaks))))
    axes.locator_params(axis="x", nbins=5)
    _style.bare(axes)


def _traces(axes: "Axes", row: Row, divergent: np.ndarray) -> None:
    from ssmkit.plots import _style

    order = np.arange(row.draws.shape[-1]) * row.step
    colours = np.repeat(_colours(row), len(row.draws) // len(row.densities), axis=0)
    for line, colour in zip(row.draws, colours, strict=True):
        axes.plot(order, line, color=colour, lw=0.5, antialiased=False)
    for truth in row.truths if row.by_chain else ():
        axes.axhline(truth, color=_style.TRUTH, lw=1.4)
    if divergent.size:
        place = axes.get_xaxis_transform()
        axes.plot(
            divergent,
            np.zeros(divergent.size),
            "|",
            color=_style.DIVERGENT,
            transform=place,
            ms=7,
            clip_on=False,
        )
    axes.set_xlim(0, max(order[-1], 1))
    axes.locator_params(axis="y", nbins=4)


def _colours(row: Row) -> list[Any]:
    """Return a colour a line: the chains' own, or for values a ramp in their order."""
    from ssmkit.plots import _style

    count = len(row.densities)
    if row.by_chain:
        return [_style.CHAINS[chain % len(_style.CHAINS)] for chain in range(count)]
    return list(_style.ramp(count))


def _sentences(plot: TracePlot, kind: str) -> list[str]:
    """Return what a reader of the picture needs to know."""
    step = max(row.step for row in plot.rows)
    order = "Right: draws in order" + (f", thinned to one in {step}." if step > 1 else ".")
    several = not all(row.by_chain for row in plot.rows)
    return [
        order if kind == "trace" else "Right: ranks among all draws, one row a chain.",
        "Several values in a row: dark to light in their order." if several else "",
        "Black ticks: divergent draws." if plot.divergent.size and kind == "trace" else "",
        plot.note,
    ]

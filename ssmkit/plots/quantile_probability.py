"""How fast and how often: quantiles of the reaction time over the probability of the response."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.plots._predicted import groups, predicted, rows_of, shown, trials_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM, MASS = 10, 0.94
QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)
# Fewer responses have no quantiles to speak of.
FEWEST = 5


@dataclass(frozen=True)
class Cell:
    """A response in a condition: its probability and quantiles of its time, in seconds.

    ``observed`` is (1 + quantiles,), the probability first; ``predicted`` (3, 1 + quantiles), the
    low end, the median and the high end of what is predicted. None where there is none, NaN where
    there are too few responses.
    """

    condition: str
    code: int
    count: int
    observed: np.ndarray | None
    predicted: np.ndarray | None


@dataclass(frozen=True)
class QuantileProbability:
    """A cell for each condition and response."""

    cells: tuple[Cell, ...]
    quantiles: tuple[float, ...]
    draws: int
    note: str


def plot_quantile_probability(
    model_or_data: Any,
    *,
    by: str | Sequence[str] | None = None,
    data: Any = None,
    quantiles: Sequence[float] = QUANTILES,
    draws: int | None = None,
    random_seed: int = 0,
) -> "Figure":
    """Show quantiles of the reaction time against the probability of the response.

    Parameters
    ----------
    model_or_data
        A sampled model, or a data frame with ``rt`` and ``response``.
    by
        A column, or several, whose levels are the conditions.
    data
        Other trials for the model to predict; None takes those that were fitted.
    quantiles
        Quantiles to show, between 0 and 1.
    draws
        Data sets to simulate at draws of the posterior; None takes 100, fewer for many trials.
    random_seed
        Seed of the simulation.

    Returns
    -------
    Figure
        A column of points for each condition and response; crosses are 94 % intervals of what the
        model predicts.

    Raises
    ------
    SsmkitError
        When the model has not been sampled, a column is unknown, a quantile is none, or there are
        more than 10 conditions.

    Notes
    -----
    Trials of a condition are pooled, over participants too (Ratcliff and McKoon, 2008).

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=90, random_state=0)
    >>> len(plot_quantile_probability(data).axes)
    1
    """
    numbers = curves(
        model_or_data, by=by, data=data, quantiles=quantiles, draws=draws, random_seed=random_seed
    )
    return draw(numbers)


def curves(
    model_or_data: Any,
    *,
    by: str | Sequence[str] | None = None,
    data: Any = None,
    quantiles: Sequence[float] = QUANTILES,
    draws: int | None = None,
    random_seed: int = 0,
) -> QuantileProbability:
    """Return the numbers that :func:`plot_quantile_probability` draws."""
    asked = tuple(sorted(float(q) for q in np.ravel(quantiles)))
    if not asked or not all(0 < q < 1 for q in asked):
        refuse("quantiles", f"{asked} are no quantiles", "give numbers between 0 and 1")
    alone = hasattr(model_or_data, "columns")
    rows = model_or_data if alone else rows_of(model_or_data, data)
    observed = trials_of(rows)
    if alone and observed is None:
        refuse("data", "it has no columns rt and response", "rename those that it has")
    sets = None if alone else predicted(model_or_data, rows, draws, random_seed)
    codes = (
        sorted({int(x) for x in observed[:, 1] if np.isfinite(x)})
        if alone
        else model_or_data.spec.config.choices
    )
    cells, few = [], 0
    for label, places in groups(rows, by, ROOM):
        for code in codes:
            own = None if observed is None else summary(observed[None, places], code, asked)[0]
            count = 0 if observed is None else int((observed[places, 1] == code).sum())
            few += observed is not None and count < FEWEST
            model = None if sets is None else _band(summary(sets[:, places], code, asked))
            cells.append(Cell(label, code, count, own, model))
    note = f"Without quantiles: {few} with under {FEWEST} responses." if few else ""
    return QuantileProbability(tuple(cells), asked, 0 if sets is None else len(sets), note)


def summary(trials: np.ndarray, code: int, quantiles: Sequence[float]) -> np.ndarray:
    """Return the share of a response and quantiles of its time, for each data set.

    Parameters
    ----------
    trials
        Seconds and response, ``(data sets, n, 2)``.
    code
        The response.
    quantiles
        Quantiles of its times.

    Returns
    -------
    ndarray
        ``(data sets, 1 + quantiles)``; quantiles are NaN where there are under 5 times.

    Examples
    --------
    >>> trials = np.array([[[t, 1] for t in (1, 2, 3, 4, 5)] + [[0.5, -1]] * 5])
    >>> summary(trials, 1, [0.5]).tolist()
    [[0.5, 3.0]]
    """
    given = trials[..., 1] == code
    times = np.where(given, trials[..., 0], np.nan)
    enough = np.isfinite(times).sum(axis=1) >= FEWEST
    found = np.full((len(trials), 1 + len(quantiles)), np.nan)
    found[:, 0] = given.mean(axis=1)
    if enough.any():
        found[enough, 1:] = np.nanquantile(times[enough], quantiles, axis=1).T
    return found


def _band(found: np.ndarray) -> np.ndarray:
    """Return low end, median and high end; NaN where half of the data sets have no quantiles."""
    usable = np.isfinite(found).mean(axis=0) >= 0.5
    out = np.full((3, found.shape[1]), np.nan)
    tails = [(1 - MASS) / 2, 0.5, (1 + MASS) / 2]
    out[:, usable] = np.nanquantile(found[:, usable], tails, axis=0)
    return out


def draw(plot: QuantileProbability) -> "Figure":
    """Draw all cells on one pair of axes, a colour a condition."""
    from ssmkit.plots import _style

    conditions = list(dict.fromkeys(cell.condition for cell in plot.cells))
    named = len(conditions) > 1
    palette = _style.CHAINS if len(conditions) <= 5 else _style.ramp(len(conditions))
    colours = dict(zip(conditions, palette, strict=False))
    with _style.picture(6.4, 4.0 + 0.22 * ((len(conditions) + 2) // 3)) as figure:
        axes = figure.subplots()
        codes = list(dict.fromkeys(cell.code for cell in plot.cells))
        _lines(axes, plot)
        for cell in plot.cells:
            _cell(axes, cell, colours[cell.condition], filled=cell.code == codes[-1])
        axes.set(xlim=(-0.02, 1.02), xlabel="probability of the response")
        axes.set_ylabel("quantiles of the reaction time (s)")
        axes.set_ylim(0, 1.2 * _highest(plot))
        _legend(figure, colours if named else {}, codes, plot)
        names = ", ".join(f"{q:g}".lstrip("0") for q in plot.quantiles)
        seen = any(cell.observed is not None for cell in plot.cells)
        _style.footnote(
            figure,
            f"From bottom to top the quantiles {names}.",
            "Circles: the data." if seen else "",
            f"Crosses: {plot.draws} data sets that the fitted model predicts, {100 * MASS:g} % "
            "each way."
            if plot.draws
            else "",
            plot.note,
        )
    return figure


def _highest(plot: QuantileProbability) -> float:
    """Return the greatest time of the data and of what is expected; intervals may go beyond."""
    tops = [cell.observed[1:] for cell in plot.cells if cell.observed is not None]
    tops += [cell.predicted[1, 1:] for cell in plot.cells if cell.predicted is not None]
    times = np.concatenate(tops)
    return float(times[np.isfinite(times)].max(initial=0.0)) or 1.0


def _lines(axes: "Axes", plot: QuantileProbability) -> None:
    """Join each quantile from condition to condition, of the model where there is one."""
    from ssmkit.plots import _style

    for code in dict.fromkeys(cell.code for cell in plot.cells):
        own = [cell for cell in plot.cells if cell.code == code]
        points = np.stack([c.observed if c.predicted is None else c.predicted[1] for c in own])
        points = points[np.argsort(points[:, 0], kind="stable")]
        points = points[np.isfinite(points).all(axis=1)]
        for column in points.T[1:]:
            axes.plot(points[:, 0], column, color=_style.LINE, lw=0.9, zorder=1)


def _cell(axes: "Axes", cell: Cell, colour: Any, *, filled: bool) -> None:
    from ssmkit.plots import _style

    if cell.predicted is not None:
        low, middle, high = cell.predicted
        axes.hlines(middle[1:], low[0], high[0], color=colour, lw=1.4, zorder=2)
        axes.vlines(np.full(len(low) - 1, middle[0]), low[1:], high[1:], color=colour, lw=1.4)
    if cell.observed is not None:
        x = np.full(len(cell.observed) - 1, cell.observed[0])
        face = colour if filled else _style.PAPER
        axes.plot(x, cell.observed[1:], "o", color=colour, mfc=face, mew=1.2, ms=5, zorder=3)


def _legend(figure: "Figure", colours: dict, codes: list[int], plot: QuantileProbability) -> None:
    from matplotlib.lines import Line2D

    from ssmkit.plots import _style

    marks = [(Line2D([], [], color=colour, lw=2.5), name) for name, colour in colours.items()]
    if any(cell.observed is not None for cell in plot.cells):
        for code in codes:
            face = _style.SOFT if code == codes[-1] else _style.PAPER
            mark = Line2D([], [], color=_style.SOFT, marker="o", ls="", mfc=face, mew=1.2, ms=5)
            marks.append((mark, f"response {shown(code)}"))
    if marks:
        figure.legend(
            *zip(*marks, strict=True),
            loc="outside upper left",
            ncols=3 if len(colours) > 3 else len(marks),
            handlelength=1.2,
            columnspacing=1.4,
            borderaxespad=0.2,
        )

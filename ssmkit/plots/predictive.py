"""Would the model have made these data? Reaction times of both responses, and predicted ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.plots._predicted import groups, percent, predicted, rows_of, shown, trials_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM, MASS = 12, 0.94
LEAST_BINS, MOST_BINS = 6, 25


@dataclass(frozen=True)
class Response:
    """How often a response is given: in the data, and the interval of what is predicted."""

    code: int
    observed: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Signed:
    """Densities of signed reaction time in one condition, by bin: data and predicted band.

    With two responses the times of the first are mirrored to the left of 0. With more, each has a
    panel of its own. Trials without a time have no place, but count among the trials.
    """

    title: str
    trials: int
    edges: np.ndarray
    observed: np.ndarray | None
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class PredictivePlot:
    """A panel for each condition, and how many data sets were simulated."""

    panels: tuple[Signed, ...]
    draws: int
    note: str


def plot_predictive(
    model: Any,
    *,
    data: Any = None,
    by: str | Sequence[str] | None = None,
    draws: int | None = None,
    random_seed: int = 0,
) -> "Figure":
    """Show reaction times of both responses, and what the fitted model predicts of them.

    Parameters
    ----------
    model
        A sampled model.
    data
        Other trials to predict, with or without ``rt`` and ``response``; None takes those that
        were fitted.
    by
        A column, or several, whose levels are the panels: conditions, or participants.
    draws
        Data sets to simulate at draws of the posterior; None takes 100, fewer for many trials.
    random_seed
        Seed of the simulation.

    Returns
    -------
    Figure
        A panel for each condition. With two responses, the times of the first are mirrored.

    Raises
    ------
    SsmkitError
        When the model has not been sampled, a column is unknown, or there are more than 12
        conditions.

    Notes
    -----
    A band holds 94 % of the simulated data sets in each bin by itself, so that a few of many bins
    stick out of it by chance.

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=50, random_state=0)
    >>> model = ssmkit.HSSM(data, a=1.5, z=0.5, t=0.3)
    >>> traces = model.sample(draws=50, tune=100, chains=2, random_seed=0, progressbar=False)
    >>> len(plot_predictive(model, draws=10).axes)
    1
    """
    return draw(curves(model, data=data, by=by, draws=draws, random_seed=random_seed))


def curves(
    model: Any,
    *,
    data: Any = None,
    by: str | Sequence[str] | None = None,
    draws: int | None = None,
    random_seed: int = 0,
) -> PredictivePlot:
    """Return the numbers that :func:`plot_predictive` draws."""
    rows = rows_of(model, data)
    conditions = groups(rows, by, ROOM)
    simulated, observed = predicted(model, rows, draws, random_seed), trials_of(rows)
    times = simulated[..., 0] if observed is None else observed[:, 0]
    # A few lapses of many seconds must not make the rest small.
    most, nearly_all = np.nanquantile(times, [0.9, 0.99])
    reach = float(min(nearly_all, 2 * most))
    fewest = min(len(places) for _, places in conditions)
    bins = int(np.clip(1.2 * np.sqrt(fewest), LEAST_BINS, MOST_BINS))
    choices = model.spec.config.choices
    sides = [dict(zip(choices, (-1, 1), strict=True))] if len(choices) == 2 else None
    sides = sides or [{code: 1} for code in choices]
    panels = []
    for label, places in conditions:
        for signs in sides:
            own = label if len(sides) == 1 else f"{label} response {shown(next(iter(signs)))}"
            panels.append(
                _signed(
                    own.strip(),
                    signs,
                    None if observed is None else observed[places],
                    simulated[:, places],
                    reach * np.linspace(-(len(signs) - 1), 1, len(signs) * bins + 1),
                )
            )
    unseen = 0.0 if observed is None else float(np.isnan(observed[:, 0]).mean())
    missed = np.isnan(simulated[..., 0]).mean(axis=1)
    note = ""
    if unseen or missed.any():
        ends = np.quantile(missed, [(1 - MASS) / 2, (1 + MASS) / 2])
        note = f"Without a time: {percent(unseen)} of the trials, predicted {percent(*ends)}."
    return PredictivePlot(tuple(panels), len(simulated), note)


def _signed(
    title: str,
    signs: dict[int, int],
    observed: np.ndarray | None,
    simulated: np.ndarray,
    edges: np.ndarray,
) -> Signed:
    tails = [(1 - MASS) / 2, 0.5, (1 + MASS) / 2]
    heights = np.stack([heights_of(trials, signs, edges) for trials in simulated])
    low, middle, high = np.quantile(heights, tails, axis=0)
    responses = []
    for code in signs:
        shares = np.quantile((simulated[..., 1] == code).mean(axis=1), tails)
        own = None if observed is None else float((observed[:, 1] == code).mean())
        responses.append(Response(code, own, float(shares[0]), float(shares[2])))
    own = None if observed is None else heights_of(observed, signs, edges)
    count = simulated.shape[1]
    return Signed(title, count, edges, own, low, middle, high, tuple(responses))


def heights_of(trials: np.ndarray, signs: dict[int, int], edges: np.ndarray) -> np.ndarray:
    """Return the density of signed reaction time in each bin, a second.

    Parameters
    ----------
    trials
        Seconds and response, ``(n, 2)``.
    signs
        Sign of the times of each response that is shown.
    edges
        Ends of the bins.

    Examples
    --------
    >>> trials = np.array([[0.5, -1], [1.5, 1], [1.6, 1], [np.nan, np.nan]])
    >>> heights_of(trials, {-1: -1, 1: 1}, np.array([-2.0, -1, 0, 1, 2])).tolist()
    [0.0, 0.25, 0.0, 0.5]
    """
    times = [sign * trials[trials[:, 1] == code, 0] for code, sign in signs.items()]
    return np.histogram(np.concatenate(times), edges)[0] / (len(trials) * np.diff(edges))


def draw(plot: PredictivePlot) -> "Figure":
    """Draw a panel a condition, all on the same scales."""
    from ssmkit.plots import _style

    count = len(plot.panels)
    across = min(count, 2 if count in {2, 4} else 3)
    down = -(-count // across)
    width = 5.4 if count == 1 else 3.6 if across == 2 else 2.75
    with _style.picture(width * across, 2.2 * down + (0.9 if count == 1 else 0.6)) as figure:
        grid = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True)
        for axes, panel in zip(grid.flat, plot.panels, strict=False):
            _panel(axes, panel)
        for i, axes in enumerate(grid.flat):
            if i >= count:
                axes.remove()
            elif i + across >= count:
                axes.tick_params(labelbottom=True)
                axes.set_xlabel("reaction time (s)")
        for axes in grid[:, 0]:
            axes.set_ylabel("density (1/s)")
        tallest = max(
            float(np.max(p.high if p.observed is None else [p.high, p.observed]))
            for p in plot.panels
        )
        # Above the bars there is room for three lines of words.
        grid[0, 0].set_ylim(0, (1.35 if count == 1 else 1.5) * tallest)
        known = plot.panels[0].observed is not None
        _style.footnote(
            figure,
            "Black: the data." if known else "",
            f"Blue: {plot.draws} data sets that the fitted model predicts, their median and "
            f"{100 * MASS:g} % band.",
            plot.note,
        )
    return figure


def _panel(axes: "Axes", panel: Signed) -> None:
    from ssmkit.plots import _style

    edges = panel.edges
    axes.stairs(panel.high, edges, baseline=panel.low, fill=True, color=_style.TINTS[1], alpha=0.8)
    axes.stairs(panel.middle, edges, baseline=None, color=_style.BLUE, lw=1.3)
    if panel.observed is not None:
        axes.stairs(panel.observed, edges, color=_style.INK, lw=1.2)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_title(panel.title)
    if len(panel.responses) == 2:
        axes.axvline(0, 0, 0.66, color=_style.LINE, lw=0.8, zorder=0.5)
    for i, one in enumerate(panel.responses):
        right = i == len(panel.responses) - 1
        lines = [f"response {shown(one.code)}", f"model {percent(one.low, one.high)}"]
        if one.observed is not None:
            lines.insert(1, f"data {percent(one.observed)}")
        axes.annotate(
            "\n".join(lines),
            (1 if right else 0, 1),
            (-2 if right else 4, -2),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right" if right else "left",
            va="top",
            fontsize=8,
            color=_style.SOFT,
            linespacing=1.25,
        )
    axes.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g}")
    axes.locator_params(axis="x", nbins=6)
    axes.locator_params(axis="y", nbins=4)

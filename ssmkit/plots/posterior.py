"""What a fit says about each parameter: its density, mean, interval and, where known, the truth."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.plots._numbers import density, hdi
from ssmkit.plots._select import Names, Truth, select

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 40


@dataclass(frozen=True)
class Marginal:
    """Density of one parameter, its mean, highest-density interval, and truth."""

    label: str
    x: np.ndarray
    height: np.ndarray
    mean: float
    interval: tuple[float, float]
    truth: float | None


@dataclass(frozen=True)
class Posterior:
    """A marginal for each value shown."""

    marginals: tuple[Marginal, ...]
    mass: float
    note: str


def plot_posterior(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    hdi_prob: float = 0.94,
) -> "Figure":
    """Show the marginal posterior of each parameter.

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
    hdi_prob
        Posterior mass of the highest-density interval.

    Returns
    -------
    Figure
        One panel a parameter.

    Raises
    ------
    SsmkitError
        When there are no draws, or a name is unknown.

    Notes
    -----
    The interval is the narrowest one that holds ``hdi_prob`` of the draws (Chen & Shao, 1999).

    Examples
    --------
    >>> import numpy as np, xarray as xr
    >>> draws = np.random.default_rng(0).normal(size=(4, 500))
    >>> len(plot_posterior(xr.Dataset({"v": (("chain", "draw"), draws)}), truth={"v": 0.0}).axes)
    1
    """
    return draw(curves(model_or_traces, var_names=var_names, truth=truth, hdi_prob=hdi_prob))


def curves(
    model_or_traces: Any,
    *,
    var_names: Names = None,
    truth: Truth = None,
    hdi_prob: float = 0.94,
) -> Posterior:
    """Return the numbers that :func:`plot_posterior` draws."""
    shown = select(model_or_traces, var_names, truth, room=ROOM)
    marginals = tuple(
        Marginal(
            column.label,
            *density(column.draws),
            float(column.draws.mean()),
            hdi(column.draws, hdi_prob),
            column.truth,
        )
        for column in shown.columns
    )
    return Posterior(marginals, hdi_prob, shown.note)


def draw(posterior: Posterior) -> "Figure":
    """Draw one panel a parameter: the interval is shaded, and is said in words above it."""
    from ssmkit.plots import _style

    count = len(posterior.marginals)
    across = min(count, 4 if count != 6 else 3)
    down = -(-count // across)
    with _style.picture(max(2.1 * across, 3.4), 1.55 * down + 0.35) as figure:
        grid = figure.subplots(down, across, squeeze=False)
        for axes, marginal in zip(grid.flat, posterior.marginals, strict=False):
            _panel(axes, marginal)
        for axes in grid.flat[count:]:
            axes.remove()
        known = any(marginal.truth is not None for marginal in posterior.marginals)
        _style.legend(figure, truth=known)
        sentence = f"Mean and {100 * posterior.mass:g} % highest-density interval."
        _style.footnote(figure, sentence, posterior.note)
    return figure


def _panel(axes: "Axes", marginal: Marginal) -> None:
    from ssmkit.plots import _style

    low, high = marginal.interval
    x, height = marginal.x, marginal.height
    axes.fill_between(x, height, where=(x >= low) & (x <= high), color=_style.TINTS[0], lw=0)
    axes.plot(x, height, color=_style.BLUE, lw=1.4)
    axes.plot(marginal.interval, (0, 0), color=_style.INK, lw=2.5, solid_capstyle="butt")
    axes.plot(marginal.mean, 0, "o", color=_style.INK, ms=4.5, clip_on=False, zorder=4)
    places = decimals(high - low)
    mean, low, high = (_style.number(x, places) for x in (marginal.mean, low, high))
    axes.set_title(marginal.label, pad=15)
    axes.annotate(
        f"{mean}  [{low}, {high}]",
        (0, 1),
        (0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        color=_style.SOFT,
        fontsize=8,
    )
    if marginal.truth is not None:
        axes.axvline(marginal.truth, color=_style.TRUTH, lw=1.4)
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="x", nbins=3)
    _style.bare(axes)


def decimals(width: float) -> int:
    """Return how many decimals a number needs whose uncertainty is ``width``: two digits of it.

    Examples
    --------
    >>> decimals(0.24), decimals(3.0), decimals(120.0)
    (2, 1, 0)
    """
    return 2 if width <= 0 else min(max(1 - math.floor(math.log10(width)), 0), 8)

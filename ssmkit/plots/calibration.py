"""Do ranks of the truth stray further than chance? Their distribution function in its bands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import refuse

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Deviation:
    """How far the distribution of one parameter's ranks is from uniform, and how far it may be.

    ``share`` is the place among the possible ranks; ``difference``, ``low`` and ``high`` are shares
    of fits, less what they should be.
    """

    name: str
    share: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def inside(self) -> bool:
        """Whether the ranks stay in the bands."""
        slack = 1e-12
        low, high = self.low - slack, self.high + slack
        return bool(((self.difference >= low) & (self.difference <= high)).all())


@dataclass(frozen=True)
class CalibrationPlot:
    """The deviation of each parameter shown."""

    panels: tuple[Deviation, ...]
    fits: int
    level: float


def plot_calibration(calibration: Any, *, var_names: Any = None) -> "Figure":
    """Show how far the ranks of a calibration study stray from uniform, with simultaneous bands.

    Parameters
    ----------
    calibration
        What :func:`ssmkit.calibrate` returned.
    var_names
        A parameter or a list of them; by default all.

    Returns
    -------
    Figure
        One panel a parameter. A line that leaves its band is drawn in vermillion.

    Raises
    ------
    SsmkitError
        When a name is unknown.

    Notes
    -----
    The line is the empirical distribution function of the ranks less the uniform one; the band
    holds all of it with probability 1 - alpha / parameters (Säilynoja, Bürkner & Vehtari, 2022). A
    hill: estimates too high. A valley: too low. Up, then down through zero: posteriors too narrow.
    Down, then up: too wide.

    Examples
    --------
    >>> import ssmkit
    >>> study = ssmkit.calibrate("ddm", fits=3, trials=30, a=1.5, z=0.5, t=0.3, progressbar=False)
    >>> len(plot_calibration(study, var_names="v").axes)
    1
    """
    return draw(curves(calibration, var_names=var_names))


def curves(calibration: Any, *, var_names: Any = None) -> CalibrationPlot:
    """Return the numbers that :func:`plot_calibration` draws."""
    from ssmkit.plots._select import chosen

    ranks, bands = calibration.ranks, calibration.bands
    fits = len(ranks)
    if fits == 0:
        refuse("calibration", "it has no fits", "call calibrate(..., fits=300)")
    panels = []
    for name in chosen(var_names, list(ranks.columns)):
        counts = np.bincount(ranks[name].astype(int), minlength=calibration.draws + 1)
        below = np.cumsum(counts)[:-1]
        ends = (below, bands.low, bands.high)
        panels.append(Deviation(name, bands.z, *(x / fits - bands.z for x in ends)))
    return CalibrationPlot(tuple(panels), fits, calibration.alpha / ranks.shape[1])


def draw(plot: CalibrationPlot) -> "Figure":
    """Draw one panel a parameter, all on one scale."""
    from ssmkit.plots import _style

    count = len(plot.panels)
    across = min(count, 2 if count in {2, 4} else 3)
    down = -(-count // across)
    with _style.picture(max(2.6 * across, 3.4), 1.75 * down + 0.6) as figure:
        grid = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True)
        for axes, panel in zip(grid.flat, plot.panels, strict=False):
            draw_deviation(axes, panel)
            axes.set_title(panel.name)
        for axes in grid[:, 0]:
            axes.set_ylabel("ECDF \N{MINUS SIGN} uniform")
        for i, axes in enumerate(grid.flat):
            if i >= count:
                axes.remove()
            elif i + across >= count:
                axes.tick_params(labelbottom=True)
                axes.set_xlabel("rank / draws")
        _style.footnote(
            figure,
            f"{plot.fits} fits. Ranks of a right posterior leave a band with probability "
            f"{plot.level:.2g} at most.",
        )
    return figure


def draw_deviation(axes: "Axes", panel: Deviation) -> None:
    """Draw one parameter's line in its band on ``axes``."""
    from ssmkit.plots import _style

    # Below the first place and beyond the last there is nothing that could stray.
    share = np.concatenate([[0.0], panel.share, [1.0]])
    low, line, high = (np.pad(x, 1) for x in (panel.low, panel.difference, panel.high))
    axes.fill_between(share, low, high, step="post", color=_style.TINTS[0], lw=0)
    axes.axhline(0, color=_style.LINE, lw=0.8)
    colour = _style.BLUE if panel.inside else _style.TRUTH
    axes.step(share, line, where="post", color=colour, lw=1.3)
    axes.set(xlim=(0, 1), xticks=[0, 0.5, 1])
    axes.set_xticklabels(["0", "½", "1"])

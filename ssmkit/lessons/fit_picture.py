"""Data and fit in one picture: response times of each choice, and the density that was fitted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssmkit import _compat
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import log_density
from ssmkit.plots import _style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssmkit.model import HSSM

DRAWS, POINTS, MASS = 100, 300, 0.94


@dataclass(frozen=True)
class Choice:
    """One choice: its share of trials, its histogram, and the band of fitted densities."""

    code: int
    share: float
    edges: np.ndarray
    heights: np.ndarray
    x: np.ndarray
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray


def curves(fit: "HSSM") -> tuple[Choice, ...]:
    """Return the numbers that :func:`draw` shows.

    Heights are densities of choice and time together: with the slow trials that the picture has no
    room for, the areas of all choices add up to 1.
    """
    rt = fit.data["rt"].to_numpy(dtype=float)
    response = fit.data["response"].to_numpy(dtype=float)
    edges = np.linspace(0.0, 1.25 * np.quantile(rt, 0.95), 51)
    x = np.linspace(0.0, edges[-1], POINTS)[1:]
    densities = _densities(fit, x)
    shown = []
    for code, density in densities.items():
        own = rt[response == code]
        heights = np.histogram(own, edges)[0] / (len(rt) * np.diff(edges))
        low, middle, high = np.quantile(density, [(1 - MASS) / 2, 0.5, (1 + MASS) / 2], axis=0)
        shown.append(Choice(code, len(own) / len(rt), edges, heights, x, low, middle, high))
    return tuple(shown)


def _densities(fit: "HSSM", x: np.ndarray) -> dict[int, np.ndarray]:
    """Return, for each choice, the density at ``x`` under draws of the posterior, (draws, x)."""
    posterior = _compat.posterior(fit.traces)
    params = {each.name: each.fixed for each in fit.spec.resolved()}
    for name in posterior.data_vars:
        draws = posterior[name].to_numpy().ravel()
        params[name] = draws[:: max(len(draws) // DRAWS, 1), None]
    lapse = fit.spec.lapse
    mixed = {} if lapse is None else {"p_outlier": lapse.p, "lapse": lapse.distribution}
    return {
        code: np.exp(np.asarray(log_density(fit.spec.model, x, code, **mixed, **params)))
        for code in get_config(fit.spec.model).choices
    }


def draw(choices: tuple[Choice, ...]) -> "Figure":
    """Draw a panel for each choice, on the same scale."""
    with _style.picture(3.4 * len(choices), 2.7) as figure:
        panels = figure.subplots(1, len(choices), sharex=True, sharey=True, squeeze=False)[0]
        for axes, choice in zip(panels, choices, strict=True):
            axes.stairs(choice.heights, choice.edges, fill=True, color=_style.LINE, alpha=0.5)
            axes.fill_between(choice.x, choice.low, choice.high, color=_style.TINTS[1], lw=0)
            axes.plot(choice.x, choice.middle, color=_style.BLUE, lw=1.5)
            axes.set_title(f"response {choice.code}: {100 * choice.share:.1f} % of trials")
            axes.set_xlabel("response time (s)")
        panels[0].set_ylabel("density (1/s)")
        _style.footnote(figure, "Grey: the data. Blue: the fitted model, with its 94 % band.")
    return figure

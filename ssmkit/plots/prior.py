"""What is believed before any data: the prior of each parameter, and what a formula implies."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit.errors import did_you_mean, refuse
from ssmkit.plots._beliefs import Belief, Sources, labels
from ssmkit.plots._palette import IMPLIED
from ssmkit.plots.posterior import decimals
from ssmkit.spec import ModelSpec
from ssmkit.spec.resolved import Resolved

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssmkit.plots._select import Names

ROOM, ACROSS = 40, 4


@dataclass(frozen=True)
class PriorPlot:
    """Rows of panels; each parameter with a formula starts a row, with its implied prior."""

    rows: tuple[tuple[Belief, ...], ...]
    mass: float
    note: str


def plot_prior(
    model: Any,
    *,
    data: Any = None,
    var_names: "Names" = None,
    truth: Mapping[str, Any] | None = None,
    hdi_prob: float = 0.94,
    random_seed: int = 0,
) -> "Figure":
    """Show the prior of each free parameter, and what the terms of a formula imply for it.

    Parameters
    ----------
    model
        A model, sampled or not, or a :class:`ssmkit.ModelSpec`.
    data
        The data frame, where a spec with formulas is given; a model has its own.
    var_names
        Parameters (``"v"``), single terms (``"v_x"``) or exceptions (``"~a"``); by default all.
    truth
        Reference values by name; those of nothing that is shown are ignored.
    hdi_prob
        Prior mass of the shaded interval.
    random_seed
        Seed of the draws behind implied priors and effects of groups.

    Returns
    -------
    Figure
        A panel for each prior. A parameter with a formula has one for each term, on the scale of
        its link, after the prior that they imply for the parameter on the trials of the data.

    Raises
    ------
    SsmkitError
        When traces are given, nothing is free, or a name is unknown.

    Notes
    -----
    Priors are truncated at the bounds of their parameter, as in the fit. An implied prior is that
    of a trial drawn from the data, within the bounds; the share of it that was beyond, which the
    model excludes, stands above the panel.

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=50, random_state=0)
    >>> model = ssmkit.HSSM(data, z=0.5, t={"name": "Gamma", "mu": 0.3, "sigma": 0.1})
    >>> len(plot_prior(model).axes)
    3
    """
    numbers = curves(
        model,
        data=data,
        var_names=var_names,
        truth=truth,
        hdi_prob=hdi_prob,
        random_seed=random_seed,
    )
    return draw(numbers)


def curves(
    model: Any,
    *,
    data: Any = None,
    var_names: "Names" = None,
    truth: Mapping[str, Any] | None = None,
    hdi_prob: float = 0.94,
    random_seed: int = 0,
) -> PriorPlot:
    """Return the numbers that :func:`plot_prior` draws."""
    spec = getattr(model, "spec", model)
    if not isinstance(spec, ModelSpec):
        refuse(
            "model",
            f"a {type(model).__name__} has draws but no priors",
            "give the model itself, made by ssmkit.HSSM(...)",
        )
    if not 0 < hdi_prob < 1:
        refuse("hdi_prob", f"{hdi_prob} is no share", "give one, as in hdi_prob=0.94")
    sources = Sources(
        spec,
        getattr(model, "data", None) if data is None else data,
        getattr(model, "_namespace", None),
        hdi_prob,
        random_seed,
        truth or {},
    )
    items = spec.resolved(sources.data, sources.namespace)
    free = [item for item in items if item.fixed is None]
    keep = _chosen(var_names, {item.name: labels(item) for item in free})
    rows, plain, notes = [], [], []
    for item in free:
        shown = [label for label in labels(item) if label in keep]
        if isinstance(item, Resolved):
            plain += [sources.simple(item)] if shown else []
            continue
        found, said = sources.terms(item, shown)
        notes += said
        if found:
            rows, plain = [*rows, *_split(plain), *_split(found)], []
    rows = [*rows, *_split(plain)]
    if not rows or sum(map(len, rows)) > ROOM:
        count = sum(map(len, rows))
        refuse(
            "var_names",
            f"{count} priors are asked for, and this plot has room for {ROOM}"
            if count
            else "there is no prior to show: all is fixed, or left to Bambi",
            "name some, as in var_names=['v']" if count else "leave a parameter free",
        )
    fixed = [f"{item.name} = {item.fixed}" for item in items if isinstance(item.fixed, float)]
    notes += [f"Fixed: {', '.join(fixed)}."] if fixed else []
    return PriorPlot(tuple(rows), hdi_prob, " ".join(notes))


def _chosen(var_names: "Names", known: Mapping[str, list[str]]) -> set[str]:
    """Return the labels of the panels that are asked for; a parameter's name means all of its."""
    names = [var_names] if isinstance(var_names, str) else [*(var_names or ())]
    everything = [label for own in known.values() for label in own]
    meant = {label: {label} for label in everything} | {k: set(own) for k, own in known.items()}
    wanted: set[str] = set()
    dropped: set[str] = set()
    for name in names:
        plain = name.removeprefix("~")
        if plain not in meant:
            refuse(
                "var_names",
                f"there is no free '{plain}' in this model.{did_you_mean(plain, meant)}",
                f"choose from {', '.join(everything)}",
            )
        (dropped if name.startswith("~") else wanted).update(meant[plain])
    return (wanted or set(everything)) - dropped


def _split(panels: list[Belief]) -> list[tuple[Belief, ...]]:
    """Return the panels in rows."""
    return [tuple(panels[i : i + ACROSS]) for i in range(0, len(panels), ACROSS)]


def draw(plot: PriorPlot) -> "Figure":
    """Draw the panels; above each its prior and interval, the default as a dashed line."""
    from matplotlib.lines import Line2D

    from ssmkit.plots import _style

    across = max(len(row) for row in plot.rows)
    panels = [panel for row in plot.rows for panel in row]
    with _style.picture(max(2.3 * across, 3.4), 1.95 * len(plot.rows) + 0.45) as figure:
        grid = figure.subplots(len(plot.rows), across, squeeze=False)
        for places, row in zip(grid, plot.rows, strict=True):
            lines = max(len(_said(panel, plot.mass)) for panel in row)
            for axes, panel in zip(places, row, strict=False):
                _panel(axes, panel, plot.mass, lines)
            for axes in places[len(row) :]:
                axes.remove()
        marks = [(Line2D([], [], color=_style.BLUE, lw=2), "prior")]
        if any(panel.outside is not None for panel in panels):
            marks.append((Line2D([], [], color=IMPLIED, lw=2), "implied by the terms"))
        if any(panel.ghost is not None for panel in panels):
            marks.append((Line2D([], [], color=_style.SOFT, lw=1.2, ls="--"), "default"))
        if any(panel.truth is not None for panel in panels):
            marks.append((Line2D([], [], color=_style.TRUTH, lw=2), "true value"))
        if len(marks) > 1:
            figure.legend(
                *zip(*marks, strict=True),
                loc="outside upper right",
                ncols=len(marks) if across > 1 else 2,
                handlelength=1.4,
                borderaxespad=0.2,
            )
        _style.footnote(
            figure, f"Shaded: the narrowest interval of {100 * plot.mass:g} %.", plot.note
        )
    return figure


def _panel(axes: "Axes", panel: Belief, mass: float, lines: int) -> None:
    from ssmkit.plots import _style

    (low, high), x, height = panel.curve.interval, panel.curve.x, panel.curve.height
    implied = panel.outside is not None
    colour, shade = (IMPLIED, "#d3ece4") if implied else (_style.BLUE, _style.TINTS[0])
    axes.fill_between(x, height, where=(x >= low) & (x <= high), color=shade, lw=0)
    axes.plot(x, height, color=colour, lw=1.4)
    top, view = np.max(height), (x[0], x[-1])
    if panel.ghost is not None:
        axes.plot(panel.ghost.x, panel.ghost.height, color=_style.SOFT, lw=1.1, ls="--")
        top = max(top, min(2.5 * top, panel.ghost.height.max()))
        width = view[1] - view[0]
        view = (
            max(min(view[0], panel.ghost.x[0]), view[0] - width),
            min(max(view[1], panel.ghost.x[-1]), view[1] + width),
        )
    if panel.truth is not None:
        axes.axvline(panel.truth, color=_style.TRUTH, lw=1.4)
        view = (min(view[0], panel.truth), max(view[1], panel.truth))
    said = _said(panel, mass)
    axes.set_title(panel.label, pad=5 + 11 * lines)
    for i, line in enumerate(said):
        excluded = i == len(said) - 1 and bool(panel.outside)
        axes.annotate(
            line,
            (0, 1),
            (0, 4 + 11 * (lines - 1 - i)),
            xycoords="axes fraction",
            textcoords="offset points",
            color=_style.INK if excluded else _style.SOFT,
            weight="bold" if excluded else None,
            fontsize=8,
        )
    margin = 0.03 * (view[1] - view[0]) or 0.5
    axes.set_xlim(view[0] - margin, view[1] + margin)
    # A density that is infinite at an end must not flatten the rest.
    axes.set_ylim(0, 1.06 * min(top, 12 * float(np.mean(height))) or 1)
    axes.locator_params(axis="x", nbins=4)
    if panel.scale:
        axes.set_xlabel(panel.scale, color=_style.SOFT, fontsize=8)
    _style.bare(axes)


def _said(panel: Belief, mass: float) -> list[str]:
    """Return the lines above a panel: its prior, its interval, what of it the model excludes."""
    from ssmkit.plots import _style

    low, high = panel.curve.interval
    places = decimals(high - low)
    ends = " to ".join(_style.number(end, places) for end in (low, high))
    whose = ", default" if panel.default and panel.outside is None else ""
    lines = [*textwrap.wrap(panel.text, 36), f"{100 * mass:g} %: {ends}{whose}"]
    if panel.outside is not None and any(map(isfinite, panel.bounds)):
        ends = " to ".join(f"{end:g}".replace("inf", "\N{INFINITY}") for end in panel.bounds)
        share = f"{100 * panel.outside:.2g} %" if panel.outside else "nothing"
        lines.append(f"{share} outside {ends}".replace("-", "\N{MINUS SIGN}"))
    return lines

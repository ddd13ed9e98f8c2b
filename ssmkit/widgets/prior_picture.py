"""The picture of a prior: its density, what it implies for the parameter, and for the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ssmkit.plots._beliefs import Curve
from ssmkit.plots._palette import BLUE, CHAINS, IMPLIED, INK, LINE, SOFT, TINTS
from ssmkit.widgets import svg
from ssmkit.widgets.chips import Chips
from ssmkit.widgets.prior_predictive import WINDOW, PriorPredictive

WIDTH, PINNED = 640, CHAINS[3]
SIDES = (CHAINS[4], BLUE)
GHOSTS = {"default": (SOFT, "5 4"), "pinned": (PINNED, "2 3")}


@dataclass(frozen=True)
class Density:
    """A panel: a density, others as ghosts by name, chips, and what stands above it."""

    title: str
    line: str
    curve: Curve | None
    ghosts: tuple[tuple[str, Curve], ...] = ()
    axis: str = ""
    implied: bool = False
    chips: Chips | None = None


def draw(
    panels: Sequence[Density],
    predictive: PriorPredictive | None,
    ghosts: Sequence[tuple[str, PriorPredictive]],
    codes: Sequence[int],
    says: str,
) -> str:
    """Return the picture: densities in a row, and below them reaction times.

    Parameters
    ----------
    panels
        One density or two.
    predictive
        What is expected of the data; None leaves the lower half out.
    ghosts
        The same of other priors, by name.
    codes
        The responses.
    says
        The picture in words.

    Returns
    -------
    str
    """
    width = (WIDTH - 30 * (len(panels) + 1)) / len(panels)
    parts = [
        part
        for i, panel in enumerate(panels)
        for part in _density(panel, 30 + i * (width + 30), width)
    ]
    shown = dict.fromkeys(name for panel in panels for name, _ in panel.ghosts)
    shown |= dict.fromkeys(name for name, _ in ghosts)
    marks = [("now", BLUE, ""), *((name, *GHOSTS[name]) for name in shown)]
    if shown:
        row = 18 if predictive is None else 252
        parts.append(svg.legend(WIDTH - 85 - 80 * len(shown), row, marks))
    if predictive is None:
        return svg.picture(WIDTH, 232, parts, says)
    parts += _times(predictive, ghosts, codes)
    return svg.picture(WIDTH, 480, parts, says)


def _density(panel: Density, left: float, width: float) -> list[str]:
    # Where there is no room for all of it, the words below the picture still say the interval.
    told = panel.line if 5.9 * len(panel.line) < width + 20 else panel.line.split(";")[0]
    parts = [svg.text(left, 18, panel.title, bold=True), svg.text(left, 36, told, SOFT, 11)]
    if panel.curve is None or not np.isfinite(panel.curve.interval).all():
        return [*parts, svg.text(left, 110, "There is nothing of it within the bounds.", INK, 13)]
    curve = _thin(panel.curve)
    low, high = float(curve.x[0]), float(curve.x[-1])
    span = high - low or 1.0
    # An infinite density at an end must not flatten the rest.
    top = min(float(curve.height.max()), 12 * float(curve.height.mean())) or 1.0
    highest = top
    for _, ghost in panel.ghosts:
        highest = max(highest, min(2 * top, float(ghost.height.max())))
        # A ghost may widen the view, and not so much that the prior itself becomes a line.
        low = max(min(low, float(ghost.x[0])), low - span)
        high = min(max(high, float(ghost.x[-1])), high + span)
    bars = None
    if panel.chips is not None:
        low, high = min(low, panel.chips.low), max(high, panel.chips.high)
        bars = _heights(panel.chips)
        highest = max(highest, float(bars.max()))
    frame = svg.Frame(left, 46, width, 140, _wider(low, high), (0, 1.08 * highest))
    colour, shade = (IMPLIED, "#d3ece4") if panel.implied else (BLUE, TINTS[0])
    inside = (curve.x >= curve.interval[0]) & (curve.x <= curve.interval[1])
    drawn = [svg.area(frame, curve.x[inside], curve.height[inside], shade)]
    if bars is not None:
        drawn.append(_blocks(frame, panel.chips, bars))
    drawn += [
        svg.line(frame, ghost.x, ghost.height, GHOSTS[name][0], 1.5, dashes=GHOSTS[name][1])
        for name, ghost in ((name, _thin(ghost)) for name, ghost in panel.ghosts)
    ]
    drawn.append(svg.line(frame, curve.x, curve.height, colour, 2))
    return [*parts, frame.holding(*drawn), svg.x_axis(frame, panel.axis, count=int(width / 90))]


def _heights(chips: Chips) -> np.ndarray:
    """Return the density of chips in each bin."""
    width = (chips.high - chips.low) / len(chips.counts)
    return np.array(chips.counts) / (max(chips.total, 1) * width)


def _blocks(frame: svg.Frame, chips: Chips, heights: np.ndarray) -> str:
    """Return the bins, and a block for each chip, as far as blocks can be told apart."""
    parts = [svg.rule(frame, edge, LINE, 0.8, "1 3") for edge in chips.edges]
    each = 1 if max(chips.counts) <= 20 else max(chips.counts)
    for low, high, count, top in zip(
        chips.edges, chips.edges[1:], chips.counts, heights, strict=False
    ):
        for level in range(-(-count // each)):
            base = level * each * top / count
            edge = min((level + 1) * each, count) * top / count
            parts.append(svg.box(frame, (low, high), (base, edge), SOFT))
    return "".join(parts)


def _thin(curve: Curve) -> Curve:
    """Return a curve with as many points as can be seen, and both of its ends."""
    step = max(len(curve.x) // 160, 1)
    places = np.unique(
        np.r_[0, 1, np.arange(1, len(curve.x), step), len(curve.x) - 2, len(curve.x) - 1]
    )
    return Curve(curve.x[places], curve.height[places], curve.interval)


def _wider(low: float, high: float) -> tuple[float, float]:
    margin = 0.03 * (high - low) or 0.5
    return low - margin, high + margin


def _times(
    predictive: PriorPredictive, ghosts: Sequence[tuple[str, PriorPredictive]], codes: Sequence[int]
) -> list[str]:
    top = 240
    parts = [svg.text(30, top + 12, "Reaction times that it expects, before any data", bold=True)]
    if predictive.heights is None:
        told = "No draw of the prior is one at which the model has a meaning."
        return [*parts, svg.text(30, top + 90, told, INK, 13)]
    mirrored = len(codes) == 2
    last = float(predictive.x[-1] + predictive.x[0])
    own = tallest = float(predictive.heights.max()) or 1.0
    for _, ghost in ghosts:
        if ghost.heights is not None:
            # A ghost is seen whole, unless what it is compared with became a line.
            tallest = max(tallest, min(2 * own, float(ghost.heights.max())))
    frame = svg.Frame(30, top + 42, WIDTH - 60, 148, (-last * mirrored, last), (0, 1.1 * tallest))
    signs = [-1, 1] if mirrored else [1] * len(codes)
    drawn = [
        svg.band(frame, *sorted((sign * WINDOW[0], sign * WINDOW[1])), "#eef1f4")
        for sign in dict.fromkeys(signs)
    ]
    for name, ghost in ghosts:
        colour, dashes = GHOSTS[name]
        for sign, heights in zip(
            signs, () if ghost.heights is None else ghost.heights, strict=False
        ):
            drawn.append(svg.line(frame, sign * ghost.x, heights, colour, 1.5, dashes=dashes))
    colours = SIDES if mirrored else CHAINS
    for i, (sign, heights) in enumerate(zip(signs, predictive.heights, strict=True)):
        x, colour = sign * predictive.x, colours[i % len(colours)]
        drawn += [svg.area(frame, x, heights, colour, opacity=0.22)]
        drawn += [svg.line(frame, x, heights, colour, 2)]
    outside = f"{100 * predictive.outside:.0f} % beyond the shaded 0.15 to 5 s"
    parts += [svg.text(30, top + 30, outside, SOFT, 11), frame.holding(*drawn)]
    parts.append(svg.x_axis(frame, "reaction time (s)", absolute=True, count=12))
    for i, (code, share) in enumerate(zip(codes, predictive.shares, strict=True)):
        words = f"response {svg.written(code)}: {100 * share:.0f} %"
        x, anchor = (WIDTH - 30, "end") if i or not mirrored else (30, "start")
        y = top + (58 if mirrored else 30 + 15 * i)
        parts.append(svg.text(x, y, words, INK, 12, anchor=anchor, bold=True))
        if not mirrored:
            left = x - 8.0 * len(words)
            parts.append(svg.legend(left - 23, y, [("", colours[i % len(colours)], "")]))
    return parts


def ends(low: float, high: float) -> str:
    """Return an interval in words, with as many digits as tell its ends apart."""
    if not (isfinite(low) and isfinite(high)):
        return " to ".join(svg.written(end).replace("inf", "\N{INFINITY}") for end in (low, high))
    return f"{svg.written(low)} to {svg.written(high)}"

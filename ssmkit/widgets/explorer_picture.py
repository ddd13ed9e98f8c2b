"""The pictures of an explorer: densities, the cartoon, quantiles, and those of its neighbours."""

from collections.abc import Mapping

import numpy as np

from ssmkit.plots._conditional import quantiles_of_trials
from ssmkit.plots._palette import INK, LINE, SOFT
from ssmkit.widgets import svg
from ssmkit.widgets.explored import QUANTILES
from ssmkit.widgets.explorer_conditional import accuracy, delta
from ssmkit.widgets.explorer_shown import HEIGHT, PINNED, WIDTH, Shown, colours, instead
from ssmkit.widgets.explorer_strength import chronometric, psychometric

VIEWS = {
    "density": "reaction times",
    "cartoon": "how it decides",
    "quantile": "quantile-probability",
    "psychometric": "choices by strength",
    "chronometric": "times by strength",
    "accuracy": "choices by time (conditional accuracy)",
    "delta": "differences of quantiles (delta)",
}
TERMS = {
    "density": "density",
    "cartoon": "cartoon",
    "quantile": "quantile-probability plot",
    "psychometric": "psychometric function",
    "chronometric": "chronometric function",
    "accuracy": "conditional accuracy",
    "delta": "delta plot",
}
"""The term of the glossary for each view."""
MARKS = {"density": "grey", "quantile": "circles", "accuracy": "circles", "delta": "circles"}
"""How data are seen in a view."""


def draw(view: str, shown: Shown, says: str) -> str:
    """Return the picture of a view.

    Parameters
    ----------
    view
        One of :data:`VIEWS`.
    shown
        What it is drawn from.
    says
        The picture in words.

    Returns
    -------
    str
    """
    parts = _VIEWS[view](shown)
    marks = [("now", INK, "")]
    if shown.ghost is not None:
        marks.append(("pinned", PINNED, "4 3"))
    parts.append(svg.text(56, 18, VIEWS[view].capitalize(), bold=True))
    if shown.trials is not None and view in MARKS:
        words = f"{MARKS[view]}: your data"
        parts.append(svg.text(WIDTH - 20, 18, words, SOFT, 11, anchor="end"))
    if len(marks) > 1:
        parts.append(svg.legend(WIDTH - 280, 18, marks))
    return svg.picture(WIDTH, HEIGHT, parts, says)


def _density(shown: Shown) -> list[str]:
    mirrored = len(shown.codes) == 2
    rt = np.linspace(0, shown.last, 200)
    heights = shown.now.density(rt)
    before = None if shown.ghost is None else shown.ghost.density(rt)
    tallest = max(float(heights.max()), 0.0 if before is None else float(before.max()))
    bars = None if shown.trials is None else _bars(shown)
    tallest = max(tallest, 0.0 if bars is None else float(bars[1].max())) or 1.0
    frame = svg.Frame(
        56, 34, WIDTH - 80, 290, (-shown.last * mirrored, shown.last), (0, 1.12 * tallest)
    )
    drawn, signs = [], [-1, 1] if mirrored else [1] * len(shown.codes)
    if bars is not None:
        for sign, own in zip(signs, bars[1], strict=True):
            drawn.append(_histogram(frame, sign * bars[0], own))
    if before is not None:
        for sign, own in zip(signs, before, strict=True):
            drawn.append(svg.line(frame, sign * rt, own, PINNED, 1.8, dashes="4 3"))
    tints = colours(shown.codes)
    for sign, own, colour in zip(signs, heights, tints, strict=False):
        drawn.append(svg.area(frame, sign * rt, own, colour, opacity=0.18))
        drawn.append(svg.line(frame, sign * rt, own, colour, 2))
    parts = [frame.holding(*drawn), svg.y_axis(frame, "density (1/s)")]
    parts.append(svg.x_axis(frame, "reaction time (s)", absolute=True, count=10))
    for i, (code, share) in enumerate(zip(shown.codes, shown.now.shares[0], strict=True)):
        words = f"response {svg.written(code)}: {100 * share:.0f} %"
        if mirrored:
            x, anchor, y = (WIDTH - 28, "end", 50) if i else (64, "start", 50)
        else:
            x, anchor, y = WIDTH - 28, "end", 50 + 16 * i
            parts.append(svg.legend(WIDTH - 200, y, [("", tints[i], "")]))
        parts.append(svg.text(x, y, words, INK, 12, anchor=anchor, bold=True))
    return parts


def _bars(shown: Shown) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of bins, and the density of the data in them by response."""
    trials = shown.trials
    count = int(np.clip(1.2 * np.sqrt(len(trials)), 8, 40))
    edges = np.linspace(0, shown.last, count + 1)
    own = [
        np.histogram(trials[trials[:, 1] == code, 0], edges)[0] / (len(trials) * np.diff(edges))
        for code in shown.codes
    ]
    return edges, np.stack(own)


def _histogram(frame: svg.Frame, edges: np.ndarray, heights: np.ndarray) -> str:
    x = np.repeat(edges, 2)[1:-1]
    return svg.area(frame, x, np.repeat(heights, 2), LINE, opacity=0.6)


def _cartoon(shown: Shown) -> list[str]:
    if shown.walk is None:
        return instead("This model is no path between two bounds: choose another view.")
    walk, last = shown.walk, shown.last
    rt = np.linspace(0, last, 160)
    heights = shown.now.density(rt)
    top = float(walk.mean.bound.max())
    scale = 0.8 * top / (float(heights.max()) or 1.0)
    frame = svg.Frame(56, 34, WIDTH - 80, 290, (0, last), (-1.95 * top, 1.95 * top))
    tints = colours(shown.codes)
    onset = float(shown.now.onset[0])
    drawn = [svg.band(frame, 0, onset, "#eef1f4")]
    by_code = dict(zip(shown.codes, tints, strict=True))
    for path in walk.paths:
        x = onset + path.shift + path.time[: len(path.evidence)]
        colour = by_code.get(path.response, LINE)
        drawn.append(svg.line(frame, x[::2], path.evidence[::2], colour, 0.9, opacity=0.75))
    time = onset + walk.mean.time[::4]
    bound = np.where(np.maximum.accumulate(walk.mean.bound <= 0), np.nan, walk.mean.bound)[::4]
    tables = [(shown.now, INK, ""), *([(shown.ghost, PINNED, "4 3")] if shown.ghost else [])]
    for table, _, dashes in tables:
        own = table.density(rt)
        for side, height, colour in zip((-1, 1), own, tints, strict=True):
            edge = side * (1.06 * top + scale * height)
            if not dashes:
                drawn.append(
                    svg.area(frame, rt, edge, colour, base=side * 1.06 * top, opacity=0.25)
                )
            tint = PINNED if dashes else colour
            drawn.append(svg.line(frame, rt, edge, tint, 1.6, dashes=dashes))
    drawn += [svg.line(frame, time, side * bound, INK, 2) for side in (-1, 1)]
    evidence = walk.mean.evidence
    drawn.append(svg.line(frame, onset + walk.mean.time[: len(evidence)], evidence, INK, 2.2))
    drawn.append(svg.line(frame, (0, onset), (evidence[0],) * 2, INK, 1, dashes="2 3"))
    drawn.append(svg.points(frame, [onset], evidence[:1], INK))
    parts = [frame.holding(*drawn), svg.x_axis(frame, "time (s)", count=10)]
    parts.append(svg.text(22, 180, "evidence", anchor="middle", turned=True))
    for side, code, share in zip((1, -1), shown.codes, shown.now.shares[0], strict=True):
        words = f"response {svg.written(code)}: {100 * share:.0f} %"
        y = 318 if side > 0 else 50
        parts.append(svg.text(WIDTH - 28, y, words, INK, 12, anchor="end", bold=True))
    return parts


def _quantile(shown: Shown) -> list[str]:
    points = [(shown.now, INK, ""), *([(shown.ghost, PINNED, "4 3")] if shown.ghost else [])]
    found = [(table.shares[0], table.quantiles(QUANTILES), tint) for table, tint, _ in points]
    own = None if shown.trials is None else _observed(shown)
    tops = [q for _, q, _ in found] + ([] if own is None else [own[1]])
    top = max(float(np.nanmax(q, initial=0.0)) for q in tops) or 1.0
    frame = svg.Frame(56, 34, WIDTH - 80, 290, (0, 1), (0, 1.1 * top))
    drawn, tints = [], colours(shown.codes)
    for shares, quantiles, tint in reversed(found):
        order = np.argsort(shares)
        drawn += [svg.line(frame, shares[order], column, LINE, 1) for column in quantiles[order].T]
        for i, (share, times) in enumerate(zip(shares, quantiles, strict=True)):
            colour = PINNED if tint == PINNED else tints[i]
            x, y = np.full(len(times), share), times
            drawn += [svg.line(frame, (share - 0.012, share + 0.012), (v, v), colour, 3) for v in y]
            drawn.append(svg.line(frame, x, y, colour, 1, opacity=0.5))
    if own is not None:
        for i, (share, times) in enumerate(zip(*own, strict=True)):
            drawn.append(
                svg.points(frame, np.full(len(times), share), times, tints[i], hollow=True)
            )
    parts = [frame.holding(*drawn), svg.y_axis(frame, "quantiles of time (s)")]
    parts.append(svg.x_axis(frame, "probability of the response", count=10))
    parts += [
        svg.text(
            56 + float(frame.across(share)),
            34 + float(frame.down(0.02 * top)),
            f"response {svg.written(code)}",
            SOFT,
            11,
            anchor="middle",
        )
        for code, share in zip(shown.codes, found[0][0], strict=True)
    ]
    return parts


def _observed(shown: Shown) -> tuple[np.ndarray, np.ndarray]:
    shares = [float((shown.trials[:, 1] == code).mean()) for code in shown.codes]
    times = [quantiles_of_trials(shown.trials, code, QUANTILES) for code in shown.codes]
    return np.array(shares), np.array(times)


_VIEWS: Mapping = {
    "density": _density,
    "cartoon": _cartoon,
    "quantile": _quantile,
    "psychometric": psychometric,
    "chronometric": chronometric,
    "accuracy": accuracy,
    "delta": delta,
}

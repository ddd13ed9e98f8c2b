"""The pictures of how choices and times go together: conditional accuracy, and delta plots."""

import numpy as np

from ssmkit.plots import _conditional as conditional
from ssmkit.plots._palette import LINE, SOFT
from ssmkit.widgets import svg
from ssmkit.widgets.explorer_shown import PINNED, Shown, colours, frame, names
from ssmkit.widgets.table import TAU, Table

BINS = 5
DECILES = np.linspace(0.1, 0.9, 9)


def bins(table: Table, response: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean time and the share of a response in each fifth of the times of a model."""
    time, share = conditional.accuracy_of_law(TAU, table.below[0], response, BINS)
    return time + table.onset[0], share


def accuracy(shown: Shown) -> list[str]:
    """Return the share of a response among trials of about the same time."""
    count = len(shown.codes)
    places = [count - 1] if count == 2 else [*range(count)]
    own, tints = frame((0, shown.last), (0, 1)), colours(shown.codes)
    rt = np.linspace(0, shown.last, 200)
    drawn = [svg.line(own, own.x, (0.5, 0.5), LINE, 1)] if count == 2 else []
    for table, ghost in ((shown.ghost, True), (shown.now, False)):
        if table is None:
            continue
        heights = table.density(rt)
        total = heights.sum(axis=0)
        enough = total > 1e-3 * total.max()
        for i in places:
            share = np.divide(heights[i], total, out=np.full(len(rt), np.nan), where=enough)
            colour, dashes = (PINNED, "4 3") if ghost else (tints[i], "")
            drawn.append(svg.line(own, rt, share, colour, 1.2, dashes=dashes, opacity=0.6))
            drawn.append(svg.points(own, *bins(table, i), colour, radius=3.2))
    if shown.trials is not None:
        for i in places:
            found = conditional.accuracy_of_trials(shown.trials, shown.codes[i], BINS)
            drawn.append(svg.points(own, *found, tints[i], radius=5, hollow=True))
    what = f"P(response {svg.written(shown.codes[-1])})" if count == 2 else "P(response)"
    parts = [own.holding(*drawn), svg.y_axis(own, what)]
    parts.append(svg.x_axis(own, "reaction time (s); dots are fifths of the trials", count=10))
    return parts if count == 2 else [*parts, names(shown)]


def delta(shown: Shown) -> list[str]:
    """Return by how much quantiles of the times differ, over their mean.

    With something pinned, it is now minus pinned; without, the other responses minus the last.
    """
    found = differences(shown.now, shown.ghost)
    own = [] if shown.trials is None else observed(shown)
    every = np.concatenate([y for _, y in (*found.values(), *(pair for _, pair in own))])
    low, high = np.nanmin(every, initial=0.0), np.nanmax(every, initial=0.0)
    room = 0.12 * (high - low) or 0.1
    ends = (float(low - room), float(high + room))
    whole, tints = frame((0, shown.last), ends), colours(shown.codes)
    drawn = [svg.line(whole, whole.x, (0, 0), LINE, 1.2)]
    for i, (x, y) in found.items():
        drawn.append(svg.line(whole, x, y, tints[i], 2))
        drawn.append(svg.points(whole, x, y, tints[i], radius=2.6))
    drawn += [svg.points(whole, *pair, tints[i], radius=5, hollow=True) for i, pair in own]
    last = svg.written(shown.codes[-1])
    what = f"minus response {last} (s)" if shown.ghost is None else "now minus pinned (s)"
    parts = [whole.holding(*drawn), svg.y_axis(whole, what), names(shown, [*found])]
    parts.append(svg.x_axis(whole, "mean of the two quantiles (s), .1 to .9", count=10))
    if shown.trials is not None and shown.ghost is not None and shown.ghost_trials is None:
        told = "your data: take another condition than the pinned one"
        parts.append(svg.text(64, 316, told, SOFT, 11))
    return parts


def differences(now: Table, ghost: Table | None) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Return the points of a delta plot, by the place of the response."""
    own = now.quantiles(DECILES)
    if ghost is not None:
        pairs = zip(ghost.quantiles(DECILES), own, strict=True)
        return {i: conditional.delta(*pair) for i, pair in enumerate(pairs)}
    return {i: conditional.delta(own[-1], one) for i, one in enumerate(own[:-1])}


def observed(shown: Shown) -> list[tuple[int, tuple[np.ndarray, np.ndarray]]]:
    """Return the same of the data, where there are two sets of them to compare."""

    def of(trials: np.ndarray) -> list[np.ndarray]:
        return [conditional.quantiles_of_trials(trials, code, DECILES) for code in shown.codes]

    own = of(shown.trials)
    if shown.ghost is None:
        return [(i, conditional.delta(own[-1], one)) for i, one in enumerate(own[:-1])]
    if shown.ghost_trials is None:
        return []
    pairs = zip(of(shown.ghost_trials), own, strict=True)
    return [(i, conditional.delta(*pair)) for i, pair in enumerate(pairs)]

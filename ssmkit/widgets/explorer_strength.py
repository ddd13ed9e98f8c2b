"""The pictures of choices and times by the strength of the evidence."""

from collections.abc import Callable

import numpy as np

from ssmkit.plots._palette import BLUE
from ssmkit.widgets import svg
from ssmkit.widgets.explorer_shown import PINNED, Shown, colours, frame, instead, names
from ssmkit.widgets.table import Table


def psychometric(shown: Shown) -> list[str]:
    """Return the probability of the last response at each strength."""
    label = f"P(response {svg.written(shown.codes[-1])})"
    return _by_strength(shown, lambda table: table.shares[:, -1:], (0, 1), label)


def chronometric(shown: Shown) -> list[str]:
    """Return the mean time of each response at each strength."""
    tables = [t for t in (shown.steps, shown.ghost_steps) if t is not None]
    tops = [float(np.nanmax(np.where(t.shares > 1e-3, t.means(), 0))) for t in tables]
    parts = _by_strength(
        shown,
        lambda table: np.where(table.shares > 1e-3, table.means(), np.nan),
        (0, 1.15 * max(tops, default=1.0)),
        "mean time (s)",
    )
    return parts if shown.steps is None else [*parts, names(shown)]


def _by_strength(
    shown: Shown,
    numbers: Callable[[Table], np.ndarray],
    ends: tuple[float, float],
    label: str,
) -> list[str]:
    if shown.strength is None or shown.steps is None:
        return instead(
            "No one drift of this model is the strength of the evidence: choose another view."
        )
    x = shown.strength.x
    own = frame((float(x[0]), float(x[-1])), ends)
    drawn, tints = [svg.rule(own, 0.0)], colours(shown.codes)
    for table, ghost in ((shown.ghost_steps, True), (shown.steps, False)):
        if table is None:
            continue
        columns = numbers(table).T
        for i, column in enumerate(columns):
            colour = PINNED if ghost else tints[i] if len(columns) > 1 else BLUE
            drawn.append(svg.line(own, x, column, colour, 2, dashes="4 3" * ghost))
            if not ghost:
                drawn.append(svg.points(own, x, column, colour, radius=2.6))
    axis = f"{shown.strength.label}: strength of the evidence"
    return [own.holding(*drawn), svg.y_axis(own, label), svg.x_axis(own, axis, count=10)]

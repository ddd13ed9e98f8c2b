"""What the pictures of an explorer are drawn from, and in which colours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ssmkit.plots._palette import BLUE, CHAINS
from ssmkit.widgets import svg
from ssmkit.widgets.explored import Walk
from ssmkit.widgets.strength import Strength
from ssmkit.widgets.table import Table

WIDTH, HEIGHT = 640, 380
PINNED = CHAINS[3]


@dataclass(frozen=True)
class Shown:
    """What a picture is drawn from: the model now, and what is beside it.

    ``trials`` are seconds and response, (n, 2); ``ghost``, ``ghost_trials`` and ``ghost_steps`` are
    of what is pinned, the trials only where they are of another condition.
    """

    codes: tuple[int, ...]
    last: float
    now: Table
    ghost: Table | None = None
    trials: np.ndarray | None = None
    ghost_trials: np.ndarray | None = None
    strength: Strength | None = None
    steps: Table | None = None
    ghost_steps: Table | None = None
    walk: Walk | None = None


def colours(codes: Sequence[int]) -> tuple[str, ...]:
    """Return a colour for each response."""
    return (CHAINS[4], BLUE) if len(codes) == 2 else (BLUE, CHAINS[4], CHAINS[2], CHAINS[3])


def frame(shown_x: tuple[float, float], shown_y: tuple[float, float]) -> svg.Frame:
    """Return the frame of a view of one panel."""
    return svg.Frame(56, 34, WIDTH - 80, 290, shown_x, shown_y)


def instead(words: str) -> list[str]:
    """Return a sentence where there is nothing to draw."""
    return [svg.text(56, 170, words, size=13)]


def names(shown: Shown, places: Sequence[int] | None = None) -> str:
    """Return a legend of the responses, or of some of them."""
    tints = colours(shown.codes)
    marks = [
        (f"response {svg.written(code)}", tints[i], "")
        for i, code in enumerate(shown.codes)
        if places is None or i in places
    ]
    return svg.legend(70, 50, marks)

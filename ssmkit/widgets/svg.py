"""A picture as a string: axes, lines, areas and words in SVG.

Drawn anew at every change of a control, it has to be there within milliseconds; matplotlib is not.
A picture has its own paper and ink, so that it reads the same on light and dark pages, and no ids,
so that any number of pictures may stand on a page.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

import numpy as np

from ssmkit.plots._palette import INK, LINE, PAPER, SOFT

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


@dataclass(frozen=True)
class Frame:
    """A rectangle of the picture and the ranges of the numbers in it.

    Parameters
    ----------
    left, top, width, height
        Where it is, in pixels.
    x, y
        The ranges, the lower end first.
    """

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, x: "float | np.ndarray") -> "np.ndarray":
        """Return where numbers are, in pixels from the left of the frame."""
        return self._place(x, self.x) * self.width

    def down(self, y: "float | np.ndarray") -> "np.ndarray":
        """Return where numbers are, in pixels from the top of the frame."""
        return (1 - self._place(y, self.y)) * self.height

    @staticmethod
    def _place(values: "float | np.ndarray", ends: tuple[float, float]) -> "np.ndarray":
        span = ends[1] - ends[0] or 1.0
        # Far outside is far enough: SVG has no infinity.
        return np.clip((np.asarray(values, dtype=float) - ends[0]) / span, -9.0, 9.0)

    def holding(self, *parts: str) -> str:
        """Return parts that were drawn in this frame, cut off at its edges."""
        place = f'x="{self.left:g}" y="{self.top:g}" width="{self.width:g}"'
        return f'<svg {place} height="{self.height:g}" overflow="hidden">{"".join(parts)}</svg>'


def picture(width: float, height: float, parts: Iterable[str], says: str) -> str:
    """Return a picture.

    Parameters
    ----------
    width, height
        Its size in pixels; it shrinks where there is less room.
    parts
        What was drawn.
    says
        What is seen on it, in words, for those who do not see it.

    Returns
    -------
    str
        An ``svg`` element.

    Examples
    --------
    >>> "role=" in picture(100, 50, [text(5, 20, "a < b")], "nothing much")
    True
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-label="{escape(says)}"'
        f' style="max-width:100%;height:auto;display:block;border-radius:4px"'
        f' font-family="{FONT}"><rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )


def as_image(svg: str) -> str:
    """Return a picture as an ``img`` that carries it, with the same words for it.

    Examples
    --------
    >>> as_image(picture(100, 50, [], "nothing much"))[:40]
    '<img alt="nothing much" style="max-width'
    """
    (says,) = re.findall(r'aria-label="([^"]*)"', svg)[:1]
    code = b64encode(svg.encode()).decode()
    return (
        f'<img alt="{says}" style="max-width:100%;height:auto"'
        f' src="data:image/svg+xml;base64,{code}">'
    )


def line(
    frame: Frame,
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    colour: str = INK,
    width: float = 1.6,
    *,
    dashes: str = "",
    opacity: float = 1.0,
) -> str:
    """Return a line through points; it has a gap where a number is NaN."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    faint = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<path d="{_path(frame, x, y)}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linejoin="round"{dashed}{faint}/>'
    )


def area(
    frame: Frame,
    x: Sequence[float] | np.ndarray,
    top: Sequence[float] | np.ndarray,
    colour: str,
    *,
    base: "float | np.ndarray" = 0.0,
    opacity: float = 1.0,
) -> str:
    """Return what is between a line and a base, filled."""
    x, top = np.asarray(x, dtype=float), np.asarray(top, dtype=float)
    if x.size == 0:
        return ""
    edge = np.broadcast_to(np.asarray(base, dtype=float), top.shape)
    outline = _path(frame, np.concatenate([x, x[::-1]]), np.concatenate([top, edge[::-1]]))
    return f'<path d="{outline}Z" fill="{colour}" fill-opacity="{opacity:g}"/>'


def band(frame: Frame, low: float, high: float, colour: str, *, opacity: float = 1.0) -> str:
    """Return a stretch of the horizontal axis, filled from top to bottom."""
    left, right = frame.across(low), frame.across(high)
    return (
        f'<rect x="{left:.1f}" y="0" width="{max(right - left, 0):.1f}"'
        f' height="{frame.height:g}" fill="{colour}" fill-opacity="{opacity:g}"/>'
    )


def box(frame: Frame, x: tuple[float, float], y: tuple[float, float], colour: str) -> str:
    """Return a rectangle with an outline, a pixel apart from its neighbours."""
    left, right = (float(end) for end in frame.across(np.array(x)))
    foot, top = (float(end) for end in frame.down(np.array(y)))
    return (
        f'<rect x="{left + 0.5:.1f}" y="{top + 0.5:.1f}" width="{max(right - left - 1, 0):.1f}"'
        f' height="{max(foot - top - 1, 0):.1f}" fill="{colour}" fill-opacity="0.25"'
        f' stroke="{colour}" stroke-width="0.8"/>'
    )


def rule(frame: Frame, x: float, colour: str = LINE, width: float = 1.0, dashes: str = "") -> str:
    """Return a vertical line."""
    return line(frame, (x, x), frame.y, colour, width, dashes=dashes)


def points(
    frame: Frame,
    x: Sequence[float] | np.ndarray,
    y: Sequence[float] | np.ndarray,
    colour: str,
    *,
    radius: float = 3.5,
    hollow: bool = False,
) -> str:
    """Return circles; none where a number is NaN."""
    across, down = frame.across(np.asarray(x)), frame.down(np.asarray(y))
    fill = PAPER if hollow else colour
    return "".join(
        f'<circle cx="{a:.1f}" cy="{d:.1f}" r="{radius:g}" fill="{fill}" stroke="{colour}"'
        ' stroke-width="1.4"/>'
        for a, d in zip(across, down, strict=True)
        if np.isfinite(a) and np.isfinite(d)
    )


def text(
    x: float,
    y: float,
    words: str,
    colour: str = INK,
    size: float = 12,
    *,
    anchor: str = "start",
    bold: bool = False,
    turned: bool = False,
) -> str:
    """Return words at a place in pixels, escaped; ``anchor`` is start, middle or end."""
    weight = ' font-weight="600"' if bold else ""
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="{size:g}"'
        f' text-anchor="{anchor}"{weight}{turn}>{escape(str(words))}</text>'
    )


def x_axis(frame: Frame, label: str = "", *, absolute: bool = False, count: int = 6) -> str:
    """Return the axis below a frame; ``absolute`` writes numbers without their sign."""
    foot = frame.top + frame.height
    parts = [_edge(frame.left, foot, frame.left + frame.width, foot)]
    for tick in ticks(*frame.x, count):
        x = frame.left + float(frame.across(tick))
        parts.append(_edge(x, foot, x, foot + 4))
        parts.append(
            text(x, foot + 16, written(abs(tick) if absolute else tick), SOFT, 11, anchor="middle")
        )
    middle = frame.left + frame.width / 2
    return "".join(parts) + (text(middle, foot + 32, label, anchor="middle") if label else "")


def y_axis(frame: Frame, label: str = "", count: int = 5) -> str:
    """Return the axis to the left of a frame."""
    parts = [_edge(frame.left, frame.top, frame.left, frame.top + frame.height)]
    for tick in ticks(*frame.y, count):
        y = frame.top + float(frame.down(tick))
        parts.append(_edge(frame.left - 4, y, frame.left, y))
        parts.append(text(frame.left - 7, y + 4, written(tick), SOFT, 11, anchor="end"))
    x, y = frame.left - 38, frame.top + frame.height / 2
    named = text(x, y, label, anchor="middle", turned=True) if label else ""
    return "".join(parts) + named


def legend(x: float, y: float, marks: Sequence[tuple[str, str, str]]) -> str:
    """Return names of lines in a row, each a name, a colour and its dashes (``""`` for none)."""
    parts = []
    for name, colour, dashes in marks:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(
            f'<path d="M{x:.1f} {y - 4:.1f}h18" stroke="{colour}" stroke-width="2.4"{dashed}/>'
        )
        parts.append(text(x + 23, y, name, SOFT, 11))
        # No font is at hand to measure; this is wide enough for all but capitals.
        x += 41 + 6.1 * len(name)
    return "".join(parts)


def ticks(low: float, high: float, count: int = 6) -> list[float]:
    """Return round numbers between two, about as many as asked for.

    Examples
    --------
    >>> ticks(0.0, 3.2)
    [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    """
    span = high - low
    if not span > 0 or not np.isfinite(span):
        return [low]
    rough = span / max(count, 1)
    unit = 10.0 ** floor(log10(rough))
    step = min((unit * m for m in (1, 2, 2.5, 5, 10)), key=lambda s: abs(span / s - count))
    first = int(np.ceil(low / step - 1e-9))
    last = int(np.floor(high / step + 1e-9))
    return [float(round(i * step, 12)) for i in range(first, last + 1)]


def written(value: float, digits: int = 3) -> str:
    r"""Return a number with a true minus sign.

    Examples
    --------
    >>> written(-0.25) == "\N{MINUS SIGN}0.25"
    True
    """
    return f"{value:.{digits}g}".replace("-", "\N{MINUS SIGN}")


def _edge(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{LINE}" fill="none"/>'


def _path(frame: Frame, x: Sequence[float] | np.ndarray, y: Sequence[float] | np.ndarray) -> str:
    across, down = frame.across(np.asarray(x)).tolist(), frame.down(np.asarray(y)).tolist()
    words, pen = [], "M"
    for a, d in zip(across, down, strict=True):
        # NaN differs from itself: the pen is lifted. After M, points follow each other by lines.
        if a != a or d != d:  # noqa: PLR0124
            pen = "M"
            continue
        words.append(f"{pen}{a:.1f} {d:.1f}")
        pen = " "
    return "".join(words)

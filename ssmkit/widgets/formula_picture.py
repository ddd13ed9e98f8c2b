"""The design of a formula as a picture, and its coefficients and cells as tables."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from ssmkit.plots._palette import INK, LINE, PAPER, SOFT, TINTS
from ssmkit.widgets import svg
from ssmkit.widgets.formula_design import Cells, Preview, brief

WIDTH, HEAD, ROW, EDGE = 640, 62, 21, 12
LONGEST = 20
_CELL = "padding:.2em .9em .2em 0;text-align:left;vertical-align:top;background:none"
_LINE = "border-bottom:1px solid rgba(128,128,128,.35)"


def draw(title: str, design: Preview | None, says: str) -> str:
    """Return the picture of a design: the predictors of the first trials, a column a coefficient.

    Parameters
    ----------
    title
        The formula.
    design
        The design; None where it cannot be shown.
    says
        What is seen, in words.

    Returns
    -------
    str
        An ``svg`` element.
    """
    if design is None:
        return svg.picture(WIDTH, 46, [svg.text(EDGE, 28, _short(title, 90), size=15)], says)
    parts = [svg.text(EDGE, 22, _short(title, 76), size=15)]
    count = len(design.columns)
    x, shown = float(EDGE), 0
    for i, column in enumerate(design.columns):
        label = _short(brief(column.label), LONGEST)
        width = max(58.0, 6.6 * len(label) + 18)
        if x + width > WIDTH - EDGE - (70 if i < count - 1 else 0):
            break
        faint = column.label in design.dependent
        parts.append(svg.text(x + width - 8, HEAD - 14, label, _ink(faint), 11, anchor="end"))
        parts += _column(x, width, design.rows[:, i], faint=faint)
        x, shown = x + width, shown + 1
    if shown < count:
        parts.append(svg.text(x + 8, HEAD - 14, f"and {count - shown} more", SOFT, 11))
    foot = HEAD + ROW * len(design.rows) + 18
    said = [f"First {len(design.rows)} of {design.trials:,} trials"]
    said.append(f"{design.rank} of {count} columns can be told apart")
    said += [f"{brief(group.term)}: {group.count} groups" for group in design.groups]
    parts.append(svg.text(EDGE, foot, _short("; ".join(said), 115), SOFT, 11))
    return svg.picture(WIDTH, foot + 14, parts, says)


def _ink(faint: bool) -> str:  # noqa: FBT001 - one word says it
    return LINE if faint else INK


def _column(x: float, width: float, values: np.ndarray, *, faint: bool) -> list[str]:
    """Return the cells of a column, the darker the further from 0."""
    most = float(np.abs(values).max(initial=0.0)) or 1.0
    parts = []
    for i, value in enumerate(values.tolist()):
        y = HEAD + ROW * i
        step = int(np.ceil(3 * abs(value) / most)) - 1
        colour = PAPER if faint or step < 0 else TINTS[step]
        parts.append(
            f'<rect x="{x + 2:.1f}" y="{y - 2:.1f}" width="{width - 4:.1f}" height="{ROW - 3}"'
            f' rx="2" fill="{colour}"/>'
        )
        words = svg.written(round(value, 3) + 0.0)
        parts.append(svg.text(x + width - 9, y + 12, words, _ink(faint), 11.5, anchor="end"))
    return parts


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table as HTML, its words escaped.

    Examples
    --------
    >>> "&lt;b&gt;" in table(["name"], [["<b>"]], "names")
    True
    """
    head = "".join(f'<th scope="col" style="{_CELL};{_LINE}">{escape(x)}</th>' for x in heads)
    body = "".join(
        '<tr style="background:none">'
        f'<th scope="row" style="{_CELL};font-weight:600">{escape(first)}</th>'
        + "".join(f'<td style="{_CELL}">{escape(x)}</td>' for x in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;background:none;'
        'color:inherit;font-size:13px;line-height:1.4;margin:.5em 0">'
        f'<caption style="text-align:left;color:inherit;font-weight:600">{escape(caption)}'
        f'</caption><thead><tr style="background:none">{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def cells_table(cells: Cells) -> str:
    """Return the number of trials in each cell as a table; empty cells say so.

    Examples
    --------
    >>> "empty" in cells_table(Cells(("c",), (("a", "b"),), np.array([3, 0])))
    True
    """
    down = cells.counts.reshape(-1, cells.counts.shape[-1])
    places = [()] if cells.counts.ndim == 1 else list(np.ndindex(cells.counts.shape[:-1]))
    names = [brief(name) for name in cells.names]
    heads = [" \N{MULTIPLICATION SIGN} ".join(names[:-1]) or "number of"]
    heads += [f"{names[-1]} {level}" for level in cells.levels[-1]]
    rows = [
        [
            ", ".join(levels[i] for levels, i in zip(cells.levels, place, strict=False))
            or "trials",
            *(f"{n:,}" if n else "0 (empty)" for n in counts.tolist()),
        ]
        for place, counts in zip(places, down, strict=True)
    ]
    return table(heads, rows, "Trials in each cell")

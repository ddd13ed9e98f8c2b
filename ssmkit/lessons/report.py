"""A report as one HTML page that holds its pictures, from plain values."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_STYLE = """
:root { color-scheme: light dark; --line: rgba(128,128,128,.35); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; }
table.numbers { border-collapse: collapse; font-variant-numeric: tabular-nums; }
table.numbers th, table.numbers td { padding: .3em .9em; text-align: right;
  border-bottom: 1px solid var(--line); }
table.numbers th { white-space: nowrap; }
table.numbers th:first-child { text-align: left; }
figure { margin: 1rem 0 1.6rem; }
img { max-width: 100%; height: auto; border-radius: 6px; }
figcaption { opacity: .8; font-size: .92rem; }
pre { overflow-x: auto; padding: .8em 1em; border: 1px solid var(--line); border-radius: 6px; }
.note { border-left: 4px solid #e69f00; padding: .1em .9em; }
footer { margin-top: 2.5rem; opacity: .75; font-size: .9rem; }
"""

_COLUMNS = {
    "true": ("true value", "{:.3g}"),
    "mean": ("mean", "{:.3f}"),
    "sd": ("sd", "{:.3f}"),
    "low": ("94 % from", "{:.3f}"),
    "high": ("to", "{:.3f}"),
    "r_hat": ("R-hat", "{:.3f}"),
    "ess": ("effective draws", "{:,.0f}"),
}


@dataclass(frozen=True)
class Report:
    """What a report says.

    Parameters
    ----------
    title
        Its heading.
    source
        One sentence: which data.
    verdicts
        Sentences about the fit.
    table
        Estimates, as of :func:`ssmkit.lessons.estimates.estimates`.
    pictures
        Pairs of PNG bytes and what they show.
    model
        The model's own table, HTML.
    notes
        What is worth knowing about the data.
    code
        Python that does the same.
    footer
        Seed, time and versions.
    """

    title: str
    source: str
    verdicts: Sequence[str]
    table: "pd.DataFrame"
    pictures: Sequence[tuple[bytes, str]]
    model: str
    notes: Sequence[str]
    code: str
    footer: str


def to_html(report: Report) -> str:
    """Return the page; it needs no other file and no network, and follows the reader's theme."""
    verdicts = "".join(f"<li>{escape(sentence)}</li>" for sentence in report.verdicts)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in report.notes)
    pictures = "".join(_figure(png, caption) for png, caption in report.pictures)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(report.title)}</h1><p>{escape(report.source)}</p>{notes}"
        f"<h2>Estimates</h2>{_table(report.table)}<ul>{verdicts}</ul>"
        f"<h2>Pictures</h2>{pictures}"
        f"<h2>The model</h2>{report.model}"
        f"<h2>The same in Python</h2><pre>{escape(report.code)}</pre>"
        f"</main><footer>{escape(report.footer)}</footer></body></html>\n"
    )


def _table(table: "pd.DataFrame") -> str:
    columns = {name: how for name, how in _COLUMNS.items() if name in table}
    titles = "".join(f'<th scope="col">{title}</th>' for title, _ in columns.values())
    rows = "".join(
        f'<tr><th scope="row">{escape(str(name))}</th>'
        + "".join(f"<td>{how.format(row[key])}</td>" for key, (_, how) in columns.items())
        + "</tr>"
        for name, row in table.iterrows()
    )
    return (
        f'<table class="numbers"><thead><tr><th scope="col">parameter</th>{titles}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _figure(png: bytes, caption: str) -> str:
    data = base64.b64encode(png).decode()
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )

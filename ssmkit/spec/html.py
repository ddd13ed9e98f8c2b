"""The spec as a compact table for notebooks."""

from collections.abc import Mapping
from html import escape
from typing import Any

from ssmkit.spec.formula import reading
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved

# Grey at half strength shows on white and on black, and text keeps the colour of the page.
_LINE = "border-bottom:1px solid rgba(128,128,128,.35)"
_CELL = f"padding:.25em .9em .25em 0;text-align:left;vertical-align:top;{_LINE}"
_FAINT = "opacity:.75"


def summary_html(
    spec: ModelSpec, n_obs: int, data: Any = None, namespace: Mapping[str, Any] | None = None
) -> str:
    """Return a table of the model, which says of every prior whose it is.

    Parameters
    ----------
    spec
        The model.
    n_obs
        Number of trials.
    data, namespace
        As for :meth:`ModelSpec.resolved`: on the data, the terms of formulas are those of the fit.

    Returns
    -------
    str
        HTML with inline styles only, readable on light and dark pages.

    Examples
    --------
    >>> "the model's default" in summary_html(ModelSpec("ddm"), 100)
    True
    """
    config = spec.config
    head = (
        f"<strong>{escape(spec.model)}</strong>: {escape(config.description)}<br>"
        f'<span style="{_FAINT}">{n_obs:,} observations of {escape(", ".join(config.response))};'
        f" {escape(spec.kind)} likelihood</span>"
    )
    header = "".join(
        f'<th scope="col" style="{_CELL};background:none">{title}</th>'
        for title in ("Parameter", "Prior", "Bounds", "Chosen by")
    )
    items = spec.resolved(data, namespace)
    rows = "".join(
        _regression(item) if isinstance(item, Regression) else _parameter(item) for item in items
    )
    notes = "".join(f'<p style="margin:.4em 0">{note}</p>' for note in _notes(spec, items))
    return (
        '<div style="color:inherit;font-size:.95em;line-height:1.4">'
        f'<p style="margin:.4em 0">{head}</p>'
        '<table style="border-collapse:collapse;background:none;color:inherit;margin:.4em 0">'
        f'<thead><tr style="background:none">{header}</tr></thead><tbody>{rows}</tbody></table>'
        f"{notes}</div>"
    )


def _parameter(resolved: Resolved) -> str:
    if resolved.fixed is not None:
        prior, source = f"fixed at {resolved.fixed}", "you: fixed, not estimated"
    else:
        prior, source = str(resolved.prior), "the model's default" if resolved.default else "you"
    return _row(resolved.name, prior, _interval(resolved.bounds), source, faint=resolved.default)


def _regression(item: Regression) -> str:
    """Return a row for the formula and one for each of its terms."""
    read = reading(item.formula)
    formula = f"{item.name} ~ {item.formula}"
    source = "you" if read == item.formula else f"you: read as {read}"
    rows = _row(formula, f"{item.link} link", _interval(item.bounds), source, faint=False)
    for term, prior in item.priors.items():
        default = term in item.defaults
        if isinstance(prior, float):
            text, whose = f"fixed at {prior}", "you: fixed, not estimated"
        else:
            text = "chosen by Bambi" if prior is None else str(prior)
            whose = ("Bambi" if prior is None else "a default") if default else "you"
        rows += _row(f"{item.name}_{term}", text, "", whose, faint=default, indent=True)
    return rows


def _row(
    name: str, prior: str, bounds: str, source: str, *, faint: bool, indent: bool = False
) -> str:
    head = f"{_CELL};background:none" + (";padding-left:1em;font-weight:normal" if indent else "")
    return (
        '<tr style="background:none">'
        f'<th scope="row" style="{head}">{escape(name)}</th>'
        f'<td style="{_CELL};font-weight:{"normal" if faint else "bold"}">{escape(prior)}</td>'
        f'<td style="{_CELL}">{escape(bounds)}</td>'
        f'<td style="{_CELL};{_FAINT if faint else ""}">{escape(source, quote=False)}</td></tr>'
    )


def _interval(bounds: tuple[float, float]) -> str:
    lo, hi = (f"{end:g}".replace("inf", "∞") for end in bounds)
    return f"{lo} to {hi}"


def _notes(spec: ModelSpec, items: tuple[Resolved | Regression, ...]) -> list[str]:
    lapse = spec.lapse
    if lapse is None:
        notes = ["No lapses: every response comes from the decision process."]
    else:
        share = f"{lapse.p:.3g}" if isinstance(lapse.p, float) else "a share p_outlier"
        times = escape(str(lapse.distribution))
        notes = [f"Lapses: {share} of the trials, with reaction times from {times} s."]
    if any(item.name == "sv" and item.fixed is None for item in items):
        notes.append("A free sv about doubles the uncertainty of v; sv=0 leaves it out.")
    return notes

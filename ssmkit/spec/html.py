"""The spec as a compact table for notebooks."""

from html import escape

from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.prior import Prior
from ssmkit.spec.resolved import Resolved

# Grey at half strength shows on white and on black, and text keeps the colour of the page.
_LINE = "border-bottom:1px solid rgba(128,128,128,.35)"
_CELL = f"padding:.25em .9em .25em 0;text-align:left;vertical-align:top;{_LINE}"
_FAINT = "opacity:.75"


def summary_html(spec: ModelSpec, n_obs: int) -> str:
    """Return a table of the model, which says of every prior whose it is.

    Parameters
    ----------
    spec
        The model.
    n_obs
        Number of trials.

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
    rows = "".join(_row(resolved) for resolved in spec.resolved())
    notes = "".join(f'<p style="margin:.4em 0">{note}</p>' for note in _notes(spec))
    return (
        '<div style="color:inherit;font-size:.95em;line-height:1.4">'
        f'<p style="margin:.4em 0">{head}</p>'
        '<table style="border-collapse:collapse;background:none;color:inherit;margin:.4em 0">'
        f'<thead><tr style="background:none">{header}</tr></thead><tbody>{rows}</tbody></table>'
        f"{notes}</div>"
    )


def _row(resolved: Resolved) -> str:
    if resolved.fixed is not None:
        prior, source = f"fixed at {escape(str(resolved.fixed))}", "you: fixed, not estimated"
    else:
        prior = escape(str(resolved.prior))
        source = "the model's default" if resolved.default else "you"
    weight = "normal" if resolved.default else "bold"
    cells = (
        f'<td style="{_CELL};font-weight:{weight}">{prior}</td>'
        f'<td style="{_CELL}">{_interval(resolved.bounds)}</td>'
        f'<td style="{_CELL};{_FAINT if resolved.default else ""}">{source}</td>'
    )
    name = f'<th scope="row" style="{_CELL};background:none">{escape(resolved.name)}</th>'
    return f'<tr style="background:none">{name}{cells}</tr>'


def _interval(bounds: tuple[float, float]) -> str:
    lo, hi = (f"{end:g}".replace("inf", "∞") for end in bounds)
    return f"{lo} to {hi}"


def _notes(spec: ModelSpec) -> list[str]:
    lapse = spec.lapse
    if lapse is None:
        notes = ["No lapses: every response comes from the decision process."]
    else:
        share = "a share p_outlier" if isinstance(lapse.p, Prior) else f"{lapse.p:.3g}"
        times = escape(str(lapse.distribution))
        notes = [f"Lapses: {share} of the trials, with reaction times from {times} s."]
    if any(resolved.name == "sv" and resolved.fixed is None for resolved in spec.resolved()):
        notes.append("A free sv about doubles the uncertainty of v; sv=0 leaves it out.")
    return notes

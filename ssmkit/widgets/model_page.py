"""What a model builder says: sentences, a table of the parameters, the summary and the code."""

from html import escape
from typing import TYPE_CHECKING

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.glossary import meaning, use
from ssmkit.spec import ModelSpec
from ssmkit.widgets import svg
from ssmkit.widgets.fields import status
from ssmkit.widgets.formula_picture import table
from ssmkit.widgets.formula_words import summary
from ssmkit.widgets.model_sketch import sketch
from ssmkit.widgets.model_ways import way_of
from ssmkit.widgets.prior_text import written_prior

if TYPE_CHECKING:
    from ssmkit.widgets.model_builder import ModelBuilder

_PRE = (
    "white-space:pre-wrap;overflow-wrap:anywhere;"
    "font:12px/1.45 ui-monospace,Menlo,Consolas,monospace;"
    "border:1px solid rgba(128,128,128,.35);border-radius:4px;padding:.7em 1em;margin:.3em 0;"
    "background:none;color:inherit"
)
_CARD = (
    "border:1px solid rgba(128,128,128,.35);border-radius:4px;padding:.4em .7em .6em;"
    "width:212px;font-size:12.5px;line-height:1.4"
)


def sentences(builder: "ModelBuilder") -> str:
    """Return what is asked of the model, a sentence a line."""
    spec = builder.spec
    lines = [f"{spec.model}: {spec.config.description}."]
    lines += [line for param in spec.asked() for line in [_sentence(builder, param.name)] if line]
    rest = [param.name for param in spec.params if param not in spec.asked()]
    if rest:
        lines.append(f"{', '.join(rest)}: as the model has {'them' if len(rest) > 1 else 'it'}.")
    if spec.lapse is None:
        lines.append("No lapses.")
    if builder.state.pinned is not None:
        lines += _changes(builder.state.pinned.spec, spec)
    lines += [builder.waiting] if builder.waiting else []
    return "\n".join(lines)


def _sentence(builder: "ModelBuilder", name: str) -> str:
    param = builder.spec.param(name)
    way = way_of(param)
    if way == "regression":
        try:
            link = builder.spec.resolve(name).link
        except SsmkitError:
            return ""
        return summary(name, param.formula, link, None)
    if way == "fixed":
        return f"{name} is fixed at {written_prior(param.prior)}."
    prior = "" if param.prior is None else f"{name} has the prior {written_prior(param.prior)}."
    bounds = "" if param.bounds is None else f" {name} lies in {param.bounds}."
    return f"{prior}{bounds}".strip()


def _changes(before: ModelSpec, now: ModelSpec) -> list[str]:
    """Return how a model that is pinned differs."""
    if before == now:
        return ["The same as what is pinned."]
    if before.model != now.model:
        return [f"Pinned: {before.model}."]
    pairs = zip(before.params, now.params, strict=True)
    words = [f"{old!r}" for old, new in pairs if old != new]
    words += [] if before.lapse == now.lapse else [f"{before.lapse!r}"]
    return [f"Pinned: {', '.join(words) or 'other settings'}."]


def page(builder: "ModelBuilder") -> str:
    """Return the parameters as a table and the summary, as HTML."""
    spec = builder.spec
    rows = []
    for param in spec.params:
        own = meaning(spec.model, param.name)
        low, high = spec.likelihood.bounds[param.name]
        ends = f"{svg.written(low)} to {svg.written(high)}".replace("inf", "\N{INFINITY}")
        rows.append([param.name, own.says, own.unit, ends])
    parts = [
        table(["Parameter", "What it is", "Unit", "Bounds"], rows, use(spec.model) or spec.model)
    ]
    try:
        text = builder.summary()
    except SsmkitError:
        text = ""
    parts += [block("The model", text)] if text else []
    return "".join(parts)


def code(builder: "ModelBuilder") -> str:
    """Return the code and what is wrong, as HTML."""
    try:
        found = block("Its code", builder.cell())
    except SsmkitError as error:
        found = status(error.problems)
    return found + (status(builder.problems) if builder.problems else "")


def block(title: str, text: str) -> str:
    """Return text that is to be copied, as HTML.

    Examples
    --------
    >>> "&lt;b&gt;" in block("Code", "<b>")
    True
    """
    head = f'<p style="margin:.6em 0 0"><strong>{title}</strong></p>'
    return f'{head}<pre style="{_PRE}">{escape(text)}</pre>'


def card(config: ModelConfig) -> str:
    """Return a card of a model: its sketch, its parameters and when to take it.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> "weibull" in card(get_config("weibull"))
    True
    """
    names = ", ".join(config.list_params)
    return (
        f'<div style="{_CARD}">{sketch(config, 210, 96)}<strong>{escape(config.name)}</strong>'
        f" ({escape(names)})<br>{escape(use(config.name) or config.description)}</div>"
    )

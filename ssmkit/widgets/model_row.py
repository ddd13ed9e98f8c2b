"""One parameter in a model builder: all its fields, and what is wrong with it."""

import ast
from html import escape
from typing import TYPE_CHECKING, Any

from ssmkit.modelconfig.glossary import define, meaning
from ssmkit.spec.formula import term_names
from ssmkit.widgets.controls import INDENT, Control, Press, Write
from ssmkit.widgets.fields import Menu, Text, status
from ssmkit.widgets.formula_repair import repaired
from ssmkit.widgets.model_ways import WAYS, way_of
from ssmkit.widgets.prior_text import written_prior

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssmkit.widgets.model_builder import ModelBuilder

LINKS = (None, "identity", "log", "logit", "gen_logit", "probit", "cloglog")
BUTTONS = 3
"""Fixes that are offered at a time."""


class Wrong:
    """What is wrong with one field, and buttons that put it right."""

    def __init__(self, builder: "ModelBuilder", place: str) -> None:
        self._builder, self._place = builder, place

    def widget(self, write: Write) -> Any:
        """Make the words and the buttons."""
        import ipywidgets as w

        self._said = w.HTML(layout=w.Layout(width="350px"))
        hidden = {"width": "auto", "display": "none"}
        self._buttons = [w.Button(layout=w.Layout(**hidden)) for _ in range(BUTTONS)]
        for i, button in enumerate(self._buttons):
            button.on_click(lambda _, i=i: write(lambda: self._press(i), f"fix {self._place} {i}"))
        row = w.HBox(self._buttons, layout=w.Layout(flex_flow="row wrap"))
        self.show()
        return w.VBox([self._said, row])

    def _press(self, i: int) -> None:
        offered = self._offered()
        if i < len(offered):
            self._builder.take(offered[i])

    def _mine(self) -> list[Any]:
        return [fix for fix in self._builder.fixes if fix.place == self._place]

    def _offered(self) -> list[Any]:
        return [fix for fix in self._mine() if fix.spec is not None][:BUTTONS]

    def show(self) -> None:
        """Show what is wrong now."""
        offered = self._offered()
        # A fix without a button here is still one to type.
        notes = [fix.note if fix in offered else fix.problem for fix in self._mine()]
        self._said.value = status(notes)
        for i, button in enumerate(self._buttons):
            button.description = offered[i].label if i < len(offered) else ""
            button.layout.display = None if i < len(offered) else "none"


class Row:
    """A parameter: what it is, its prior or value, its formula and link, and what is wrong.

    All its fields are made once, and those that it does not need are hidden: made anew, they would
    take the focus from whoever uses the keyboard.
    """

    def __init__(self, builder: "ModelBuilder", name: str) -> None:
        self._builder, self._name = builder, name
        self._term = "Intercept"

    def widget(self, write: Write) -> Any:
        """Make the fields."""
        import ipywidgets as w

        builder, name = self._builder, self._name
        own = meaning(builder.spec.model, name)
        unit = f" ({escape(own.unit)})" if own.unit else ""
        head = w.HTML(
            f'<div style="line-height:1.35;margin-top:.5em"><strong>{escape(name)}</strong>'
            f" {escape(own.says)}{unit}</div>",
            layout=w.Layout(width="350px"),
        )
        columns = (
            None if builder.data is None else [c for c in builder.data.columns if type(c) is str]
        )
        ways = [(words, way) for way, words in WAYS.items()]
        path = f"{name}: prior, value"
        self._fields: list[tuple[Callable[[], bool], Control]] = [
            (lambda: True, Menu(f"{name} is", lambda: ways, self._way, self._set_way, own.hint)),
            (
                lambda: self._way() in ("prior", "fixed"),
                Text(
                    path,
                    self._prior,
                    lambda x: builder.prior(name, x),
                    placeholder="Normal(mu=0, sigma=1)",
                    hint=define("prior"),
                ),
            ),
            (
                self._regresses,
                Text(
                    f"{name} ~",
                    lambda: self._param().formula or "",
                    lambda x: builder.formula(name, x),
                    repair=lambda x: repaired(x, name, columns),
                    placeholder="1 + x + (1 | participant)",
                    hint=define("regression"),
                ),
            ),
            (
                self._regresses,
                Press(
                    "Open formula builder",
                    lambda: builder.open(name),
                    hint="Put the formula together from columns",
                ),
            ),
            (
                self._regresses,
                Menu(
                    f"link of {name}",
                    self._links,
                    self._link,
                    lambda x: builder.link(name, x or None),
                    define("link"),
                ),
            ),
            (
                self._regresses,
                Menu(
                    f"term of {name}", self._terms, lambda: self._term, self._look, define("term")
                ),
            ),
            (
                self._regresses,
                Text(
                    "prior of the term",
                    self._term_prior,
                    lambda x: builder.prior(name, x, self._term),
                    placeholder="the default",
                    hint=define("prior"),
                ),
            ),
            (
                lambda: self._way() != "fixed",
                Press("Open prior builder", self._open_prior, hint="See what the prior says"),
            ),
            (
                lambda: self._way() != "fixed",
                Text(
                    f"bounds of {name}",
                    self._bounds,
                    self._set_bounds,
                    placeholder="the model's own",
                    hint=define("bounds"),
                ),
            ),
        ]
        self._wrong = Wrong(builder, name)
        self._made = [field.widget(write) for _, field in self._fields]
        for (_, field), made in zip(self._fields, self._made, strict=True):
            made.layout.align_self = "flex-start"
            made.layout.margin = INDENT if isinstance(field, Press) else None
        box = w.VBox([head, *self._made, self._wrong.widget(write)])
        self.show()
        return box

    def show(self) -> None:
        """Show the parameter as it is now."""
        if self._term not in [term for _, term in self._terms()]:
            self._term = self._terms()[0][1] if self._terms() else "Intercept"
        for (needed, field), made in zip(self._fields, self._made, strict=True):
            made.layout.display = None if needed() else "none"
            field.show()
        self._wrong.show()

    def _param(self) -> Any:
        return self._builder.spec.param(self._name)

    def _way(self) -> str:
        return way_of(self._param())

    def _set_way(self, way: str) -> None:
        self._builder.way(self._name, way)

    def _regresses(self) -> bool:
        return self._way() == "regression"

    def _prior(self) -> str:
        return "" if self._regresses() else written_prior(self._param().prior)

    def _links(self) -> list[tuple[str, str]]:
        return [("that of the settings" if link is None else link, link or "") for link in LINKS]

    def _link(self) -> str:
        link = self._param().link
        return "" if link is None else link.name

    def _terms(self) -> list[tuple[str, str]]:
        formula = self._param().formula
        return [] if formula is None else [(t, t) for ts in term_names(formula) for t in ts]

    def _look(self, term: str) -> None:
        self._term = term
        self.show()

    def _term_prior(self) -> str:
        given = self._param().prior if self._regresses() else None
        mine = (given or {}).get(self._term, (given or {}).get(f"{self._name}_{self._term}"))
        return "" if mine is None else written_prior(mine)

    def _open_prior(self) -> None:
        term = f"{self._name}_{self._term}" if self._regresses() else self._name
        self._builder.open(term, "prior")

    def _bounds(self) -> str:
        bounds = self._param().bounds
        return "" if bounds is None else f"({', '.join(written_prior(end) for end in bounds)})"

    def _set_bounds(self, text: str) -> None:
        self._builder.bounds(self._name, _pair(text))


def _pair(text: str) -> Any:
    """Return two numbers that are typed; whatever else it is, is refused as bounds are."""
    if not text.strip():
        return None
    try:
        return ast.literal_eval(text.replace("inf", "1e999"))
    except (ValueError, SyntaxError):
        return text

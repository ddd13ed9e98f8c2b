"""The controls of a formula builder."""

from typing import TYPE_CHECKING, Any

from ssmkit.modelconfig.glossary import define
from ssmkit.widgets.controls import Control
from ssmkit.widgets.fields import NONE, Act, Menu, Text, Tick, Ticks
from ssmkit.widgets.formula_columns import WAYS, writable_level
from ssmkit.widgets.formula_repair import repaired
from ssmkit.widgets.formula_terms import ONE, quoted, split

if TYPE_CHECKING:
    from ssmkit.widgets.formula_builder import FormulaBuilder

TICKED = 8
"""Columns that have a check box; the others are chosen from a menu."""


def controls(builder: "FormulaBuilder") -> list[Control]:
    """Return the controls: the formula as text, ticks, menus of columns, interactions and groups.

    Parameters
    ----------
    builder
        The builder whose methods they call.

    Returns
    -------
    list of Control
    """
    known = [column.name for column in builder.columns] or None
    found: list[Control] = [
        Text(
            f"{builder.param} ~",
            lambda: builder.state.formula,
            builder.set,
            lambda: builder.problems,
            lambda text: repaired(text, builder.param, known),
            "1 + x + (1 | participant)",
            define("regression"),
        ),
        Ticks("Terms", [_intercept(builder), *_ticks(builder)]),
    ]
    if builder.columns:
        found += [*_column(builder), *_together(builder)]
    found.append(Act("term", "Take out", lambda: _terms(builder), builder.drop))
    return found


def _intercept(builder: "FormulaBuilder") -> Tick:
    return Tick(
        "intercept", lambda: builder.terms.intercept, builder.intercept, define("intercept")
    )


def _ticks(builder: "FormulaBuilder") -> list[Tick]:
    return [_tick(builder, column.name, column.said) for column in builder.columns[:TICKED]]


def _tick(builder: "FormulaBuilder", name: str, said: str) -> Tick:
    def write(on: bool) -> Any:  # noqa: FBT001 - what a check box says
        return builder.add(name) if on else builder.drop(name)

    return Tick(said, lambda: builder.term_of(name) is not None, write)


def _column(builder: "FormulaBuilder") -> list[Control]:
    """Return what is done with one column: how it is in the formula, and its reference level."""

    def way() -> str:
        term = builder.term_of(builder.state.column)
        column = quoted(builder.state.column)
        ways = [word for word, form in WAYS.items() if form.format(column) == term]
        return ways[0] if ways else NONE

    def ways() -> list[tuple[str, str]]:
        shown = [word for word in WAYS if _makes_sense(builder, word)]
        return [(word, word) for word in (shown if way() in shown else [NONE, *shown])]

    def transform(word: str) -> Any:
        return builder if word == NONE else builder.transform(builder.state.column, word)

    return [
        Menu(
            "column",
            lambda: [(column.said, column.name) for column in builder.columns],
            lambda: builder.state.column,
            builder.look,
        ),
        Menu("in the formula", ways, way, transform),
        Menu(
            "reference level",
            lambda: _levels(builder),
            lambda: _reference(builder),
            lambda level: builder.reference(builder.state.column, level),
            define("reference level"),
        ),
    ]


def _makes_sense(builder: "FormulaBuilder", way: str) -> bool:
    column = builder.column(builder.state.column)
    if column.kind == "number":
        return way != "categories" or bool(column.levels)
    return way == "as it is"


def _levels(builder: "FormulaBuilder") -> list[tuple[str, Any]]:
    column = builder.column(builder.state.column)
    term = builder.term_of(column.name)
    numbers = column.kind == "number" and not (term or "").startswith("C(")
    if term is None or numbers:
        return []
    return [(str(level), level) for level in column.levels if writable_level(level)]


def _reference(builder: "FormulaBuilder") -> Any:
    column = builder.state.column
    term, design = builder.term_of(column), builder.preview
    if term is None or design is None:
        return None
    name = next((one.term for one in design.columns if one.term == term.replace("`", "")), None)
    shown = design.references.get(name)
    return next((x for x in builder.column(column).levels if str(x) == shown), None)


def _together(builder: "FormulaBuilder") -> list[Control]:
    """Return what is done with two: interactions, groups, and effects that differ by group."""

    def pairs() -> list[tuple[str, Any]]:
        single = [term for term in builder.terms.common if len(split(term)) == 1]
        there = {frozenset(split(term)) for term in builder.terms.common}
        return [
            (f"{a} \N{MULTIPLICATION SIGN} {b}", (a, b))
            for i, a in enumerate(single)
            for b in single[i + 1 :]
            if {a, b} not in there
        ]

    def groups() -> list[tuple[str, str]]:
        there = dict(builder.terms.groups)
        # Those of most values first: participants, rather than conditions.
        shared = sorted((c for c in builder.columns if c.groups), key=lambda c: -c.count)
        return [(c.said, c.name) for c in shared if ONE not in there.get(quoted(c.name), ())]

    def slopes() -> list[tuple[str, tuple[str, str]]]:
        columns = {quoted(column.name): column.name for column in builder.columns}
        return [
            (f"{term} by {columns[factor]}", (columns[factor], term))
            for factor, varying in builder.terms.groups
            for term in builder.terms.common
            if factor in columns and term not in varying
        ]

    return [
        Act(
            "interaction", "Add", pairs, lambda pair: builder.interact(*pair), define("interaction")
        ),
        Act("groups", "Add", groups, builder.group, define("group effect")),
        Act("differs by group", "Add", slopes, lambda pair: builder.group(*pair)),
    ]


def _terms(builder: "FormulaBuilder") -> list[tuple[str, str]]:
    found = builder.terms
    pairs = [f"{one} | {factor}" for factor, varying in found.groups for one in varying]
    return [(term, term) for term in (*found.common, *pairs)]

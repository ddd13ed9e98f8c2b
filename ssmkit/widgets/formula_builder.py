"""A formula, put together by hand: its terms, what they mean, and what the data make of it."""

from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import Problem, SsmkitError, did_you_mean, refuse
from ssmkit.modelconfig.registry import get_config
from ssmkit.spec import Link, ModelSpec, Param
from ssmkit.spec.arguments import check_name
from ssmkit.spec.formula import names, predictors
from ssmkit.spec.links import choose_link
from ssmkit.widgets.beliefs import usable
from ssmkit.widgets.controls import Control
from ssmkit.widgets.fields import status
from ssmkit.widgets.formula_columns import (
    WAYS,
    Column,
    columns_of,
    writable_level,
    written_level,
)
from ssmkit.widgets.formula_controls import controls
from ssmkit.widgets.formula_design import Preview, preview
from ssmkit.widgets.formula_picture import cells_table, draw, table
from ssmkit.widgets.formula_repair import find_problems
from ssmkit.widgets.formula_terms import (
    ONE,
    Pieces,
    interaction,
    pieces,
    quoted,
    single_term,
    split,
)
from ssmkit.widgets.formula_words import meanings, summary
from ssmkit.widgets.shell import Builder

KEPT = 60
"""Designs that were computed and may be wanted again."""


@dataclass(frozen=True)
class Asked:
    """What a formula builder shows: the right-hand side, and the column that is looked at."""

    formula: str = ONE
    column: str | None = None
    pinned: "Asked | None" = None


class FormulaBuilder(Builder[Asked]):
    """Put a formula together and see what it means for its parameter, and on the data.

    Parameters
    ----------
    data
        The data frame, whose columns are offered as terms; None to write the formula alone.
    param
        The parameter that it is of.
    formula
        What it is to begin with, ``"v ~ 1 + x"`` or ``"1 + x"``; None for an intercept.
    model
        Name of the model.
    link
        The link of the parameter, as for :class:`ssmkit.Param`; None for the identity.

    Raises
    ------
    SsmkitError
        When there is no such model or parameter, or the formula cannot be read.

    Notes
    -----
    A control writes the formula with every term spelt out, in the order of the columns; what is
    typed stays as it is typed.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"coh": [0.1, 0.2, 0.4, 0.3], "who": list("aabb")})
    >>> builder = FormulaBuilder(data, "v").add("coh").group("who")
    >>> builder.formula
    'v ~ 1 + coh + (1 | who)'
    >>> builder.undo().to_code()
    'HSSM(data, include=[{"name": "v", "formula": "v ~ 1 + coh"}])'
    """

    title = "Formula builder"

    def __init__(
        self,
        data: Any = None,
        param: str = "v",
        formula: str | None = None,
        model: str = "ddm",
        link: Any = None,
    ) -> None:
        config = get_config(model)
        check_name(config, param)
        self.param, self._model = param, model
        bounds = config.likelihood().bounds[param]
        self._link = choose_link(None if link is None else Link.from_any(link), bounds, None)
        self._asked_link = link
        self._data, notes = usable(data)
        self.columns: tuple[Column, ...] = ()
        if self._data is not None:
            self.columns = columns_of(self._data, config.response)
        self._known: dict[str, Preview | SsmkitError] = {}
        text = self._checked(ONE if formula is None else formula)
        first = self.columns[0].name if self.columns else None
        super().__init__(Asked(text, first), notes)

    @property
    def formula(self) -> str:
        """The formula, with the parameter on its left."""
        return f"{self.param} ~ {self.state.formula}"

    @property
    def spec(self) -> ModelSpec:
        """The model in which only this parameter has a formula."""
        param = Param(self.param, self.state.formula, link=self._asked_link)
        return ModelSpec(self._model, params=(param,))

    def to_code(self) -> str:
        """Return the call of ``HSSM`` with this formula."""
        return self.spec.to_code()

    @property
    def terms(self) -> Pieces:
        """The terms, as they are written."""
        return pieces(self.state.formula)

    @property
    def reading(self) -> str:
        """The formula with every term spelt out."""
        return f"{self.param} ~ {self.terms.written()}"

    @property
    def preview(self) -> Preview | None:
        """What the formula makes of the data; None without data, or where it cannot be computed."""
        found = self._computed()
        return found if isinstance(found, Preview) else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the formula on these data."""
        found = self._computed()
        if isinstance(found, SsmkitError):
            return found.problems
        return () if found is None else found.problems(f"params.{self.param}.formula")

    @property
    def coefficients(self) -> tuple[str, ...]:
        """Names of what is estimated, as in the posterior; without data those of the terms."""
        design = self.preview
        if design is not None:
            return tuple(name for name, _ in meanings(self.param, self._link, design))
        common, group = self._term_names()
        return tuple(f"{self.param}_{term}" for term in (*common, *group))

    def set(self, formula: str) -> Self:
        """Take a formula as it is typed.

        Raises
        ------
        SsmkitError
            When it cannot be read as it is written, or names a column that the data do not have.
        """
        return self._go(replace(self.state, formula=self._checked(formula)))

    def intercept(self, on: bool = True) -> Self:  # noqa: FBT001, FBT002 - one switch
        """Have an intercept that all trials share, or none."""
        return self._with(replace(self.terms, intercept=on))

    def add(self, term: str) -> Self:
        """Add a term, as a formula writes it: ``"x"``, ``"x:y"``, ``"scale(x)"``, ``"(1 | g)"``."""
        if "|" in term:
            return self.set(self._sorted(pieces(f"{self.state.formula} + {term}")).written())
        parts = split(single_term(self._named(term), self.param))
        whole = interaction(parts, self._order) if len(parts) > 1 else parts[0]
        return self._with(self.terms.with_common(whole))

    def drop(self, term: str) -> Self:
        """Take out a term (``"x"``, ``"x | g"``), and the interactions that it is a part of."""
        found = self.terms
        effect, bar, factor = (word.strip(" ()") for word in term.partition("|"))
        if bar:
            factor = quoted(factor) if factor in self._order else factor
            left = [one for one in found.by(factor) if one != self._named(effect)]
            if len(left) == len(found.by(factor)):
                self._refuse_term(term)
            return self._with(found.with_group(factor, left))
        left = found.without_common(self._named(term))
        if left == found:
            self._refuse_term(term)
        return self._with(left)

    def interact(self, *terms: str) -> Self:
        """Add the interaction of terms that are there, or columns."""
        return self.add(":".join(self._named(term) for term in terms))

    def group(self, by: str, *slopes: str) -> Self:
        """Let the intercept differ between the groups of a column, and the effects of terms."""
        self._require_column(by)
        by = quoted(by)
        varying = [ONE, *self.terms.by(by), *(self._named(term) for term in slopes)]
        return self._with(self.terms.with_group(by, varying))

    def transform(self, column: str, way: str) -> Self:
        """Have a column in the formula in one of the :data:`WAYS`: ``"scaled"``, ``"log"``."""
        self._require_column(column)
        if way not in WAYS:
            refuse("transform", f"there is no way {way!r}", f"use one of {', '.join(WAYS)}")
        return self._rewrite(column, WAYS[way].format(quoted(column)))

    def reference(self, column: str, level: Any) -> Self:
        """Let the coefficients of a categorical column be differences from this level."""
        self._require_column(column)
        levels = self.column(column).levels
        if level not in levels or not writable_level(level):
            known = ", ".join(str(one) for one in levels if writable_level(one))
            refuse("reference", f"{column} has no level {level!r}", f"use one of {known}")
        term = f"C({quoted(column)}, Treatment({written_level(level)}))"
        return self._rewrite(column, quoted(column) if self._is_first(column, level) else term)

    def look(self, column: str) -> Self:
        """Look at a column, whose ways and levels are then offered."""
        self._require_column(column)
        return self._go(replace(self.state, column=column))

    def column(self, name: str) -> Column:
        """Return what is known of a column."""
        self._require_column(name)
        return next(one for one in self.columns if one.name == name)

    def term_of(self, column: str) -> str | None:
        """Return the main effect of a column as it is written, None where there is none."""
        found = [term for term in self.terms.common if len(split(term)) == 1]
        return next((term for term in found if names(term)[0] == (column,)), None)

    def _is_first(self, column: str, level: Any) -> bool:
        one = self.column(column)
        return one.kind == "categories" and level == one.levels[0]

    def _rewrite(self, column: str, term: str) -> Self:
        """Write a column in another way, in each term that it is a part of."""
        old, found = self.term_of(column), self.terms
        if old is None:
            return self._with(found.with_common(term))

        def new(words: str) -> str:
            return ":".join(term if part == old else part for part in split(words))

        groups = tuple(
            (f, tuple(ONE if v == ONE else new(v) for v in vs)) for f, vs in found.groups
        )
        return self._with(
            replace(found, common=tuple(new(one) for one in found.common), groups=groups)
        )

    def _with(self, terms: Pieces) -> Self:
        return self.set(self._sorted(terms).written())

    def _sorted(self, terms: Pieces) -> Pieces:
        return terms.sorted(self._order)

    @property
    def _order(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def _named(self, term: str) -> str:
        """Return a term as it is written in the formula: a column by the way that it is in."""
        term = term.strip()
        if term in self._order:
            return self.term_of(term) or quoted(term)
        return term

    def _require_column(self, name: str) -> None:
        if name not in self._order:
            refuse(
                f"params.{self.param}.formula",
                f"the data have no column {name!r}.{did_you_mean(str(name), self._order)}",
                f"use one of {', '.join(self._order)}" if self.columns else "give data=...",
            )

    def _refuse_term(self, term: str) -> None:
        refuse(
            f"params.{self.param}.formula",
            f"{self.reading} has no term {term!r}",
            "choose one of its terms",
        )

    def _checked(self, text: str) -> str:
        """Return a right-hand side that is read as it is written and names columns that exist."""
        words = None if self._data is None else [x for x in self._data.columns if type(x) is str]
        found = find_problems(text, self.param, words)
        if found:
            raise SsmkitError(found)
        return predictors(text, self.param, f"params.{self.param}.formula")

    def _computed(self) -> Preview | SsmkitError | None:
        text = self.state.formula
        if self._data is None:
            return None
        if text not in self._known:
            if len(self._known) >= KEPT:
                del self._known[next(iter(self._known))]
            try:
                found = preview(text, self._data, f"params.{self.param}.formula")
            except SsmkitError as error:
                found = error
            self._known[text] = found
        return self._known[text]

    def picture(self) -> str:
        """Return the picture: what the formula makes of the first trials."""
        return draw(self.formula, self.preview, self.words())

    def words(self) -> str:
        """Return what the formula is read as and means, in sentences."""
        lines = [f"Read as {self.reading}."]
        lines.append(summary(self.param, self.state.formula, self._link, self.preview))
        pinned = self.state.pinned
        if pinned is not None and pinned.formula != self.state.formula:
            lines.append(f"Pinned: {self.param} ~ {pinned.formula}.")
        return "\n".join(lines)

    def details(self) -> str:
        """Return the coefficients and the cells, as HTML."""
        design, parts = self.preview, []
        if design is not None:
            rows = meanings(self.param, self._link, design)
            shown = rows[:24]
            if len(rows) > len(shown):
                shown = (*shown, (f"and {len(rows) - len(shown)} more", ""))
            parts.append(table(["Coefficient", "What it means"], shown, "Coefficients"))
            if design.cells is not None:
                parts.append(cells_table(design.cells))
        return "".join(parts)

    def _repr_html_(self) -> str:
        return super()._repr_html_() + (status(self.problems) if self.problems else "")

    def _controls(self) -> list[Control]:
        return controls(self)

    def _term_names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        from ssmkit.spec.formula import term_names

        return term_names(self.state.formula)

"""What a formula makes of the data: coefficients, first rows, rank, and trials in each cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ssmkit.errors import Problem
from ssmkit.spec.terms import INTERCEPT, design

ROWS, COMBINED = 8, 60
_CODED = re.compile(r"\b[CTS]\(([^,()]*)(?:,(?:[^()]|\([^()]*\))*)?\)")


@dataclass(frozen=True)
class Coefficient:
    """One column of a design.

    Parameters
    ----------
    label
        Its name, as formulae gives it: ``"cond[hard]"``.
    term
        The term that it belongs to.
    kind
        ``"intercept"``, ``"number"``, ``"level"`` (a difference from the level that is left out),
        ``"sum"`` (from the mean of the levels), ``"cell"`` (a mean), ``"interaction"`` or
        ``"offset"``.
    """

    label: str
    term: str
    kind: str


@dataclass(frozen=True)
class Group:
    """A term of groups: the effect that differs, the column that tells them apart, their number."""

    term: str
    effect: str
    factor: str
    count: int


@dataclass(frozen=True)
class Cells:
    """Trials in each combination of the categories of a formula.

    ``levels`` are of each column; ``counts`` has a dimension for each.
    """

    names: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    counts: np.ndarray

    @property
    def empty(self) -> tuple[str, ...]:
        """The combinations without trials."""
        return tuple(
            ", ".join(
                f"{brief(name)} {levels[i]}"
                for name, levels, i in zip(self.names, self.levels, place, strict=True)
            )
            for place in np.argwhere(self.counts == 0)
        )


@dataclass(frozen=True)
class Preview:
    """A design, as it is shown.

    Parameters
    ----------
    columns
        The coefficients that all trials share.
    rows
        Their predictors on the first trials.
    rank
        How many of the coefficients can be told apart.
    dependent
        Names of those that say nothing beyond those before them.
    groups
        The terms of groups.
    references
        Categorical column to the level that its differences are from.
    cells
        Trials in each combination of categories; None where there are none, or too many.
    trials
        Number of trials.
    """

    columns: tuple[Coefficient, ...]
    rows: np.ndarray
    rank: int
    dependent: tuple[str, ...]
    groups: tuple[Group, ...]
    references: Mapping[str, str]
    cells: Cells | None
    trials: int

    def problems(self, path: str) -> tuple[Problem, ...]:
        """Return what is wrong with the design.

        Parameters
        ----------
        path
            Where the formula stands.

        Returns
        -------
        tuple of Problem
        """
        found = []
        if self.dependent:
            words = ", ".join(self.dependent)
            found.append(
                Problem(
                    path,
                    f"{len(self.columns)} coefficients, and the data tell {self.rank} apart:"
                    f" {words} says nothing that the others do not",
                    "take out a term, so that no column follows from the others",
                    "warning",
                )
            )
        empty = () if self.cells is None else self.cells.empty
        if empty:
            more = f" and {len(empty) - 3} more" if len(empty) > 3 else ""
            found.append(
                Problem(
                    path,
                    f"no trial has {'; '.join(empty[:3])}{more}: its coefficients rest on the prior"
                    " alone",
                    "leave out the interaction, or the levels that were not crossed",
                    "warning",
                )
            )
        return tuple(found)


def brief(label: str) -> str:
    """Return a name without how its levels are coded.

    Examples
    --------
    >>> brief('x:C(cond, Treatment("b"))[a]')
    'x:cond[a]'
    """
    return _CODED.sub(r"\1", label)


def preview(formula: str, data: Any, path: str = "formula") -> Preview:
    """Return what a right-hand side makes of the data.

    Parameters
    ----------
    formula
        The right-hand side.
    data
        The data frame.
    path
        Where the formula stands.

    Returns
    -------
    Preview

    Raises
    ------
    SsmkitError
        When it cannot be computed on these data.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"c": list("aabb"), "x": [1.0, 2.0, 4.0, 3.0]})
    >>> found = preview("1 + x + c", data)
    >>> [column.label for column in found.columns], found.rank, dict(found.references)
    (['Intercept', 'x', 'c[b]'], 3, {'c': 'a'})
    """
    with np.errstate(all="ignore"):  # a logarithm of 0 is refused, which says more than a warning
        matrices = design(formula, data, path=path)
    common = {} if matrices.common is None else matrices.common.terms
    group = {} if matrices.group is None else matrices.group.terms
    columns, parts, references = [], [], {}
    for name, term in common.items():
        values = np.asarray(term.data, dtype=float).reshape(len(data), -1)
        labels = list(term.labels) if term.labels else [name]
        columns += [Coefficient(label, name, _kind(term)) for label in labels]
        parts.append(values)
        references |= _references(term)
    matrix = np.column_stack(parts) if parts else np.zeros((len(data), 0))
    estimated = [i for i, column in enumerate(columns) if column.kind != "offset"]
    kept, dependent = _independent(matrix[:, estimated])
    return Preview(
        tuple(columns),
        matrix[:ROWS],
        kept,
        tuple(columns[estimated[i]].label for i in dependent),
        tuple(
            Group(name, name.partition("|")[0], term.factor.name, len(term.groups))
            for name, term in group.items()
        ),
        references,
        _cells(common, data),
        len(data),
    )


def _kind(term: Any) -> str:
    if term.kind == "categoric":
        return "cell" if term.spans_intercept else "sum" if _sums(term) else "level"
    return {"numeric": "number"}.get(term.kind, term.kind)


def _sums(term: Any) -> bool:
    """Whether levels differ from their mean, and not from one of them: ``S(x)``."""
    return term.name.startswith("S(") or "Sum" in term.name


def _references(term: Any) -> dict[str, str]:
    """Return the level that is left out, where a term has differences from one."""
    parts = getattr(term, "components", [])
    if term.kind != "categoric" or len(parts) != 1 or _kind(term) != "level":
        return {}
    levels = [str(level) for level in parts[0].levels]
    shown = {label.removeprefix(f"{term.name}[").removesuffix("]") for label in term.labels}
    missing = [level for level in levels if level not in shown]
    return {term.name: missing[0]} if len(missing) == 1 else {}


def _independent(matrix: np.ndarray) -> tuple[int, list[int]]:
    """Return the rank, and the columns that follow from those to their left."""
    size = np.linalg.norm(matrix, axis=0)
    scaled = matrix / np.where(size > 0, size, 1.0)
    # The triangle of a QR has a 0 where a column is a sum of those before it.
    triangle = np.linalg.qr(scaled, mode="r")
    basis = np.zeros((len(triangle), 0))
    dependent = []
    for i, column in enumerate(triangle.T):
        rest = column - basis @ (basis.T @ column)
        length = np.linalg.norm(rest)
        if length < 1e-9:
            dependent.append(i)
        else:
            basis = np.column_stack([basis, rest / length])
    return basis.shape[1], dependent


def _cells(common: Mapping[str, Any], data: Any) -> Cells | None:
    """Count trials in the cells of the categories that a formula names by themselves."""
    names, levels, codes = [], [], []
    for name, term in common.items():
        if name == INTERCEPT or term.kind == "offset":
            continue
        for part in term.components:
            if part.kind == "categoric" and part.name not in names:
                names.append(part.name)
                levels.append(tuple(str(level) for level in part.levels))
                codes.append(_codes(part, data))
    shape = tuple(len(one) for one in levels)
    if not names or int(np.prod(shape)) > COMBINED or any(code is None for code in codes):
        return None
    flat = np.ravel_multi_index(tuple(codes), shape)
    counts = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
    return Cells(tuple(names), tuple(levels), counts)


def _codes(part: Any, data: Any) -> np.ndarray | None:
    """Return the place of each trial's value among the levels."""
    name = part.name if type(part).__name__ == "Variable" else _only_column(part)
    if name not in data.columns:
        return None
    import pandas as pd

    place = {str(level): i for i, level in enumerate(part.levels)}
    codes, values = pd.factorize(data[name])
    found = np.array([place.get(str(value), -1) for value in values])[codes]
    return found if (found >= 0).all() else None


def _only_column(call: Any) -> str | None:
    """Return the column of ``C(x)``; None for a call that makes its levels of something else."""
    first = call.call.args[0] if call.call.args else None
    return getattr(first, "name", None)

"""The terms that a formula has on the data it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ssmkit.errors import refuse, report
from ssmkit.spec.formula import check_names, names, term_names

INTERCEPT = "Intercept"
_HSGP = "hsgp"


@dataclass(frozen=True)
class Terms:
    """The terms of a formula, named as formulae names them.

    Parameters
    ----------
    common
        Terms that all trials share, ``"Intercept"`` first where there is one.
    group
        Terms of groups: ``"1|participant"``.
    cells
        Common terms whose coefficients are values of the parameter and not differences: cell means.
    signs
        Predictors of -1 and 1 without an intercept, as in stimulus coding: their coefficient is a
        value of the parameter of which they turn the sign.
    locations
        The same as ``cells`` of group terms: each group has its value, and nothing else says what
        they lie around.
    scales
        What one standard deviation of the term's predictor is, where it is a number.
    widths
        Number of coefficients of each term, of a group's term for each group.
    groups
        Number of groups of each group term.
    smooth
        Common terms that are Gaussian processes, ``hsgp(x, m=10, c=1.5)``: Bambi gives them their
        coefficients and priors.
    """

    common: tuple[str, ...]
    group: tuple[str, ...] = ()
    cells: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    locations: frozenset[str] = frozenset()
    scales: Mapping[str, float] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    smooth: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """All the terms, in order."""
        return self.common + self.group


def design(
    formula: str, data: Any, namespace: Mapping[str, Any] | None = None, path: str = "formula"
) -> Any:
    """Return the design matrices of a right-hand side.

    Parameters
    ----------
    formula
        The right-hand side.
    data
        The data frame.
    namespace
        Values of the names that are no columns.
    path
        Where the formula stood.

    Returns
    -------
    formulae.DesignMatrices

    Raises
    ------
    SsmkitError
        When a name is unknown, or the formula cannot be computed on these data.
    """
    from formulae.environment import Environment
    from formulae.matrices import DesignMatrices
    from formulae.model_description import model_description

    namespace = dict(namespace or {})
    if _HSGP in names(formula)[1]:
        _teach_hsgp(path)
    report(check_names(formula, data.columns, namespace, path))
    columns = [name for name in names(formula)[0] if name in data.columns]
    missing = [name for name in columns if data[name].isna().any()]
    if missing:
        count = int(data[missing[0]].isna().sum())
        refuse(
            path,
            f"{count} of {len(data)} values of {missing[0]} are missing (NaN)",
            f'data = data.dropna(subset=["{missing[0]}"])',
        )
    try:
        # formulae's own function would also find the variables of whoever calls it.
        environment = Environment([namespace, {"np": np}])
        matrices = DesignMatrices(model_description(formula), data[columns], environment)
    except Exception as error:  # noqa: BLE001 - a formula runs functions of anyone's
        refuse(
            path,
            f"{formula!r} cannot be computed on these data: {type(error).__name__}: {error}",
            "check the columns that it names",
        )
    _require_finite(matrices, path)
    return matrices


def _teach_hsgp(path: str) -> None:
    """Let formulae know the Gaussian processes of Bambi, which tells it when it is imported."""
    try:
        import bambi  # noqa: F401
    except ImportError:
        refuse(
            path,
            "hsgp is a term of the package bambi, which is not installed",
            "type pip install 'ssmkit[regressions]', or on Colab pip install 'ssmkit[colab]'",
        )


def _require_finite(matrices: Any, path: str) -> None:
    common = {} if matrices.common is None else matrices.common.terms
    group = {} if matrices.group is None else matrices.group.terms
    columns = {name: np.asarray(term.data) for name, term in common.items()}
    columns |= {name: term.data.data for name, term in group.items()}
    for name, values in columns.items():
        if not np.isfinite(values.astype(float)).all():
            count = int((~np.isfinite(values.astype(float))).sum())
            refuse(path, f"{count} values of {name} are infinite or NaN", "drop those trials")


def read_terms(
    formula: str,
    data: Any = None,
    namespace: Mapping[str, Any] | None = None,
    path: str = "formula",
) -> Terms:
    """Return the terms of a right-hand side.

    Parameters
    ----------
    formula
        The right-hand side.
    data
        The data frame. Without it the terms are those of the text: what is categorical is not
        known, unless it is written ``C(x)``.
    namespace
        Values of the names that are no columns.
    path
        Where the formula stood.

    Returns
    -------
    Terms

    Raises
    ------
    SsmkitError
        As :func:`design`.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"c": list("aabb"), "x": [1.0, 2.0, 4.0, 3.0]})
    >>> read_terms("0 + c + x", data).cells
    frozenset({'c'})
    """
    if data is None:
        return _from_text(formula)
    matrices = design(formula, data, namespace, path)
    common = {} if matrices.common is None else matrices.common.terms
    common = {name: term for name, term in common.items() if term.kind != "offset"}
    group = {} if matrices.group is None else matrices.group.terms
    intercept = INTERCEPT in common
    smooth = frozenset(name for name in common if name.startswith(f"{_HSGP}("))
    bare = {} if intercept else common
    cells = frozenset(name for name, term in bare.items() if _is_cell(term))
    signs = frozenset(name for name, term in bare.items() if _is_sign(term))
    centred = intercept or bool(cells) or bool(signs)
    scales = {name: _scale(term) for name, term in common.items() if name not in smooth}
    scales |= {name: _scale(term.expr) for name, term in group.items()}
    return Terms(
        tuple(common),
        tuple(group),
        cells,
        signs,
        frozenset(name for name, term in group.items() if not centred and _is_cell(term.expr)),
        {name: scale for name, scale in scales.items() if scale is not None},
        {name: _width(term.data) for name, term in common.items() if name not in smooth}
        | {name: term.data.shape[1] // len(term.groups) for name, term in group.items()},
        {name: len(term.groups) for name, term in group.items()},
        smooth,
    )


def _from_text(formula: str) -> Terms:
    common, group = term_names(formula)
    common = tuple(name for name in common if not name.startswith("offset("))
    smooth = frozenset(name for name in common if name.startswith(f"{_HSGP}("))
    if INTERCEPT in common:
        return Terms(common, group, smooth=smooth)
    cells = frozenset(name for name in common if name.startswith("C("))
    located = ("1|", "C(")
    locations = [] if cells else [name for name in group if name.startswith(located)]
    return Terms(common, group, cells, locations=frozenset(locations), smooth=smooth)


def _is_cell(term: Any) -> bool:
    """Tell whether coefficients of the term are values of the parameter and not differences."""
    return term.kind == "intercept" or bool(getattr(term, "spans_intercept", False))


def _is_sign(term: Any) -> bool:
    return term.kind == "numeric" and set(np.unique(term.data).tolist()) == {-1.0, 1.0}


def _scale(term: Any) -> float | None:
    """Return the standard deviation of a numeric predictor, or half the distance of two codes."""
    if term.kind not in ("numeric", "interaction"):
        return None
    columns = np.asarray(term.data, dtype=float).reshape(len(term.data), -1)
    if term.kind == "interaction" and np.isin(columns, (0.0, 1.0)).all():
        return None
    # A number in the cells of a factor: what it does where the factor is not, is nothing.
    values = columns[columns != 0] if columns.shape[1] > 1 else columns
    levels = np.unique(values)
    if len(levels) == 2:
        return float(np.ptp(levels) / 2)
    return float(np.std(values)) if values.size else 0.0


def _width(matrix: Any) -> int:
    return 1 if np.ndim(matrix) == 1 else np.shape(matrix)[1]

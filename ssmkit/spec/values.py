"""The plain values a parameter may be given: numbers, bounds, and vectors of one value a trial."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite, isnan
from numbers import Real
from typing import Any, Self

import numpy as np

from ssmkit.errors import refuse

type Bounds = tuple[float, float]


def as_number(x: Any) -> float | None:
    """Return a Python, NumPy or JAX scalar as a float; None when it is no number."""
    if getattr(x, "ndim", None) == 0 and hasattr(x, "item"):
        x = x.item()
    return float(x) if isinstance(x, Real) and not isinstance(x, bool) else None


def as_bounds(x: Any, path: str) -> Bounds | None:
    """Return a pair of numbers in order, or None when there is none.

    Raises
    ------
    SsmkitError
        When it is no such pair.
    """
    if x is None:
        return None
    ends = [as_number(end) for end in x] if isinstance(x, Sequence | np.ndarray) else []
    if len(ends) != 2 or None in ends or not ends[0] < ends[1]:
        refuse(
            path,
            f"bounds are two numbers, the lower one first, not {x!r}",
            "write bounds=(0.0, 3.0), with float('inf') where there is no bound",
        )
    return ends[0], ends[1]


def is_vector(x: Any) -> bool:
    """Tell whether this is a list, an array or a Series rather than one value."""
    return getattr(x, "ndim", 0) >= 1 or isinstance(x, list | tuple)


def require_finite(value: float, path: str) -> float:
    """Return a value that is fixed by number.

    Raises
    ------
    SsmkitError
        When it is infinite or NaN.
    """
    if not isfinite(value):
        what = "not a number (NaN)" if isnan(value) else "infinite"
        refuse(path, f"the fixed value is {what}", "give a finite number")
    return value


@dataclass(frozen=True)
class Column:
    """A parameter fixed at a column of the data, one value a trial.

    Parameters
    ----------
    name
        Name of the column.

    Examples
    --------
    >>> import pandas as pd
    >>> Column("coherence").of(pd.DataFrame({"coherence": [0.1, 0.4]}))
    array([0.1, 0.4])
    """

    name: str

    def of(self, data: Any) -> np.ndarray:
        """Return the values, shape (trials,)."""
        return data[self.name].to_numpy(dtype=float)

    def __str__(self) -> str:
        return f'data["{self.name}"]'


@dataclass(frozen=True)
class Vector:
    """A parameter fixed at values that are no column of the data, one a trial.

    Parameters
    ----------
    values
        The values, in the order of the trials.
    label
        Name of the Series they came from; it only helps to find the column they belong to.

    Examples
    --------
    >>> Vector((0.5, 1.0))
    Vector(2 values, 0.5 to 1.0)
    """

    values: tuple[float, ...] = field(repr=False)
    label: str | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_any(cls, x: Any, path: str) -> Self:
        """Return a list, array or Series of numbers as a Vector.

        Raises
        ------
        SsmkitError
            When it has more than one dimension, or a value is no finite number.
        """
        try:
            values = np.asarray(x, dtype=float)
        except (TypeError, ValueError):
            refuse(path, "the fixed vector holds something that is no number", "give numbers only")
        if values.ndim != 1 or not values.size:
            refuse(
                path,
                f"the fixed vector has shape {values.shape}",
                "give a vector of one value a trial",
            )
        if not np.isfinite(values).all():
            count = int((~np.isfinite(values)).sum())
            refuse(path, f"{count} of the fixed values are NaN or infinite", "drop those trials")
        label = getattr(x, "name", None)
        return cls(tuple(values.tolist()), None if label is None else str(label))

    def of(self, data: Any) -> np.ndarray:  # noqa: ARG002 (the same call as Column.of)
        """Return the values, shape (trials,)."""
        return np.array(self.values)

    def named(self, data: Any) -> "Column | Vector":
        """Return the column of the data that holds these values, or the vector itself.

        A column with the label of the vector comes before others of the same values.
        """
        names = sorted((name for name in data.columns if isinstance(name, str)), key=self._unlike)
        numeric = (name for name in names if data[name].dtype.kind in "iuf")
        same = (name for name in numeric if np.array_equal(self.values, data[name]))
        found = next(same, None)
        return self if found is None else Column(found)

    def _unlike(self, name: str) -> bool:
        return name != self.label

    def __repr__(self) -> str:
        return f"Vector({self})"

    def __str__(self) -> str:
        return f"{len(self.values)} values, {min(self.values)!r} to {max(self.values)!r}"

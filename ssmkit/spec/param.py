"""A parameter of the model: what a person asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import (
    Bounds,
    Column,
    Vector,
    as_bounds,
    as_number,
    is_vector,
    require_finite,
)

_FIELDS = ("prior", "bounds")
_REGRESSION_FIELDS = ("formula", "link")


@dataclass(frozen=True)
class Param:
    """A parameter and what is asked of it.

    Parameters
    ----------
    name
        Name of the parameter: ``"v"``.
    prior
        None for the model's default; a :class:`Prior`, or anything that :meth:`Prior.from_any`
        reads; a number, which fixes the parameter; or a vector of one number a trial, which fixes
        it trial by trial.
    bounds
        Interval to which the parameter is held; None for the model's own.

    Raises
    ------
    SsmkitError
        When the prior or the bounds cannot be read.

    Examples
    --------
    >>> Param("a", prior=1.5)
    Param(name='a', prior=1.5, bounds=None)
    >>> Param("v", prior={"name": "Normal", "mu": 1, "sigma": 1}, bounds=(-5, 5)).prior
    Prior("Normal", mu=1.0, sigma=1.0)
    """

    name: str
    prior: Prior | float | Column | Vector | None = field(default=None, kw_only=True)
    bounds: Bounds | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        path = f"params.{self.name}"
        object.__setattr__(self, "prior", _value(self.prior, f"{path}.prior"))
        object.__setattr__(self, "bounds", as_bounds(self.bounds, f"{path}.bounds"))

    @classmethod
    def from_any(cls, name: str, x: Any, data: Any = None) -> Self:
        """Return a parameter given in any of the ways a person may write one.

        Parameters
        ----------
        name
            Name of the parameter.
        x
            A ``Param``; a dict with any of ``prior`` and ``bounds``; a prior; a number or a vector,
            which fix the parameter.
        data
            The data frame; a vector that is one of its columns becomes that column.

        Returns
        -------
        Param

        Raises
        ------
        SsmkitError
            When it cannot be read.

        Examples
        --------
        >>> Param.from_any("z", 0.5)
        Param(name='z', prior=0.5, bounds=None)
        """
        if isinstance(x, Mapping) and not x.keys().isdisjoint(_FIELDS + _REGRESSION_FIELDS):
            x = cls._from_dict(name, x)
        if not isinstance(x, cls):
            x = cls(name, prior=x)
        if x.name != name:
            refuse(
                f"params.{name}",
                f"the Param given to {name!r} is named {x.name!r}",
                f"write Param({name!r}, ...)",
            )
        return x.named(data)

    @classmethod
    def from_entry(cls, entry: Any, path: str, data: Any = None) -> Self:
        """Return a parameter given as an entry of ``include``: a dict with its name, or a Param.

        Raises
        ------
        SsmkitError
            When it has no name, or cannot be read.
        """
        if isinstance(entry, cls):
            return entry.named(data)
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            refuse(
                path,
                f"{entry!r} does not name a parameter",
                'write {"name": "v", "prior": ...}',
            )
        return cls._from_dict(entry["name"], entry).named(data)

    @classmethod
    def _from_dict(cls, name: str, fields: Mapping[str, Any]) -> Self:
        path = f"params.{name}"
        for key in _REGRESSION_FIELDS:
            if key in fields:
                refuse(
                    f"{path}.{key}",
                    f"this version fits parameters without regressions, so {key!r} means nothing",
                    f"leave {key!r} out, or fit each condition by itself",
                )
        if fields.get("name", name) != name:
            refuse(
                f"{path}.name",
                f"a dict with any of {', '.join(_FIELDS)} describes the parameter {name!r},"
                f" and this one is named {fields['name']!r}",
                'put the distribution inside: {"prior": {"name": "Normal", ...}, "bounds": ...}',
            )
        for key in fields:
            if key not in ("name", *_FIELDS):
                refuse(
                    f"{path}.{key}",
                    f"a parameter has no key {key!r}.{did_you_mean(key, _FIELDS)}",
                    f"use {' and '.join(_FIELDS)}; arguments of a distribution belong in the prior",
                )
        return cls(name, **{key: fields[key] for key in _FIELDS if key in fields})

    def require_named(self) -> None:
        """Refuse a fixed vector that is no column: it cannot be written down.

        Raises
        ------
        SsmkitError
            When the parameter is fixed at such a vector.
        """
        if isinstance(self.prior, Vector):
            column = f'data["{self.name}_fixed"]'
            refuse(
                f"params.{self.name}.prior",
                f"{self.name} is fixed at a vector without a name, which cannot be written down",
                f"make it a column: {column} = values, then {self.name}={column}",
            )

    def named(self, data: Any) -> Self:
        """Return the parameter with a fixed vector named by its column, where the data has it."""
        if data is None or not isinstance(self.prior, Vector):
            return self
        return replace(self, prior=self.prior.named(data))


def _value(x: Any, path: str) -> Prior | float | Column | Vector | None:
    if x is None or isinstance(x, Prior | Column | Vector):
        return x
    number = as_number(x)
    if number is not None:
        return require_finite(number, path)
    return Vector.from_any(x, path) if is_vector(x) else Prior.from_any(x, path)

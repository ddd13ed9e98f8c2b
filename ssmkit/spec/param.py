"""A parameter of the model: what a person asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec.formula import predictors
from ssmkit.spec.frozen import Frozen
from ssmkit.spec.links import Link
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

_FIELDS = ("formula", "prior", "link", "bounds")

type Value = Prior | float | Column | Vector | Mapping[str, Prior | float] | None


@dataclass(frozen=True, repr=False)
class Param:
    """A parameter and what is asked of it.

    Parameters
    ----------
    name
        Name of the parameter: ``"v"``.
    formula
        How it follows the predictors: ``"v ~ 1 + x"``, or ``"1 + x + (1 | participant)"``. None for
        one value on all trials.
    prior
        None for the default; a :class:`Prior`, or anything that :meth:`Prior.from_any` reads; a
        number, which fixes the parameter; or a vector of one number a trial, which fixes it trial
        by trial. With a formula, a dict of a prior or a number for each term: ``{"Intercept": ...,
        "x": ..., "1|participant": ...}``, with ``"common"`` and ``"group_specific"`` for the rest.
    link
        With a formula, the link: ``"log"``, or a :class:`Link`. None for the default.
    bounds
        Interval to which the parameter is held; None for the model's own.

    Raises
    ------
    SsmkitError
        When something cannot be read.

    Examples
    --------
    >>> Param("a", prior=1.5)
    Param("a", prior=1.5)
    >>> Param("v", prior={"name": "Normal", "mu": 1, "sigma": 1}, bounds=(-5, 5)).prior
    Prior("Normal", mu=1.0, sigma=1.0)
    >>> Param("a", "a ~ 1 + x", link="log")
    Param("a", "1 + x", link=Link("log"))
    """

    name: str
    formula: str | None = None
    prior: Value = None
    link: Link | None = None
    bounds: Bounds | None = None

    def __post_init__(self) -> None:
        path = f"params.{self.name}"
        if self.formula is None:
            if self.link is not None:
                refuse(
                    f"{path}.link",
                    f"{self.name} has a link and no formula",
                    f'give it a formula, "{self.name} ~ 1 + x", or leave the link out',
                )
            object.__setattr__(self, "prior", _value(self.prior, f"{path}.prior"))
        else:
            formula = predictors(self.formula, self.name, f"{path}.formula")
            object.__setattr__(self, "formula", formula)
            object.__setattr__(self, "prior", _term_values(self.prior, f"{path}.prior"))
        if self.link is not None:
            object.__setattr__(self, "link", Link.from_any(self.link, f"{path}.link"))
        object.__setattr__(self, "bounds", as_bounds(self.bounds, f"{path}.bounds"))

    @classmethod
    def from_any(cls, name: str, x: Any, data: Any = None) -> Self:
        """Return a parameter given in any of the ways a person may write one.

        Parameters
        ----------
        name
            Name of the parameter.
        x
            A ``Param``; a dict with any of ``formula``, ``prior``, ``link`` and ``bounds``; a
            prior; a number or a vector, which fix the parameter.
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
        Param("z", prior=0.5)
        """
        if isinstance(x, Mapping) and not x.keys().isdisjoint(_FIELDS):
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
                    f"use {', '.join(_FIELDS)}; arguments of a distribution belong in the prior",
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

    def __repr__(self) -> str:
        formula = "" if self.formula is None else f', "{self.formula}"'
        rest = {"prior": self.prior, "link": self.link, "bounds": self.bounds}
        given = "".join(f", {key}={x!r}" for key, x in rest.items() if x is not None)
        return f'Param("{self.name}"{formula}{given})'


def _term_values(x: Any, path: str) -> Mapping[str, Prior | float] | None:
    """Return the priors of the terms of a regression; None when none is asked for."""
    example = '{"Intercept": {"name": "Normal", "mu": 1.0, "sigma": 1.0}, "x": ...}'
    whole = isinstance(x, Mapping) and isinstance(x.get("name"), str)
    if x is not None and (whole or not isinstance(x, Mapping)):
        refuse(path, "a regression has a prior for each term, not one prior", f"write {example}")
    for term in x or {}:
        if not isinstance(term, str):
            refuse(path, f"{term!r} names no term", f"write {example}")
    return Frozen({term: _term_value(y, f"{path}.{term}") for term, y in x.items()}) if x else None


def _term_value(x: Any, path: str) -> Prior | float:
    number = as_number(x)
    return Prior.from_any(x, path) if number is None else require_finite(number, path)


def _value(x: Any, path: str) -> Prior | float | Column | Vector | None:
    if x is None or isinstance(x, Prior | Column | Vector):
        return x
    number = as_number(x)
    if number is not None:
        return require_finite(number, path)
    if is_vector(x):
        return Vector.from_any(x, path)
    if isinstance(x, str) and "~" in x:
        refuse(path, f"{x!r} is a formula and no prior", f'write {{"formula": "{x}"}}')
    prior = Prior.from_any(x, path)
    if prior.hyperpriors:
        refuse(
            path,
            f"{prior} has arguments with priors, which only effects of groups can have",
            "write numbers, or give a formula with a group: (1 | participant)",
        )
    return prior

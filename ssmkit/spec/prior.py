"""A prior distribution, by PyMC's name and arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from ssmkit.errors import refuse, report
from ssmkit.modelconfig.distributions import check_arguments, frozen, get_distribution
from ssmkit.spec.values import Bounds, as_bounds, as_number

_EXAMPLE = '{"name": "Normal", "mu": 0.0, "sigma": 1.0}'


@dataclass(frozen=True, init=False, repr=False)
class Prior:
    """A prior distribution.

    Parameters
    ----------
    name
        Name of the distribution, PyMC's: ``"Normal"``, ``"HalfNormal"``, ``"Uniform"``.
    bounds
        Interval to which the distribution is truncated, besides the bounds of the parameter.
    **args
        The arguments of the distribution, PyMC's. In the prior of a group's effects an argument may
        be a prior itself, so that it is estimated from the groups.

    Raises
    ------
    SsmkitError
        When there is no such distribution, or the arguments do not determine it.

    Examples
    --------
    >>> Prior("Normal", mu=0, sigma=2)
    Prior("Normal", mu=0.0, sigma=2.0)
    >>> print(Prior("Normal", mu=0, sigma=2))
    Normal(mu: 0.0, sigma: 2.0)
    """

    name: str
    # A tuple, because a prior is a value: it can be hashed, pickled and shared between specs.
    _args: tuple[tuple[str, "float | Prior"], ...]
    bounds: Bounds | None

    def __init__(self, name: str, bounds: Bounds | None = None, **args: "float | Prior") -> None:
        self._set(name, args, bounds, "prior")

    def _set(self, name: Any, args: Mapping[str, Any], bounds: Any, path: str) -> None:
        if not isinstance(name, str):
            refuse(path, f"the name of a distribution is {name!r}", f"write {_EXAMPLE}")
        row = get_distribution(name, path)
        values = {arg: _number_or_prior(x, f"{path}.{arg}") for arg, x in args.items()}
        numbers = {
            arg: x.stand_in(positive=arg in row.positive, path=f"{path}.{arg}")
            if isinstance(x, Prior)
            else x
            for arg, x in values.items()
        }
        report(check_arguments(name, numbers, path))
        ordered = tuple((arg, values[arg]) for arg in row.args if arg in values)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_args", ordered)
        object.__setattr__(self, "bounds", as_bounds(bounds, f"{path}.bounds"))

    @property
    def args(self) -> "Mapping[str, float | Prior]":
        """The arguments, in the order of the distribution's signature."""
        return MappingProxyType(dict(self._args))

    @property
    def hyperpriors(self) -> "Mapping[str, Prior]":
        """The arguments that are priors themselves."""
        return MappingProxyType({arg: x for arg, x in self._args if isinstance(x, Prior)})

    def stand_in(self, *, positive: bool = False, path: str = "prior") -> float:
        """Return the median, to check a distribution of which this prior is an argument.

        Raises
        ------
        SsmkitError
            When the argument has to be positive and this prior is not.
        """
        args = {arg: x.stand_in() if isinstance(x, Prior) else x for arg, x in self._args}
        distribution = frozen(self.name, args)
        lowest = distribution.support()[0] if self.bounds is None else self.bounds[0]
        if positive and lowest < 0:
            refuse(
                path,
                f"it has to be above 0, and its prior {self} also gives values below",
                'write {"name": "HalfNormal", "sigma": 1.0}',
            )
        return float(distribution.median())

    @classmethod
    def from_any(cls, x: Any, path: str = "prior") -> Self:
        """Return a prior given in any of the ways a person may write one.

        Parameters
        ----------
        x
            A ``Prior``, a dict with a ``"name"`` and arguments, a Bambi prior, or a PreliZ
            distribution.
        path
            Where it stood, for the messages.

        Returns
        -------
        Prior

        Raises
        ------
        SsmkitError
            When it is none of these, or names no distribution.

        Examples
        --------
        >>> Prior.from_any({"name": "HalfNormal", "sigma": 2})
        Prior("HalfNormal", sigma=2.0)
        """
        if isinstance(x, cls):
            return x
        name, args = _parts(x, path)
        bounds = args.pop("bounds", None)
        prior = object.__new__(cls)
        prior._set(name, args, bounds, path)
        return prior

    def to_dict(self) -> dict[str, Any]:
        """Return the prior as the dict that :meth:`from_any` reads.

        Examples
        --------
        >>> Prior("HalfNormal", sigma=2.0).to_dict()
        {'name': 'HalfNormal', 'sigma': 2.0}
        """
        bounds = {} if self.bounds is None else {"bounds": self.bounds}
        args = {arg: x.to_dict() if isinstance(x, Prior) else x for arg, x in self._args}
        return {"name": self.name, **args, **bounds}

    def __str__(self) -> str:
        args = ", ".join(
            f"{arg}: {value if isinstance(value, Prior) else repr(value)}"
            for arg, value in self._args
        )
        cut = "" if self.bounds is None else f" within {self.bounds}"
        return f"{self.name}({args}){cut}"

    def __repr__(self) -> str:
        bounds = () if self.bounds is None else (("bounds", self.bounds),)
        args = "".join(f", {arg}={value!r}" for arg, value in (*self._args, *bounds))
        return f'Prior("{self.name}"{args})'


def _number_or_prior(value: Any, path: str) -> Any:
    if isinstance(value, Mapping) or hasattr(value, "args"):
        return Prior.from_any(value, path)
    number = as_number(value)
    return value if number is None else number


def _parts(x: Any, path: str) -> tuple[Any, dict[str, Any]]:
    """Return the name and the arguments of whatever describes a distribution."""
    if isinstance(x, Mapping):
        if "name" not in x:
            given = ", ".join(map(repr, x)) or "nothing"
            refuse(path, f"a prior needs a 'name', and has {given}", f"write {_EXAMPLE}")
        args = dict(x)
        return args.pop("name"), args
    if type(x).__module__.startswith("preliz."):
        return type(x).__name__, _preliz_args(x, path)
    if hasattr(x, "name") and isinstance(getattr(x, "args", None), Mapping):
        return x.name, dict(x.args)
    return refuse(path, f"{x!r} is no prior", f"write {_EXAMPLE}, or a number to fix it")


def _preliz_args(x: Any, path: str) -> dict[str, Any]:
    if not x.is_frozen:
        name = type(x).__name__
        refuse(path, f"the PreliZ {name} has no numbers yet", "give it its arguments, or fit it")
    args = dict(zip(x.param_names, x.params, strict=True))
    if type(x).__name__ == "AsymmetricLaplace":
        # PreliZ's b is a width, PyMC's the inverse of one.
        args["b"] = 1 / args["b"]
    return args

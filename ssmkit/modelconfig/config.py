"""What a model is: its parameters, its responses, and the likelihoods that can evaluate it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

from ssmkit.errors import did_you_mean, refuse

Kind = Literal["analytical", "approx_differentiable", "blackbox"]
Bounds = Mapping[str, tuple[float, float]]
PriorTable = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Likelihood:
    """One way to evaluate the density of a model.

    Parameters
    ----------
    kind
        ``"analytical"`` (closed form or controlled numerics), ``"approx_differentiable"``
        (a network) or ``"blackbox"`` (any Python function).
    loglik
        Where the function lives in ``ssmkit.likelihoods``, such as ``"ddm.log_ddm"``: a name, so
        that looking at a model does not load JAX. A model of one's own has the function itself.
    backend
        What computes it: ``"jax"``.
    bounds
        Parameter to (lower, upper); the density is zero outside.
    default_priors
        Parameter to the prior it gets when a person gives none, as
        ``{"name": "Normal", "mu": 0.0, "sigma": 2.0}``.
    survival, choice
        As ``loglik``, the log probability of no response by a time and the probabilities of the
        responses.
    extra_fields
        Columns of the data that the function needs besides the response.
    equation
        Parameters of an equation that the function solves once for all trials that share them;
        empty where it is a formula.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> get_config("ddm").likelihood().bounds["z"]
    (0.0, 1.0)
    """

    kind: Kind
    loglik: str | Callable[..., Any]
    backend: str
    bounds: Bounds
    default_priors: PriorTable
    survival: str | Callable[..., Any]
    choice: str | Callable[..., Any]
    extra_fields: tuple[str, ...] = ()
    equation: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _freeze(self, "bounds", "default_priors")

    def __getitem__(self, key: str) -> Any:
        return self.as_dict()[key]

    def function(self, which: Literal["loglik", "survival", "choice"] = "loglik") -> Callable:
        """Return a function of ``ssmkit.likelihoods`` that this likelihood names.

        Parameters
        ----------
        which
            ``"loglik"`` is ``f(rt, response, *params)``, ``"survival"`` ``f(time, *params)`` and
            ``"choice"`` ``f(*params)``.

        Returns
        -------
        callable

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("ddm").likelihood().function().__name__
        'log_ddm'
        """
        return _found(getattr(self, which))

    def as_dict(self) -> dict[str, Any]:
        """Return the likelihood as the plain mapping that users of the field know.

        Returns
        -------
        dict
            With the keys ``loglik, backend, bounds, default_priors, extra_fields``.

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("ddm").likelihood().as_dict()["backend"]
        'jax'
        """
        return {
            "loglik": self.loglik,
            "backend": self.backend,
            "bounds": dict(self.bounds),
            "default_priors": {name: dict(prior) for name, prior in self.default_priors.items()},
            "extra_fields": list(self.extra_fields),
        }


@dataclass(frozen=True)
class Limit:
    """What must hold between parameters, beyond the bounds of each.

    Parameters
    ----------
    params
        The parameters that it is about.
    holds
        Function of these, arrays that broadcast, to where it holds.
    says
        What is wrong where it does not hold.
    fix
        What to choose instead.

    Examples
    --------
    >>> from ssmkit.modelconfig.config import Limit
    >>> limit = Limit(("A", "b"), lambda A, b: b >= A, "A is above b", "choose A below b")
    >>> limit.holds(0.3, 0.6)
    True
    """

    params: tuple[str, ...]
    holds: Callable[..., Any]
    says: str
    fix: str


@dataclass(frozen=True)
class ModelConfig:
    """A sequential sampling model.

    Parameters
    ----------
    name
        What a person types.
    description
        One sentence.
    list_params
        The parameters in the order of the density's arguments.
    choices
        The codes that a response can have.
    likelihoods
        Kind to :class:`Likelihood`; the first is the default.
    example
        One plausible person: a value for each parameter, away from all bounds.
    box
        Parameter to (lower, upper): what people of the field look like, and where networks are
        trained.
    simulator
        The model's name in ssm-simulators, or where our own simulator lives in
        ``ssmkit.simulate``, such as ``"accumulators.draw_lba"``.
    limits
        What must hold between parameters; the density is zero elsewhere.
    response
        The columns of the data that the model explains.
    boundary
        For bounds that move along a curve, where its function ``f(tau, a, *params)`` lives in
        ``ssmkit.likelihoods``, or the function itself.
    drift
        For a drift that changes with time, its function ``f(tau, v, *params)``.
    abrupt
        Whether the density begins at a height, and not at 0, when the non-decision time is over.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> get_config("angle").list_params
    ('v', 'a', 'z', 't', 'theta')
    """

    name: str
    description: str
    list_params: tuple[str, ...]
    choices: tuple[int, ...]
    likelihoods: Mapping[str, Likelihood]
    example: Mapping[str, float]
    box: Bounds
    simulator: str
    limits: tuple[Limit, ...] = ()
    response: tuple[str, ...] = ("rt", "response")
    boundary: str | Callable[..., Any] | None = None
    drift: Callable[..., Any] | None = None
    abrupt: bool = False

    def __post_init__(self) -> None:
        _freeze(self, "likelihoods", "example", "box")

    def __getitem__(self, key: str) -> Any:
        return self.as_dict()[key]

    @property
    def default_kind(self) -> str:
        """The kind of likelihood that is taken when a person names none."""
        return next(iter(self.likelihoods))

    def onset(self, params: Mapping[str, Any]) -> Any:
        """Return the earliest time at which a response can come.

        Parameters
        ----------
        params
            Values by name, arrays that broadcast.

        Returns
        -------
        array
            Seconds: the shortest non-decision time; 0 where the model has none.

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("ddm").onset({"v": 1.0, "a": 1.0, "z": 0.5, "t": 0.3})
        0.3
        """
        return params.get("t", 0.0) - params.get("st", 0.0)

    def likelihood(self, kind: str | None = None, path: str = "loglik_kind") -> Likelihood:
        """Return the likelihood of a kind.

        Parameters
        ----------
        kind
            None takes the model's first.
        path
            Where the kind was written, for the message.

        Returns
        -------
        Likelihood

        Raises
        ------
        SsmkitError
            When the model has no likelihood of that kind.

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("ddm").likelihood("analytical").loglik
        'ddm.log_ddm'
        """
        kind = self.default_kind if kind is None else kind
        if kind not in self.likelihoods:
            refuse(
                path,
                f"{self.name} has no likelihood of kind {kind!r}."
                f"{did_you_mean(kind, self.likelihoods)}",
                f"use {' or '.join(map(repr, self.likelihoods))}, or leave it out",
            )
        return self.likelihoods[kind]

    def bound(self) -> Callable[..., Any]:
        """Return the function ``f(tau, a, *params)`` of a bound that moves along a curve.

        Returns
        -------
        callable

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("weibull").bound().__name__
        'weibull_bound'
        """
        return _found(self.boundary)

    def as_dict(self) -> dict[str, Any]:
        """Return the model as the plain mapping that users of the field know.

        Returns
        -------
        dict
            With the keys ``response, list_params, choices, description, likelihoods``.

        Examples
        --------
        >>> from ssmkit.modelconfig import get_config
        >>> get_config("ddm").as_dict()["choices"]
        [-1, 1]
        """
        return {
            "response": list(self.response),
            "list_params": list(self.list_params),
            "choices": list(self.choices),
            "description": self.description,
            "likelihoods": {kind: one.as_dict() for kind, one in self.likelihoods.items()},
        }


def _found(where: str | Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of ``ssmkit.likelihoods`` by its place; a function is itself."""
    if callable(where):
        return where
    module, name = where.rsplit(".", 1)
    return getattr(import_module(f"ssmkit.likelihoods.{module}"), name)


def _freeze(owner: Any, *fields: str) -> None:
    for field in fields:
        object.__setattr__(owner, field, MappingProxyType(dict(getattr(owner, field))))

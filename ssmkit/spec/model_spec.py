"""The whole model that is asked for, as one frozen value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import Problem, refuse
from ssmkit.modelconfig.config import Likelihood, ModelConfig
from ssmkit.modelconfig.registry import get_config
from ssmkit.spec.arguments import check_choices, check_name, likelihood_kind, read_params
from ssmkit.spec.defaults import LAPSE_SHARE, natural_prior
from ssmkit.spec.formula import names
from ssmkit.spec.lapse import DEFAULT_LAPSE, Lapse
from ssmkit.spec.missing import Missing
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.regression import Regression, resolve_regression
from ssmkit.spec.resolved import Resolved, resolve
from ssmkit.spec.settings import (
    check_missing,
    check_settings,
    expand_formula,
    read_namespace,
    read_noncentered,
)
from ssmkit.spec.written import Written


@dataclass(frozen=True)
class ModelSpec(Written):
    """A model, its parameters and its lapses, as a person asked for them.

    Parameters
    ----------
    model
        Name of the model in the registry.
    kind
        Kind of its likelihood; None for the first that the model has.
    params
        The parameters of which something is asked; the others are filled in as defaults, and all
        come in the order of the model.
    lapse
        The lapses, None when there are none.
    loglik
        A likelihood to take instead of the model's own, None: a Python function, which is a
        ``"blackbox"`` unless ``kind`` says that it is JAX, or the path of an ONNX network. A spec
        with a function cannot be written down.
    link_settings
        ``"log_logit"`` gives every regression of a bounded parameter a link onto its bounds; None
        the identity.
    prior_settings
        ``"safe"`` for the priors that the field's users know, ``"scaled"`` for priors on the
        natural scale with slopes for one standard deviation of their predictor, None to leave the
        terms of regressions to Bambi.
    noncentered
        Whether effects of groups are estimated as multiples of their standard deviation: for all,
        or by parameter, ``{"v": False}``, or by term, ``{"v": {"1|participant": False}}``.
    extra_namespace
        Names in formulas that are no columns; their values are given to ``HSSM``.
    missing
        What a trial without a reaction time says; None where every trial has one.

    Raises
    ------
    SsmkitError
        When there is no such model, kind or parameter, or a parameter comes twice.

    Examples
    --------
    >>> spec = ModelSpec("ddm", params=(Param("a", prior=1.5),))
    >>> [param.name for param in spec.params]
    ['v', 'a', 'z', 't']
    >>> spec.resolved()[1].fixed
    1.5
    """

    model: str = "ddm"
    kind: str | None = None
    params: tuple[Param, ...] = ()
    lapse: Lapse | None = DEFAULT_LAPSE
    loglik: Callable | str | None = None
    link_settings: str | None = None
    prior_settings: str | None = "safe"
    noncentered: bool | Mapping[str, Any] = True
    extra_namespace: tuple[str, ...] = ()
    missing: Missing | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.model, str):
            refuse("model", f"{self.model!r} is no name", "write model='ddm'")
        config = get_config(self.model)
        object.__setattr__(self, "kind", likelihood_kind(config, self.kind, self.loglik))
        given: dict[str, Param] = {}
        for param in self.params:
            name = param.name
            check_name(config, name)
            if name in given:
                refuse(f"params.{name}", f"{name} is given twice", "keep one of the two")
            given[name] = param
        params = tuple(given.get(name, Param(name)) for name in config.list_params)
        object.__setattr__(self, "params", params)
        if self.lapse is not None and self.lapse.p == 0:
            object.__setattr__(self, "lapse", None)
        check_settings(self.link_settings, self.prior_settings)
        object.__setattr__(self, "noncentered", read_noncentered(config, self.noncentered))
        object.__setattr__(self, "extra_namespace", read_namespace(self.extra_namespace))
        check_missing(config, self.loglik, self.missing)

    @classmethod
    def build(
        cls,
        data: Any = None,
        model: str = "ddm",
        *,
        include: Sequence[Mapping[str, Any] | Param] | None = None,
        loglik: Any = None,
        loglik_kind: str | None = None,
        p_outlier: Any = 0.05,
        lapse: Any = None,
        choices: Sequence[int] | None = None,
        global_formula: str | None = None,
        link_settings: str | None = None,
        prior_settings: str | None = "safe",
        extra_namespace: Iterable[str] | None = None,
        noncentered: bool | Mapping[str, Any] = True,
        missing_data: bool = False,
        deadline: bool | float | str | None = None,
        withheld: int | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Self:
        """Return the spec that these arguments of ``HSSM`` ask for.

        Parameters
        ----------
        data
            The data frame, in which the columns of fixed vectors are looked up; None without data.
        model, include, loglik, loglik_kind, p_outlier, lapse, choices
            As for ``HSSM``.
        global_formula
            A formula for every parameter of which nothing is asked: ``"y ~ 1 + x"``.
        link_settings, prior_settings, noncentered
            As for :class:`ModelSpec`.
        extra_namespace
            Names in formulas that are no columns, or a mapping of which the names are kept.
        missing_data, deadline, withheld
            As for :meth:`Missing.build`.
        params
            The other keywords of ``HSSM``: parameter to number, vector, prior, dict or Param.

        Returns
        -------
        ModelSpec

        Raises
        ------
        SsmkitError
            When something cannot be read, or the model does not have it.

        Examples
        --------
        >>> spec = ModelSpec.build(model="angle", p_outlier=0, params={"theta": 0.2})
        >>> spec.resolved()[-1].fixed
        0.2
        """
        spec = cls(
            model,
            loglik_kind,
            (),
            Lapse.build(p_outlier, lapse),
            loglik,
            link_settings,
            prior_settings,
            noncentered,
            () if extra_namespace is None else extra_namespace,
            Missing.build(missing_data, deadline, withheld),
        )
        check_choices(spec.config, choices)
        given = read_params(spec.config, include, params or {}, data)
        return replace(spec, params=expand_formula(spec.config, global_formula, given))

    @property
    def config(self) -> ModelConfig:
        """The row of the registry."""
        return get_config(self.model)

    @property
    def likelihood(self) -> Likelihood:
        """The likelihood of the registry that gives bounds and default priors."""
        return self.config.likelihood(None if self.loglik is not None else self.kind)

    def asked(self) -> tuple[Param, ...]:
        """Return the parameters of which something is asked.

        Examples
        --------
        >>> ModelSpec("ddm", params=(Param("a", prior=1.5), Param("v"))).asked()
        (Param("a", prior=1.5),)
        """
        return tuple(param for param in self.params if param != Param(param.name))

    def require_writable(self) -> None:
        """Refuse what has no name, and so cannot be written as JSON or code.

        Raises
        ------
        SsmkitError
            When the likelihood is a function, or a parameter is fixed at a vector that is no column
            of the data.
        """
        if callable(self.loglik):
            refuse(
                "loglik",
                f"the likelihood is the function {self.loglik!r}, which cannot be written down",
                "keep the call of HSSM with loglik=... in your own code",
            )
        for param in self.params:
            param.require_named()

    def resolved(
        self, data: Any = None, namespace: Mapping[str, Any] | None = None
    ) -> tuple[Resolved | Regression, ...]:
        """Return every parameter with the defaults filled in, in the order of the model.

        Parameters
        ----------
        data
            The data frame. Without it, terms of formulas are read from their text alone, which does
            not know what is categorical.
        namespace
            Values of ``extra_namespace``. Without them, formulas that name any of these are read
            from their text alone.

        Returns
        -------
        tuple of Resolved or Regression
            Those with a ``formula`` are regressions. With a last one, ``p_outlier``, when the
            probability of a lapse is estimated or follows predictors.

        Raises
        ------
        SsmkitError
            When a formula cannot be computed on these data.
        """
        resolved = tuple(self.resolve(param.name, data, namespace) for param in self.params)
        if self.lapse is not None and not isinstance(self.lapse.p, float):
            resolved = (*resolved, self.resolve("p_outlier", data, namespace))
        return resolved

    def resolve(
        self, name: str, data: Any = None, namespace: Mapping[str, Any] | None = None
    ) -> Resolved | Regression:
        """Return one parameter as :meth:`resolved` does.

        Raises
        ------
        SsmkitError
            As :meth:`resolved`.
        """
        param = self.param(name)
        default, support = LAPSE_SHARE, (0.0, 1.0)
        if name != "p_outlier":
            default = Prior.from_any(self.likelihood.default_priors[name])
            support = self.likelihood.bounds[name]
        if param.formula is None:
            return resolve(
                param, natural_prior(name, self.model, default, self.prior_settings), support
            )
        return resolve_regression(
            param,
            self.model,
            default,
            support,
            data=self.readable(param, data, namespace),
            namespace=namespace,
            link_settings=self.link_settings,
            prior_settings=self.prior_settings,
            noncentered=self.noncentered,
        )

    def param(self, name: str) -> Param:
        """Return what was asked of one parameter, or of ``p_outlier`` where it is estimated."""
        if name != "p_outlier":
            return next(param for param in self.params if param.name == name)
        return self.lapse.p if isinstance(self.lapse.p, Param) else Param(name, prior=self.lapse.p)

    def readable(self, param: Param, data: Any, namespace: Mapping[str, Any] | None) -> Any:
        """Return the data, or None where a name in the formula has no value to be read with."""
        unknown = set(self.extra_namespace) - set(namespace or ())
        if not unknown:
            return data
        variables, functions = names(param.formula)
        used = {*variables, *(function.split(".")[0] for function in functions)}
        return None if unknown & used else data

    def validate(
        self, data: Any = None, namespace: Mapping[str, Any] | None = None
    ) -> tuple[Problem, ...]:
        """Find what cannot work in this spec, by itself and on these data.

        Parameters
        ----------
        data
            The data frame; None to look at the spec alone.
        namespace
            Values of ``extra_namespace``.

        Returns
        -------
        tuple of Problem
            Empty when all is well; ``report`` raises or warns.

        Examples
        --------
        >>> print(*ModelSpec("ddm", params=(Param("z", prior=1.2),)).validate())
        params.z: z is fixed at 1.2, outside its bounds (0.0, 1.0). \
To fix it: fix z between 0.0 and 1.0
        """
        from ssmkit.spec.validate import find_problems

        return find_problems(self, data, namespace)

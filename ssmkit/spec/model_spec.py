"""The whole model that is asked for, as one frozen value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import Problem, refuse
from ssmkit.modelconfig.config import Likelihood, ModelConfig
from ssmkit.modelconfig.registry import get_config
from ssmkit.spec.arguments import check_choices, check_name, likelihood_kind, read_params
from ssmkit.spec.lapse import DEFAULT_LAPSE, Lapse
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.resolved import Resolved, resolve


@dataclass(frozen=True)
class ModelSpec:
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
        A Python function to be the likelihood, which is then of the kind ``"blackbox"``; None for
        the model's own. A spec with a function cannot be written down.

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
    loglik: Callable | None = None

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
        params: Mapping[str, Any] | None = None,
    ) -> Self:
        """Return the spec that these arguments of ``HSSM`` ask for.

        Parameters
        ----------
        data
            The data frame, in which the columns of fixed vectors are looked up; None without data.
        model, include, loglik, loglik_kind, p_outlier, lapse, choices
            As for ``HSSM``.
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
        spec = cls(model, loglik_kind, (), Lapse.build(p_outlier, lapse), loglik)
        check_choices(spec.config, choices)
        return replace(spec, params=read_params(spec.config, include, params or {}, data))

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
        (Param(name='a', prior=1.5, bounds=None),)
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
        if self.loglik is not None:
            refuse(
                "loglik",
                f"the likelihood is the function {self.loglik!r}, which cannot be written down",
                "keep the call of HSSM with loglik=... in your own code",
            )
        for param in self.params:
            param.require_named()

    def resolved(self) -> tuple[Resolved, ...]:
        """Return every parameter with the defaults filled in, in the order of the model.

        Returns
        -------
        tuple of Resolved
            With a last one, ``p_outlier``, when the probability of a lapse is estimated.
        """
        likelihood = self.likelihood
        resolved = tuple(
            resolve(
                param,
                Prior.from_any(likelihood.default_priors[param.name]),
                likelihood.bounds[param.name],
            )
            for param in self.params
        )
        if self.lapse is not None and isinstance(self.lapse.p, Prior):
            free = Resolved("p_outlier", None, self.lapse.p, (0.0, 1.0), default=False)
            resolved = (*resolved, free)
        return resolved

    def validate(self, data: Any = None) -> tuple[Problem, ...]:
        """Find what cannot work in this spec, by itself and on these data.

        Parameters
        ----------
        data
            The data frame; None to look at the spec alone.

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

        return find_problems(self, data)

    def to_json(self) -> str:
        """Return the spec as JSON, which :meth:`from_json` reads to an equal spec.

        Returns
        -------
        str

        Raises
        ------
        SsmkitError
            As :meth:`require_writable`.

        Examples
        --------
        >>> spec = ModelSpec("angle", params=(Param("theta", prior=0.2),))
        >>> ModelSpec.from_json(spec.to_json()) == spec
        True
        """
        from ssmkit.spec.json import to_json

        return to_json(self)

    @staticmethod
    def from_json(text: str) -> "ModelSpec":
        """Return the spec that :meth:`to_json` wrote.

        Parameters
        ----------
        text
            JSON.

        Returns
        -------
        ModelSpec

        Raises
        ------
        SsmkitError
            When the text is no such JSON, has unknown keys, or asks for what does not exist.

        Examples
        --------
        >>> ModelSpec.from_json(ModelSpec("ddm_sdv").to_json()).model
        'ddm_sdv'
        """
        from ssmkit.spec.json import from_json

        return from_json(text)

    def to_code(self) -> str:
        """Return the call of ``HSSM`` that builds this model, in as few arguments as it needs.

        Returns
        -------
        str
            A Python expression; the data frame is called ``data``.

        Raises
        ------
        SsmkitError
            As :meth:`require_writable`.

        Examples
        --------
        >>> print(ModelSpec("angle", params=(Param("a", prior=1.5),), lapse=None).to_code())
        HSSM(data, model="angle", a=1.5, p_outlier=0)
        """
        from ssmkit.spec.code import to_code

        return to_code(self)

    @staticmethod
    def from_code(source: str) -> "ModelSpec":
        """Return the spec of the call of ``HSSM`` in Python source, without running any of it.

        Parameters
        ----------
        source
            Python with one call of ``HSSM``, whose arguments are literals, ``Prior(...)``,
            ``Param(...)``, or columns such as ``data["x"]``.

        Returns
        -------
        ModelSpec

        Raises
        ------
        SsmkitError
            When there is no such call, or an argument is anything else.

        Examples
        --------
        >>> spec = ModelSpec.from_code('model = ssmkit.HSSM(data, z=0.5)')
        >>> spec.asked()
        (Param(name='z', prior=0.5, bounds=None),)
        """
        from ssmkit.spec.read_code import from_code

        return from_code(source)

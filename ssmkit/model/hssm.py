"""HSSM: a spec and data, made into a model that is sampled, summarised and drawn."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

import pandas as pd

from ssmkit.data import check_data
from ssmkit.errors import report
from ssmkit.model._predicting import Predicting
from ssmkit.model._reading import Reading
from ssmkit.model._sampling import Sampling
from ssmkit.modelconfig import list_models
from ssmkit.spec import ModelSpec, Param, Prior, summary_html, summary_text


class _Models:
    """The names of the models at the time of asking, so that those of one's own are among them."""

    def __get__(self, instance: Any, owner: type) -> tuple[str, ...]:
        return list_models()


class HSSM(Sampling, Predicting, Reading):
    """A Bayesian sequential sampling model of choices and reaction times.

    Parameters
    ----------
    data
        One row a trial, with columns ``rt`` (seconds) and ``response`` (the codes of the model,
        -1 and 1 for models of two bounds).
    model
        A model of ``HSSM.supported_models``.
    include
        Parameters that are not left at their defaults: dicts such as
        ``{"name": "v", "formula": "v ~ 1 + x"}`` or
        ``{"name": "v", "prior": {"name": "Normal", "mu": 0, "sigma": 1}}``, or :class:`Param`.
    loglik
        A likelihood to take instead of the model's own: a Python function ``loglik(data, *params)``
        that returns one log density a trial, with ``data`` (n, 2), reaction time and response; with
        ``loglik_kind="analytical"`` a function ``loglik(rt, response, *params)`` in JAX; or the
        path of a network in the ONNX format that maps the parameters, reaction time and response
        of one trial to its log density.
    loglik_kind
        Kind of likelihood; None takes the first that the model has.
    p_outlier
        Probability of a lapse: a number, a prior, or None for none.
    lapse
        Distribution of a lapse's reaction time (seconds); None is Uniform(0, 20).
    choices
        Codes of the responses, when they are not the model's own.
    global_formula
        A formula for every parameter of which nothing else is asked: ``"y ~ 1 + x"``.
    link_settings
        ``"log_logit"`` gives every regression of a bounded parameter a link that keeps it there.
    prior_settings
        ``"safe"`` or ``"scaled"`` default priors of regressions; None leaves them to Bambi.
    extra_namespace
        Values of names in formulas that are no columns, functions among them.
    missing_data
        Whether trials may have no reaction time, NaN or -999. Without a response too they had none
        before the ``deadline``; with one, the time alone was not kept.
    deadline
        Seconds from the start of a trial after which no response was taken: a number, a column, or
        True for the column ``deadline``.
    withheld
        The response that is given by doing nothing, as in a go/no-go task.
    noncentered
        Whether effects of groups are estimated as multiples of their standard deviation: for all,
        by parameter, or by parameter and term.
    **params
        A parameter by name: a number or a vector of n (fixed), a prior, a dict or a ``Param``.

    Raises
    ------
    SsmkitError
        When data or arguments cannot be what was meant; it says what to type instead.

    Notes
    -----
    Boundaries lie at ``a`` and ``-a`` (half the separation), the start at ``-a + 2 a z``, noise has
    unit variance a second, and the upper boundary is response 1: the conventions of
    ssm-simulators (Fengler, Govindarajan, Chen and Frank, 2021).

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=200, random_state=0)
    >>> model = ssmkit.HSSM(data, a=1.5, z=0.5, t=0.3)
    >>> traces = model.sample(draws=200, tune=200, chains=2, random_seed=0, progressbar=False)
    """

    supported_models: ClassVar[Any] = _Models()

    def __init__(
        self,
        data: pd.DataFrame,
        model: str = "ddm",
        include: Sequence[Mapping[str, Any] | Param] | None = None,
        loglik: Any = None,
        loglik_kind: str | None = None,
        p_outlier: float | Mapping[str, Any] | Prior | None = 0.05,
        lapse: Mapping[str, Any] | Prior | None = None,
        choices: Sequence[int] | None = None,
        global_formula: str | None = None,
        link_settings: str | None = None,
        prior_settings: str | None = "safe",
        extra_namespace: Mapping[str, Any] | None = None,
        noncentered: bool | Mapping[str, Any] = True,  # noqa: FBT001, FBT002 - the field's name
        missing_data: bool = False,  # noqa: FBT001, FBT002 - the field's name
        deadline: bool | float | str | None = None,  # noqa: FBT001 - the field's name
        withheld: int | None = None,
        **params: Any,
    ) -> None:
        spec = ModelSpec.build(
            data,
            model,
            include=include,
            loglik=loglik,
            loglik_kind=loglik_kind,
            p_outlier=p_outlier,
            lapse=lapse,
            choices=choices,
            global_formula=global_formula,
            link_settings=link_settings,
            prior_settings=prior_settings,
            extra_namespace=extra_namespace,
            noncentered=noncentered,
            missing_data=missing_data,
            deadline=deadline,
            withheld=withheld,
            params=params,
        )
        self._start(spec, data, extra_namespace)

    def _start(
        self, spec: ModelSpec, data: pd.DataFrame, namespace: Mapping[str, Any] | None = None
    ) -> None:
        lapses, may_miss = spec.lapse is not None, spec.missing is not None
        fixed = [name for name in spec.config.list_params if spec.resolve(name).fixed is not None]
        found = check_data(data, spec.model, lapses=lapses, missing_data=may_miss, fixed=fixed)
        report(found, stacklevel=4)
        report(spec.validate(data, namespace), stacklevel=4)
        self.spec = spec
        self.data = data
        self._namespace = namespace

    @classmethod
    def from_spec(
        cls,
        spec: ModelSpec,
        data: pd.DataFrame,
        extra_namespace: Mapping[str, Any] | None = None,
    ) -> Self:
        """Make the model that a spec describes.

        Parameters
        ----------
        spec
            From another model's ``.spec``, or from ``ModelSpec.from_json``.
        data, extra_namespace
            As for :class:`HSSM`.

        Returns
        -------
        HSSM

        Examples
        --------
        >>> import ssmkit
        >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=50, random_state=0)
        >>> ssmkit.HSSM.from_spec(ssmkit.HSSM(data, a=1.5).spec, data).spec.params[1].prior
        1.5
        """
        self = cls.__new__(cls)
        self._start(spec, data, extra_namespace)
        return self

    @classmethod
    def load(
        cls,
        folder: str | Path,
        loglik: Callable | None = None,
        extra_namespace: Mapping[str, Any] | None = None,
    ) -> Self:
        """Return the model that ``.save(folder)`` kept, with its data and traces.

        Parameters
        ----------
        folder
            The folder. Nothing in it is run.
        loglik
            The Python function that was the likelihood, for a model that had one.
        extra_namespace
            The values of names in its formulas that are no columns.

        Returns
        -------
        HSSM
            Rows of its data are numbered from 0.

        Raises
        ------
        SsmkitError
            When the folder holds no model, a newer form of one, or files that are missing or
            changed.

        Examples
        --------
        >>> import tempfile, ssmkit
        >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=50, random_state=0)
        >>> with tempfile.TemporaryDirectory() as place:
        ...     folder = ssmkit.HSSM(data, a=1.5).save(f"{place}/fit")
        ...     ssmkit.HSSM.load(folder).to_code()
        'HSSM(data, a=1.5)'
        """
        from ssmkit.inference import storage

        saved = storage.read(folder, loglik)
        self = cls.from_spec(saved.spec, saved.data, extra_namespace)
        self._traces = saved.traces
        return self

    @property
    def model_name(self) -> str:
        """Name of the model."""
        return self.spec.model

    @property
    def loglik_kind(self) -> str:
        """Kind of likelihood that is used."""
        return self.spec.kind

    def __repr__(self) -> str:
        return summary_text(self.spec, len(self.data), self.data, self._namespace)

    def _repr_html_(self) -> str:
        return summary_html(self.spec, len(self.data), self.data, self._namespace)

    def to_code(self) -> str:
        """Return the Python expression that builds this model from ``data``."""
        return self.spec.to_code()

    def graph(self) -> Any:
        """Return a picture of the model: Graphviz's where ``dot`` is installed, else text.

        Returns
        -------
        graphviz.Digraph or TextGraph
            Both show themselves in a notebook.
        """
        from ssmkit.inference.picture import picture

        return picture(self.pymc_model, self.spec, len(self.data))

    @cached_property
    def _built(self) -> Any:
        from ssmkit.inference.graph import build

        return build(self.spec, self.data, self._namespace)

    @property
    def pymc_model(self) -> Any:
        """The PyMC model, as sampled; free variables are free parameters and coefficients."""
        return self._built.pymc

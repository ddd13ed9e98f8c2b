"""HSSM: a spec and data, made into a model that is sampled, summarised and drawn."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd

from ssmkit import _compat
from ssmkit.data import check_data
from ssmkit.errors import did_you_mean, refuse, report
from ssmkit.modelconfig import list_models
from ssmkit.spec import ModelSpec, Param, Prior, summary_html, summary_text


class HSSM:
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
        ``{"name": "v", "prior": {"name": "Normal", "mu": 0, "sigma": 1}}``, or :class:`Param`.
    loglik
        A Python function ``loglik(data, *params)`` that returns one log density a trial, for
        ``loglik_kind="blackbox"``; ``data`` is (n, 2), reaction time and response.
    loglik_kind
        Kind of likelihood; None takes the first that the model has.
    p_outlier
        Probability of a lapse: a number, a prior, or None for none.
    lapse
        Distribution of a lapse's reaction time (seconds); None is Uniform(0, 20).
    choices
        Codes of the responses, when they are not the model's own.
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

    supported_models: ClassVar[tuple[str, ...]] = list_models()

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
            params=params,
        )
        self._start(spec, data)

    def _start(self, spec: ModelSpec, data: pd.DataFrame) -> None:
        lapses = spec.lapse is not None
        report(check_data(data, spec.model, lapses=lapses), stacklevel=4)
        report(spec.validate(data), stacklevel=4)
        self.spec = spec
        self.data = data
        self._traces: Any = None

    @classmethod
    def from_spec(cls, spec: ModelSpec, data: pd.DataFrame) -> Self:
        """Make the model that a spec describes.

        Parameters
        ----------
        spec
            From another model's ``.spec``, or from ``ModelSpec.from_json``.
        data
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
        self._start(spec, data)
        return self

    # --- what it is -----------------------------------------------------------------------------

    @property
    def model_name(self) -> str:
        """Name of the model."""
        return self.spec.model

    @property
    def loglik_kind(self) -> str:
        """Kind of likelihood that is used."""
        return self.spec.kind

    def __repr__(self) -> str:
        return summary_text(self.spec, len(self.data))

    def _repr_html_(self) -> str:
        return summary_html(self.spec, len(self.data))

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
    def pymc_model(self) -> Any:
        """The PyMC model, as sampled; free variables are the free parameters."""
        from ssmkit.inference.graph import build

        return build(self.spec, self.data)

    # --- sampling -------------------------------------------------------------------------------

    def sample(
        self,
        sampler: str | None = None,
        *,
        draws: int = 1000,
        tune: int = 1000,
        chains: int = 4,
        cores: int | None = None,
        target_accept: float = 0.8,
        random_seed: int | None = None,
        initvals: Mapping[str, Any] | None = None,
        progressbar: bool = True,
        idata_kwargs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Draw from the posterior; the traces are returned and kept as ``.traces``.

        Parameters
        ----------
        sampler
            ``"numpyro"`` (the default), ``"nutpie"``, ``"pymc"`` or ``"blackjax"``; the older names
            ``"mcmc"``, ``"nuts_numpyro"`` and ``"nuts_blackjax"`` mean pymc, numpyro and blackjax.
        draws, tune
            Steps kept in each chain, and steps of warm-up before them.
        chains
            Number of chains.
        cores
            Chains run at the same time at most; None takes all. The draws do not depend on it.
        target_accept
            Acceptance rate that the step size is tuned for; .9 or more takes smaller steps.
        random_seed
            The same seed gives the same draws, in every process.
        initvals
            Start values by name, on the natural scale; others come from the data.
        progressbar
            Whether to show progress.
        idata_kwargs
            ``dict(log_likelihood=False)`` leaves the pointwise log-likelihood out.
        **kwargs
            Settings of one sampler; those that it does not take are ignored.

        Returns
        -------
        DataTree or InferenceData
            Of the installed ArviZ, with the groups ``posterior``, ``sample_stats``,
            ``observed_data`` and ``log_likelihood``. After an interrupt it holds the draws that all
            chains had finished, and says so.

        Raises
        ------
        SsmkitError
            For settings that cannot be.
        """
        from ssmkit.inference.fit import Settings, fit

        settings = Settings(
            sampler, draws, tune, chains, cores, target_accept, random_seed, initvals,
            progressbar, idata_kwargs,
        )  # fmt: skip
        self._traces = fit(
            self.pymc_model,
            self._start_values(initvals),
            self._observed,
            settings,
            kwargs,
            gradient=self.loglik_kind != "blackbox",
        )
        return self._traces

    def initial_point(self) -> dict[str, float]:
        """Return where chains start, on the natural scale, before each is spread a little."""
        from ssmkit.inference.initial import natural

        return natural(self.spec, self.data)

    def _start_values(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        start = self.initial_point()
        for name in given or {}:
            if name not in start:
                refuse(
                    f"initvals.{name}",
                    f"there is no free parameter '{name}'.{did_you_mean(name, start)}",
                    f"use {', '.join(start)}",
                )
        return start | dict(given or {})

    @property
    def _observed(self) -> np.ndarray:
        return self.data[["rt", "response"]].to_numpy(dtype=float)

    @property
    def traces(self) -> Any:
        """What sampling returned.

        Raises
        ------
        SsmkitError
            Before ``sample()``.
        """
        if self._traces is None:
            refuse("traces", "the model is not sampled yet", "call model.sample() first")
        return self._traces

    def summary(self, **kwargs: Any) -> pd.DataFrame:
        """Return ArviZ's summary table of the parameters.

        Parameters
        ----------
        **kwargs
            Passed to ``arviz.summary``.
        """
        return _compat.summary(self.traces, **kwargs)

    # --- what follows from it -------------------------------------------------------------------

    def log_likelihood(self) -> Any:
        """Add the pointwise log-likelihood to ``.traces`` and return its group."""
        from ssmkit.inference.program import lift
        from ssmkit.inference.traces import add_log_likelihood, trial_log_likelihood

        posterior = _compat.posterior(self.traces)
        draws = {name: posterior[name].to_numpy() for name in posterior.data_vars}
        black = self.loglik_kind == "blackbox"
        lifted = None if black else lift(self.pymc_model, len(self.data))
        values = trial_log_likelihood(self.pymc_model, draws, lifted)
        add_log_likelihood(self._traces, values)
        return _compat.group(self._traces, "log_likelihood")

    def compile_logp(self) -> Any:
        """Return the log density of parameters and data as a function of unconstrained values."""
        return self.pymc_model.compile_logp()

    def sample_posterior_predictive(
        self,
        data: pd.DataFrame | None = None,
        *,
        draws: int | None = None,
        random_seed: int | None = None,
    ) -> Any:
        """Simulate new data from the posterior.

        Parameters
        ----------
        data
            Rows to predict; None predicts the data that were fitted, and keeps the result in
            ``.traces`` as the group ``posterior_predictive``.
        draws
            Draws of each chain to use; None takes 100, evenly spaced.
        random_seed
            The same seed gives the same data.

        Returns
        -------
        Dataset
            Variable ``rt,response``, (chain, draw, n, 2).
        """
        from ssmkit.inference.predictive import posterior_predictive

        posterior = _compat.posterior(self.traces)
        rows = self.data if data is None else data
        out = posterior_predictive(self.spec, posterior, rows, draws, random_seed)
        if data is None:
            _compat.set_group(self._traces, "posterior_predictive", out)
        return out

    def sample_prior_predictive(self, draws: int = 500, random_seed: int | None = None) -> Any:
        """Simulate data from the prior, one data set a draw.

        Parameters
        ----------
        draws
            Number of draws.
        random_seed
            The same seed gives the same data.

        Returns
        -------
        DataTree or InferenceData
            Groups ``prior`` and ``prior_predictive``.
        """
        from ssmkit.inference.predictive import prior_predictive

        return prior_predictive(self.spec, self.data, draws, random_seed)

"""What follows from a model: log-likelihoods and new data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ssmkit import _compat
from ssmkit.errors import did_you_mean, refuse

if TYPE_CHECKING:
    from ssmkit.spec import ModelSpec


class Predicting:
    """The part of a model that says what its draws mean for data."""

    spec: "ModelSpec"
    data: pd.DataFrame
    pymc_model: Any
    _built: Any
    traces: Any
    _traces: Any

    def log_likelihood(self) -> Any:
        """Add the pointwise log-likelihood to ``.traces`` and return its group."""
        from ssmkit.inference.program import lift
        from ssmkit.inference.traces import add_log_likelihood, trial_log_likelihood

        posterior = _compat.posterior(self.traces)
        draws = {name: posterior[name].to_numpy() for name in posterior.data_vars}
        black = self.spec.kind == "blackbox"
        lifted = None if black else lift(self.pymc_model, len(self.data))
        values = trial_log_likelihood(self.pymc_model, draws, lifted)
        add_log_likelihood(self._traces, values)
        return _compat.group(self._traces, "log_likelihood")

    def compile_logp(self) -> Any:
        """Return the log density of parameters and data as a function of unconstrained values."""
        return self.pymc_model.compile_logp()

    def trialwise(
        self,
        data: pd.DataFrame | None = None,
        *,
        draws: int | None = None,
        include_group_specific: bool = True,
        do: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parameters of each trial at draws of the posterior, on their natural scale.

        Parameters
        ----------
        data
            Other trials; None takes those that were fitted.
        draws
            Draws of each chain to use, evenly spaced; None takes 100.
        include_group_specific
            Whether effects of groups count; without them the trials are the average group's.
        do
            What is held at another value: ``{"a": 1.0}`` (a parameter, on its natural scale, a
            number or one a trial) or ``{"v_x": 0.0}`` (a coefficient). All else keeps its draws.

        Returns
        -------
        Dataset
            A variable for each parameter, (chain, draw, trial).
        """
        from ssmkit.inference.predictive import thin
        from ssmkit.inference.trialwise import trialwise

        posterior = thin(_compat.posterior(self.traces), draws)
        rows = self.data if data is None else data
        return trialwise(
            self._built, posterior, rows, include_group_specific=include_group_specific, do=do
        )

    def sample_posterior_predictive(
        self,
        data: pd.DataFrame | None = None,
        *,
        draws: int | None = None,
        kind: str = "response",
        random_seed: int | None = None,
        include_group_specific: bool = True,
        do: Mapping[str, Any] | None = None,
    ) -> Any:
        """Simulate new data from the posterior.

        Parameters
        ----------
        data
            Rows to predict; None predicts the data that were fitted, and keeps the result in
            ``.traces`` as the group ``posterior_predictive``.
        draws
            Draws of each chain to use; None takes 100, evenly spaced.
        kind
            ``"response"`` for reaction times and responses, ``"response_params"`` for the
            parameters of each trial, as :meth:`trialwise`.
        random_seed
            The same seed gives the same data.
        include_group_specific, do
            As for :meth:`trialwise`. With ``do`` nothing is kept in ``.traces``.

        Returns
        -------
        Dataset
            Variable ``rt,response``, (chain, draw, n, 2).

        Raises
        ------
        SsmkitError
            Before ``sample()``, for more draws than there are, or an unknown kind.
        """
        from ssmkit.inference.predictive import posterior_predictive, thin

        if kind not in ("response", "response_params"):
            options = ("response", "response_params")
            hint = did_you_mean(kind, options)
            refuse("kind", f"there is no kind '{kind}'.{hint}", f"use {' or '.join(options)}")
        if kind == "response_params":
            return self.trialwise(
                data, draws=draws, include_group_specific=include_group_specific, do=do
            )
        out = posterior_predictive(
            self._built,
            thin(_compat.posterior(self.traces), draws),
            self.data if data is None else data,
            random_seed,
            include_group_specific=include_group_specific,
            do=do,
        )
        if data is None and not do:
            _compat.set_group(self._traces, "posterior_predictive", out)
        return out

    def predict(
        self,
        data: pd.DataFrame | None = None,
        *,
        draws: int | None = None,
        interval: float = 0.94,
        random_seed: int | None = None,
        include_group_specific: bool = True,
        do: Mapping[str, Any] | None = None,
    ) -> pd.DataFrame:
        """Tabulate what is expected of each trial: parameters, responses and reaction times.

        Parameters
        ----------
        data
            Rows to predict; None takes the data that were fitted.
        draws
            Draws of each chain to use; None takes 100, evenly spaced.
        interval
            Mass of the central intervals.
        random_seed
            The same seed gives the same table.
        include_group_specific, do
            As for :meth:`trialwise`.

        Returns
        -------
        DataFrame
            A row a trial, with the index of the data: ``v``, ``v_low`` and ``v_high`` for each
            parameter that is not one fixed number, ``p(1)`` for each response but the first, and
            quantiles ``rt_10``, ``rt_50`` and ``rt_90`` of the reaction time in seconds.

        Raises
        ------
        SsmkitError
            Before ``sample()``, or for what cannot be predicted.
        """
        from ssmkit.inference.prediction import predict
        from ssmkit.inference.predictive import thin

        return predict(
            self._built,
            thin(_compat.posterior(self.traces), draws),
            self.data if data is None else data,
            random_seed,
            interval=interval,
            include_group_specific=include_group_specific,
            do=do,
        )

    def sample_prior_predictive(
        self,
        draws: int = 500,
        random_seed: int | None = None,
        *,
        do: Mapping[str, Any] | None = None,
    ) -> Any:
        """Simulate data from the prior, one data set a draw.

        Parameters
        ----------
        draws
            Number of draws.
        random_seed
            The same seed gives the same data.
        do
            As for :meth:`trialwise`.

        Returns
        -------
        DataTree or InferenceData
            Groups ``prior`` and ``prior_predictive``.
        """
        from ssmkit.inference.predictive import prior_predictive

        return prior_predictive(self._built, self.data, draws, random_seed, do=do)

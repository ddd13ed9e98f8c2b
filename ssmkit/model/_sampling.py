"""Sampling a model, and what was sampled."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ssmkit import _compat
from ssmkit.errors import did_you_mean, refuse

if TYPE_CHECKING:
    from ssmkit.spec import ModelSpec


class Sampling:
    """The part of a model that draws from its posterior."""

    spec: "ModelSpec"
    data: pd.DataFrame
    pymc_model: Any
    _built: Any
    _traces: Any = None

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
        initvals: Mapping[str, Any] | str | None = None,
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
            ``"laplace"`` draws from a normal at the mode: quick, and an approximation; :meth:`vi`
            has others.
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
            Start values by name, on the natural scale; others come from the data. ``"map"`` starts
            at the most probable values, see :meth:`find_MAP`.
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
            sampler, draws, tune, chains, cores, target_accept, random_seed, progressbar,
            idata_kwargs,
        )  # fmt: skip
        self._traces = fit(
            self.pymc_model,
            self._start_values(initvals),
            self._observed,
            settings,
            kwargs,
            params=self._built.params,
            gradient=self.spec.kind != "blackbox",
        )
        return self._traces

    def vi(
        self,
        method: str = "advi",
        *,
        n: int = 5000,
        draws: int = 1000,
        random_seed: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Draw from a normal distribution that is fitted to the posterior: an approximation.

        Parameters
        ----------
        method
            ``"advi"``, in which the parameters are independent and so seem better known than they
            are, or ``"fullrank_advi"``.
        n
            Steps of the search.
        draws
            Number of draws.
        random_seed
            The same seed gives the same draws.
        **kwargs
            As for :meth:`sample`.

        Returns
        -------
        DataTree or InferenceData
            Also kept as ``.traces``; :meth:`diagnose` says how near the posterior it is.

        Raises
        ------
        SsmkitError
            For another method, or when the search was lost.

        Notes
        -----
        Automatic differentiation variational inference (Kucukelbir et al., 2017), by NumPyro.
        """
        methods = ("advi", "fullrank_advi")
        if method not in methods:
            refuse(
                "method",
                f"there is no method {method!r}.{did_you_mean(str(method), methods)}",
                f"use {' or '.join(methods)}",
            )
        settings = {"draws": draws, "random_seed": random_seed, "n": n, "chains": 1}
        return self.sample(method, **(settings | kwargs))

    def find_MAP(self) -> dict[str, Any]:  # noqa: N802 - PyMC's name of it
        """Return the most probable values: where the posterior density is highest.

        Returns
        -------
        dict
            Parameters on their natural scale, coefficients on that of their link.

        Raises
        ------
        SsmkitError
            When the density has no highest point.

        Notes
        -----
        One point says nothing about uncertainty, and with effects of groups it is a bad one: it
        moves with their parametrisation, to a standard deviation of 0 when they are centred. Use
        it to start, or to look.
        """
        from ssmkit.inference.mode import find_map

        return find_map(self.pymc_model, self.initial_point())

    def initial_point(self) -> dict[str, Any]:
        """Return where chains start, before each is spread a little.

        Returns
        -------
        dict
            Parameters on their natural scale, coefficients on that of their link.
        """
        from ssmkit.inference.initial import natural

        return natural(self._built, self.data)

    def _start_values(self, given: Mapping[str, Any] | str | None) -> dict[str, Any]:
        if isinstance(given, str):
            if given != "map":
                refuse("initvals", f"there is no start {given!r}", 'type initvals="map", or a dict')
            return self.find_MAP()
        start = self.initial_point()
        free = [rv.name for rv in self.pymc_model.free_RVs]
        for name in given or {}:
            if name not in free:
                refuse(
                    f"initvals.{name}",
                    f"there is no free parameter '{name}'.{did_you_mean(name, free)}",
                    f"use {', '.join(free)}",
                )
        return start | dict(given or {})

    @property
    def _observed(self) -> np.ndarray:
        return self.data[["rt", "response"]].to_numpy(dtype=float, na_value=np.nan)

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
            Passed to ``arviz.summary``; numbers are rounded to three digits unless ``round_to``
            says something else.
        """
        return _compat.summary(self.traces, **({"round_to": 3} | kwargs))

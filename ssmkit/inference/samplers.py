"""The samplers by name, each from a PyMC model to draws of its free variables."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm

from ssmkit._compat import group, x64
from ssmkit.errors import did_you_mean, refuse
from ssmkit.inference.variables import visible

APPROXIMATIONS = ("laplace", "advi", "fullrank_advi")
NAMES = ("numpyro", "nutpie", "pymc", "blackjax", *APPROXIMATIONS)
# The names that the field's tutorials use.
ALIASES = {"mcmc": "pymc", "nuts_numpyro": "numpyro", "nuts_blackjax": "blackjax"}
# What one sampler takes and another has no use for; accepted everywhere, so that a line written
# for one sampler runs with the next.
IGNORABLE = {"mp_ctx", "chain_method", "nuts_sampler_kwargs", "postprocessing_backend"}


@dataclass(frozen=True)
class Request:
    """What a person asked of ``sample``, with every default filled in."""

    draws: int
    tune: int
    chains: int
    cores: int
    seed: int
    target_accept: float
    progressbar: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """Draws on the natural scale by name, and sampler statistics, (chains, draws, ...)."""

    posterior: Mapping[str, np.ndarray]
    stats: Mapping[str, np.ndarray]


def resolve(name: str | None, *, gradient: bool) -> str:
    """Return the sampler that a name means.

    Parameters
    ----------
    name
        One of the samplers, one of the older names, or None for the default.
    gradient
        Whether the likelihood has a gradient; without one only slices remain.

    Returns
    -------
    str

    Raises
    ------
    SsmkitError
        For a name that is none, or a sampler that needs a gradient where there is none.
    """
    known = (*NAMES, *ALIASES)
    if name is None:
        return "numpyro" if gradient else "slice"
    if name not in known:
        refuse(
            "sampler",
            f"there is no sampler '{name}'.{did_you_mean(str(name), known)}",
            f"use one of {', '.join(known)}",
        )
    found = ALIASES.get(name, name)
    if not gradient and found != "pymc":
        refuse(
            "sampler",
            f"'{name}' needs a gradient, and a blackbox likelihood has none",
            "leave sampler out: PyMC's slice sampler is taken",
        )
    return found if gradient else "slice"


def run(sampler: str, model: pm.Model, start: Mapping[str, Any], request: Request) -> Result:
    """Sample a PyMC model with a sampler that is not our own driver.

    Parameters
    ----------
    sampler
        ``nutpie``, ``pymc`` or ``slice``.
    model
        The PyMC model.
    start
        Natural start values by name.
    request
        What was asked.

    Returns
    -------
    Result

    Raises
    ------
    SsmkitError
        When the sampler's package is not installed.
    """
    with x64(on=True), warnings.catch_warnings():
        # PyMC speaks of convergence for each call; the summary and diagnosis do it better.
        warnings.filterwarnings("ignore", category=UserWarning)
        warnings.filterwarnings("ignore", category=FutureWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        traces = _RUNNERS[sampler](model, start, request)
    names = [variable.name for variable in visible(model)]
    posterior = group(traces, "posterior")
    stats = group(traces, "sample_stats")
    return Result(
        {name: posterior[name].to_numpy() for name in names},
        {
            str(name): stats[name].to_numpy()
            for name in stats.data_vars
            if stats[name].dims == ("chain", "draw") and stats[name].dtype.kind in "fiub"
        },
    )


def _pymc(model: pm.Model, start: Mapping[str, Any], request: Request) -> Any:
    return _pm_sample(
        model, start, request, nuts_sampler="pymc", nuts={"target_accept": request.target_accept}
    )


def _slice(model: pm.Model, start: Mapping[str, Any], request: Request) -> Any:
    with model:
        step = pm.Slice()
    return _pm_sample(model, start, request, step=step)


def _pm_sample(model: pm.Model, start: Mapping[str, Any], request: Request, **kwargs: Any) -> Any:
    with model:
        return pm.sample(
            draws=request.draws,
            tune=request.tune,
            chains=request.chains,
            # PyMC forks; once JAX has started its threads a fork never comes back.
            cores=1,
            initvals=dict(start),
            init="adapt_diag",
            random_seed=request.seed,
            progressbar=request.progressbar,
            compute_convergence_checks=False,
            **kwargs,
            **request.extra,
        )


def _nutpie(model: pm.Model, start: Mapping[str, Any], request: Request) -> Any:
    nutpie = need("nutpie")
    compiled = nutpie.compile_pymc_model(model, backend="jax", initial_points=dict(start))
    return nutpie.sample(
        compiled,
        draws=request.draws,
        tune=request.tune,
        chains=request.chains,
        cores=request.cores,
        seed=request.seed,
        target_accept=request.target_accept,
        progress_bar=request.progressbar,
        **request.extra,
    )


def need(package: str) -> Any:
    """Import an optional package, or say how to get it."""
    from importlib import import_module

    try:
        return import_module(package)
    except ImportError:
        refuse(
            "sampler",
            f"the package {package} is not installed",
            f"type pip install {package}, or leave sampler out",
        )


_RUNNERS = {"pymc": _pymc, "slice": _slice, "nutpie": _nutpie}

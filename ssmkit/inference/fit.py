"""One fit: from a PyMC model and a person's settings to traces."""

import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
import pymc as pm

from ssmkit.errors import refuse, warn
from ssmkit.inference import approximate, driver, initial, samplers, variational
from ssmkit.inference.program import Program, lift, over_draws
from ssmkit.inference.traces import (
    add_log_likelihood,
    assemble,
    fits_in_memory,
    trial_log_likelihood,
)


@dataclass(frozen=True)
class Settings:
    """What a person may say of a fit, with the defaults of this field."""

    sampler: str | None = None
    draws: int = 1000
    tune: int = 1000
    chains: int = 4
    cores: int | None = None
    target_accept: float = 0.8
    random_seed: int | None = None
    progressbar: bool = True
    idata_kwargs: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        for name, least in (("draws", 1), ("tune", 0), ("chains", 1)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
                refuse(name, f"{value!r} was given", f"give a whole number of at least {least}")
            object.__setattr__(self, name, int(value))
        if not 0 < self.target_accept < 1:
            refuse(
                "target_accept",
                f"{self.target_accept} is not between 0 and 1",
                "type target_accept=.9 for smaller steps, or leave it out",
            )

    @property
    def seed(self) -> int:
        """The seed; drawn from the operating system when none is given, and kept in the traces."""
        if self.random_seed is None:
            return int(np.random.SeedSequence().generate_state(1)[0] >> 1)
        return int(np.random.SeedSequence(self.random_seed).generate_state(1)[0] >> 1)


def fit(
    model: pm.Model,
    natural_start: Mapping[str, Any],
    observed: np.ndarray,
    settings: Settings,
    extra: Mapping[str, Any],
    *,
    params: Sequence[str] = (),
    gradient: bool = True,
) -> Any:
    """Sample a model and return its traces.

    Parameters
    ----------
    model
        The PyMC model.
    natural_start
        Start of each free variable on its natural scale.
    observed
        Reaction times (seconds) and responses, (n, 2).
    settings
        What the person asked.
    extra
        Other keywords of ``sample``; those that no sampler of ours takes are ignored with a note.
    params
        Parameters in the order in which the traces have them.
    gradient
        Whether the likelihood has one.

    Returns
    -------
    DataTree or InferenceData
    """
    if not model.free_RVs:
        refuse(
            "params",
            "every parameter is fixed, so there is nothing to estimate",
            "leave at least one parameter free",
        )
    sampler = samplers.resolve(settings.sampler, gradient=gradient)
    extra = _understood(sampler, extra)
    cores = settings.cores or os.cpu_count() or 1
    seed, began = settings.seed, time.monotonic()
    wanted = (settings.idata_kwargs or {}).get("log_likelihood", True)
    interrupted = False
    lifted = lift(model, len(observed)) if gradient else None
    if sampler in _OWN:
        run = _OWN[sampler]()
        posterior, stats, interrupted = _own(
            run, model, lifted, natural_start, settings, cores, seed, extra
        )
    else:
        request = samplers.Request(
            settings.draws, settings.tune, settings.chains, cores, seed,
            settings.target_accept, settings.progressbar, extra,
        )  # fmt: skip
        result = samplers.run(sampler, model, natural_start, request)
        posterior, stats = result.posterior, result.stats
    attrs = {
        "sampler": sampler,
        "sampling_time": round(time.monotonic() - began, 3),
        "tuning_steps": settings.tune,
        "random_seed": seed,
        "partial": int(interrupted),
        "versions": " ".join(f"{name}={version(name)}" for name in ("ssmkit", "pymc", "jax"))
        + f" python={platform.python_version()}",
    }
    if sampler in samplers.APPROXIMATIONS:
        attrs["approximation"] = sampler
    traces = assemble(model, params, posterior, stats, observed, attrs)
    chains, kept = next(iter(posterior.values())).shape[:2]
    if wanted and fits_in_memory(chains, kept, len(observed)):
        values = trial_log_likelihood(model, posterior, lifted)
        add_log_likelihood(traces, values)
    if interrupted:
        warn(
            "sample",
            f"the fit was interrupted: {kept} of {settings.draws} draws a chain were finished",
            "look at them, and fit again for all draws",
        )
    return traces


def _blackjax() -> Callable:
    samplers.need("blackjax")
    from ssmkit.inference import blackjax

    return blackjax.sample


_OWN = {
    "numpyro": lambda: driver.sample,
    "blackjax": _blackjax,
    "laplace": lambda: approximate.laplace,
    "advi": lambda: partial(variational.advi, method="advi"),
    "fullrank_advi": lambda: partial(variational.advi, method="fullrank_advi"),
}


def _own(
    run: Callable,
    model: pm.Model,
    lifted: tuple[Program, list[np.ndarray]],
    start: Mapping[str, Any],
    settings: Settings,
    cores: int,
    seed: int,
    extra: Mapping[str, Any],
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], bool]:
    """Sample with a driver of our own, NumPyro's or BlackJAX's kernel inside."""
    program, data = lifted
    centre = initial.unconstrained(model, start)
    density = initial.density(program, data)
    drawn = run(
        program,
        data,
        initial.spread(centre, settings.chains, seed, density),
        draws=settings.draws,
        tune=settings.tune,
        cores=cores,
        seed=seed,
        target_accept=settings.target_accept,
        progress=settings.progressbar,
        **extra,
    )
    values = over_draws("constrained", program, data, drawn.positions, program.size)
    return dict(zip(program.names, values, strict=True)), drawn.stats, drawn.partial


def _understood(sampler: str, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the keywords a sampler takes; say once which were left aside."""
    walking = {"dense", "max_tree_depth"}
    own = {"n"} if sampler in variational.GUIDES else walking
    if sampler in ("nutpie", "pymc", "slice", "blackjax"):
        return {name: x for name, x in extra.items() if name not in samplers.IGNORABLE | walking}
    aside = sorted(set(extra) - own)
    if aside:
        import logging

        # A note and no warning: the line is right for another sampler, and nothing is lost.
        logging.getLogger("ssmkit").info("%s has no use for %s; ignored", sampler, ", ".join(aside))
    return {name: value for name, value in extra.items() if name in own}

"""The fits of a study, one after the other, each from a seed of its own and each kept in a file."""

import hashlib
import json
import os
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ssmkit import _compat
from ssmkit.errors import refuse, warn
from ssmkit.inference.convergence import estimates
from ssmkit.inference.progress import Progress
from ssmkit.model import HSSM
from ssmkit.studies.joint import Drawn, Joint

RANKED = 99
"""Draws among which a truth is ranked, so that there are 100 ranks."""
ENOUGH = 2 * RANKED
"""Effective draws from which so many can be thinned that hardly know of each other."""
DOUBLINGS = 3
LIKELIHOOD = "log_likelihood"
OK_R_HAT = 1.05
_FIT = ("r_hat", "ess", "diverging", "redrawn", "draws", "seconds")


@dataclass(frozen=True, eq=False)
class Study:
    """What the fits of a study have in common.

    Parameters
    ----------
    joint
        Where parameters and data come from.
    random_state
        Seed of the study; fit number i has a seed of its own from it.
    draws, tune, chains
        As for ``HSSM.sample``; draws are doubled, up to three times, for a fit whose effective
        draws are too few.
    given
        For fit number i, the values of parameters that are not drawn.
    """

    joint: Joint
    random_state: int = 0
    draws: int = 1000
    tune: int = 500
    chains: int = 2
    given: Callable[[int], Mapping[str, Any]] = lambda _: {}

    def fit(self, number: int) -> dict[str, Any]:
        """Draw, simulate and fit, and return what is kept of it."""
        began = time.monotonic()
        drawn = self.joint.draw(self._rng(number, 0), self.given(number))
        seed = int(self._rng(number, 1).integers(2**31))
        for doubled in range(DOUBLINGS + 1):
            draws = self.draws * 2**doubled
            traces = self._sample(drawn.data, draws, seed)
            table = self._table(drawn, traces)
            if table["ess_bulk"].min() >= ENOUGH:
                break
        stats = _compat.group(traces, "sample_stats")
        diverging = int(stats["diverging"].sum()) if "diverging" in stats else 0
        return {
            "r_hat": float(table["r_hat"].max()),
            "ess": float(table["ess_bulk"].min()),
            "diverging": diverging,
            "redrawn": drawn.redrawn,
            "draws": draws,
            "seconds": round(time.monotonic() - began, 3),
            "estimates": table.to_dict("index"),
        }

    def _rng(self, number: int, purpose: int) -> np.random.Generator:
        seed = np.random.SeedSequence(self.random_state, spawn_key=(number, purpose))
        return np.random.default_rng(seed)

    def _sample(self, data: pd.DataFrame, draws: int, seed: int) -> Any:
        with warnings.catch_warnings():
            # Data of one response or few trials are part of a study, and its table speaks of them.
            warnings.simplefilter("ignore")
            model = HSSM.from_spec(self.joint.spec, data, self.joint.namespace)
            traces = model.sample(
                draws=draws,
                tune=self.tune,
                chains=self.chains,
                random_seed=seed,
                progressbar=False,
                idata_kwargs={"log_likelihood": self.joint.spec.loglik is None},
            )
        if _compat.posterior(traces).attrs.get("partial", 0):
            raise KeyboardInterrupt
        return traces

    def _table(self, drawn: Drawn, traces: Any) -> pd.DataFrame:
        """Return estimates, truth and rank of each number; effects of single groups aside."""
        posterior = _compat.posterior(traces)
        posterior = posterior[[name for name in posterior.data_vars if "|" not in _plain(name)]]
        truth = {str(name): drawn.truth[str(name)] for name in posterior.data_vars}
        likelihood = _compat.group(traces, LIKELIHOOD)
        if likelihood is not None and np.isfinite(drawn.log_likelihood):
            each = likelihood[next(iter(likelihood.data_vars))]
            total = each.sum([dim for dim in each.dims if dim not in {"chain", "draw"}])
            posterior = posterior.assign({LIKELIHOOD: total})
            truth[LIKELIHOOD] = np.array([drawn.log_likelihood])
        table = estimates(posterior)
        table["truth"] = np.concatenate([np.ravel(x) for x in truth.values()])
        table["rank"] = [
            rank
            for name in truth
            for rank in _ranks(posterior[name].transpose("chain", "draw", ...), truth[name])
        ]
        return table

    def described(self) -> dict[str, Any]:
        """Return what two studies must share for the fits of one to count for the other."""
        spec, rows = self.joint.spec, self.joint.rows
        table = pd.util.hash_pandas_object(rows).to_numpy() if rows.shape[1] else b""
        return {
            "spec": json.loads(spec.to_json()) if spec.loglik is None else repr(spec),
            "trials": len(rows),
            "covariates": hashlib.sha256(bytes(table)).hexdigest() if rows.shape[1] else "",
            "random_state": self.random_state,
            "draws": self.draws,
            "tune": self.tune,
            "chains": self.chains,
            "truth": {key: np.ravel(x).tolist() for key, x in self.given(0).items()},
        }


def _plain(name: Any) -> str:
    """Return a name without its end, where that says that it is what effects are drawn from."""
    return "" if str(name).endswith(("_sigma", "_mu")) else str(name)


def _ranks(values: Any, truth: np.ndarray) -> list[int]:
    """Return how many of the thinned draws of each number lie below its truth."""
    array = values.to_numpy()
    flat = array.reshape(array.shape[0] * array.shape[1], -1)
    kept = flat[np.linspace(0, len(flat) - 1, RANKED).round().astype(int)]
    return [int(rank) for rank in (kept < np.ravel(truth)).sum(axis=0)]


def run(study: Study, fits: int, folder: str | Path | None, *, show: bool, label: str) -> list:
    """Run a study, or what is missing of it.

    Parameters
    ----------
    study
        The study.
    fits
        Number of fits.
    folder
        Where each fit is kept as soon as it is done; None keeps nothing.
    show
        Whether to show progress.
    label
        What is done, in a word.

    Returns
    -------
    list of dict
        What :meth:`Study.fit` gave, by number; after an interrupt, of the fits that were finished.

    Raises
    ------
    SsmkitError
        When the folder holds another study.
    KeyboardInterrupt
        When the interrupt came before the first fit was finished.
    """
    place = None if folder is None else _place(Path(folder), study)
    found: dict[int, dict] = {}
    with Progress(fits, label, show=show) as line:
        try:
            for number in range(fits):
                found[number] = _one(study, number, place)
                line.update(number + 1)
        except KeyboardInterrupt:
            if not found:
                raise
            warn(
                label,
                f"interrupted: {len(found)} of {fits} fits were finished",
                "run it again for all of them"
                + (f"; those in {place} are kept" if place else ", with folder=... to keep them"),
            )
    return list(found.values())


def _one(study: Study, number: int, place: Path | None) -> dict:
    if place is None:
        return study.fit(number)
    path = place / f"fit-{number:05d}.json"
    if path.exists():
        return json.loads(path.read_text("utf-8"))
    kept = study.fit(number)
    _write(path, kept)
    return kept


def _write(path: Path, content: dict) -> None:
    """Write a file whole or not at all."""
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(content), "utf-8")
    part.replace(path)


def _place(folder: Path, study: Study) -> Path:
    """Return the folder, after making sure that it is this study's."""
    folder.mkdir(parents=True, exist_ok=True)
    path, own = folder / "study.json", json.loads(json.dumps(study.described()))
    if not path.exists():
        _write(path, own)
    kept = json.loads(path.read_text("utf-8"))
    different = [name for name in own if kept.get(name) != own[name]]
    if different:
        refuse(
            "folder",
            f"{folder} holds the fits of another study: {', '.join(different)} differ",
            "give an empty folder, or the arguments of that study",
        )
    return folder


def fit_table(kept: list[dict]) -> pd.DataFrame:
    """Return a row a fit: largest R-hat, least effective draws, divergences, seconds."""
    return pd.DataFrame([{name: one[name] for name in _FIT} for one in kept]).rename_axis("fit")


def column(kept: list[dict], name: str) -> pd.DataFrame:
    """Return one column of the estimates, a row a fit and a column a parameter."""
    rows = [{key: x[name] for key, x in one["estimates"].items()} for one in kept]
    return pd.DataFrame(rows).rename_axis("fit")


def sampling_notes(fits: pd.DataFrame) -> list[str]:
    """Say in words how well the fits went."""
    notes = [
        f"largest R-hat {fits['r_hat'].max():.3f}, least effective draws {fits['ess'].min():.0f}"
    ]
    poor = int(((fits["r_hat"] > OK_R_HAT) | (fits["ess"] < ENOUGH)).sum())
    if poor:
        notes.append(
            f"{poor} of {len(fits)} fits had R-hat above {OK_R_HAT} or under {ENOUGH} effective "
            "draws: their ranks are the sampler's as much as the posterior's"
        )
    diverging = int((fits["diverging"] > 0).sum())
    if diverging:
        notes.append(f"{diverging} of {len(fits)} fits had divergences")
    if fits["redrawn"].sum():
        notes.append(
            f"{int(fits['redrawn'].sum())} draws were drawn again: outside the bounds of a "
            "parameter, or data that cannot be fitted, such as a path that never ends"
        )
    return notes

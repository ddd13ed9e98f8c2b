"""Parameter recovery: what a design would have found, had these been the parameters."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.inference.convergence import MASS
from ssmkit.spec import ModelSpec
from ssmkit.studies import asked, runs
from ssmkit.studies.joint import Joint

_COLUMNS = ["truth", "mean", "sd", "low", "high", "r_hat", "ess_bulk"]


@dataclass(frozen=True, eq=False, repr=False)
class Recovery:
    """Estimates beside the truth.

    Parameters
    ----------
    spec
        The spec that was fitted.
    table
        A row for each parameter of each fit: ``fit``, ``parameter``, ``truth``, ``mean``, ``sd``,
        the ends ``low`` and ``high`` of the central 94 % interval, ``r_hat``, ``ess_bulk``, ``z``
        (error in posterior standard deviations) and whether the interval is ``covered``.
    fits
        A row a fit: largest R-hat, least effective draws, divergences, draws that were drawn
        again, seconds.
    """

    spec: ModelSpec
    table: pd.DataFrame
    fits: pd.DataFrame

    @property
    def summary(self) -> pd.DataFrame:
        """A row a parameter, over all fits.

        ``bias`` and ``rmse`` of the posterior mean, its ``correlation`` with the truth (NaN where
        the truth is one value), the mean posterior ``sd``, and the share of intervals that cover
        the truth, which should be near .94 where truths are drawn from the priors.
        """
        rows = {}
        for name, part in self.table.groupby("parameter", sort=False):
            error = part["mean"] - part["truth"]
            varies = len(part) > 2 and part["truth"].std() > 0
            rows[name] = {
                "bias": error.mean(),
                "rmse": float(np.sqrt((error**2).mean())),
                "correlation": part["truth"].corr(part["mean"]) if varies else np.nan,
                "sd": part["sd"].mean(),
                "covered": part["covered"].mean(),
            }
        return pd.DataFrame.from_dict(rows, orient="index")

    def __repr__(self) -> str:
        lines = [
            f"Recovery of {self.spec.model}: {len(self.fits)} fits, intervals of {MASS:.0%}",
            "",
            self.summary.round(3).to_string(),
            "",
            *runs.sampling_notes(self.fits),
        ]
        return "\n".join(lines)


def recover(
    model: Any = "ddm",
    truth: Mapping[str, Any] | None = None,
    *,
    fits: int = 20,
    trials: int | None = None,
    data: pd.DataFrame | None = None,
    random_state: int = 0,
    folder: str | Path | None = None,
    draws: int = 1000,
    tune: int = 500,
    chains: int = 2,
    progressbar: bool = True,
    **arguments: Any,
) -> Recovery:
    """Simulate data of known parameters, fit them, and set the estimates beside the truth.

    Parameters
    ----------
    model
        A model of ``HSSM.supported_models``; or a spec, or an ``HSSM``.
    truth
        Values of parameters and coefficients by name (``"v"``, ``"v_x"``). A list of values makes
        a grid, with every combination of the lists. What is not given is drawn from its prior,
        anew for each fit.
    fits
        Number of data sets, for each point of the grid.
    trials
        Trials of each data set; None for 200, or for the rows of ``data``.
    data
        Covariates of a regression, one row a trial.
    random_state
        Seed. Fit number i is the same in whichever order they are run.
    folder
        Where each fit is kept in a small file once it is done; the same call takes the study up.
    draws, tune, chains
        As for ``HSSM.sample``; draws are doubled, up to three times, where too few are effective.
    progressbar
        Whether to show progress.
    **arguments
        Arguments of ``HSSM``: ``p_outlier``, ``include``, priors of parameters.

    Returns
    -------
    Recovery
        Shows itself; ``.table`` has every estimate, ``.summary`` a row a parameter, and
        ``plot_recovery`` draws them.

    Raises
    ------
    SsmkitError
        When the arguments cannot be, or the folder holds another study.

    Notes
    -----
    Data are drawn from the kit's own densities, without the error of a simulated path. Posteriors
    of few trials lie between data and prior: at fixed truths the intervals of a strong prior cover
    less, or more, than they say; over truths drawn from the prior they cover what they say.

    Examples
    --------
    >>> study = recover("ddm", {"v": [0.0, 1.0]}, fits=1, trials=50, a=1.5, z=0.5, t=0.3,
    ...                 progressbar=False)
    >>> study.table["truth"].tolist()
    [0.0, 1.0]
    """
    asked.whole("fits", fits)
    asked.whole("random_state", random_state, 0)
    joint = asked.read(model, data, trials, arguments)
    points = grid(joint, truth or {})
    study = runs.Study(
        joint, random_state, draws, tune, chains, given=lambda i: points[i % len(points)]
    )
    total = fits * len(points)
    kept = runs.run(study, total, folder, show=progressbar, label="recovery")
    return Recovery(joint.spec, _table(kept), runs.fit_table(kept))


def grid(joint: Joint, truth: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every combination of the values given.

    Parameters
    ----------
    joint
        Says which parameters there are.
    truth
        Numbers and lists of numbers by name; a coefficient of a term of several has a list of
        lists.

    Returns
    -------
    list of dict

    Raises
    ------
    SsmkitError
        When a name is no free parameter.
    """
    joint.check_given(truth)
    axes = [[x] if np.ndim(x) == 0 else list(x) for x in truth.values()]
    return [dict(zip(truth, values, strict=True)) for values in itertools.product(*axes)]


def _table(kept: list[dict]) -> pd.DataFrame:
    rows = [
        {"fit": i, "parameter": name} | {key: estimate[key] for key in _COLUMNS}
        for i, one in enumerate(kept)
        for name, estimate in one["estimates"].items()
        if name != runs.LIKELIHOOD
    ]
    table = pd.DataFrame(rows)
    table["z"] = (table["mean"] - table["truth"]) / table["sd"]
    table["covered"] = (table["low"] <= table["truth"]) & (table["truth"] <= table["high"])
    return table

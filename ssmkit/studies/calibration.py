"""Simulation-based calibration, which finds whether a posterior is what the spec says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import refuse
from ssmkit.spec import ModelSpec
from ssmkit.studies import asked, runs
from ssmkit.studies.bands import Bands, bands, counts, p_value, tails


@dataclass(frozen=True, eq=False, repr=False)
class Calibration:
    """Ranks of the truth among draws of the posterior.

    Parameters
    ----------
    spec
        The spec whose posterior was studied.
    ranks
        A row a fit, a column a parameter: how many of ``draws`` lie below the truth.
    fits
        A row a fit: largest R-hat, least effective draws, divergences, draws that were drawn
        again, seconds.
    draws
        Draws among which each truth was ranked.
    alpha
        Probability that any parameter leaves its bands though all is well.
    """

    spec: ModelSpec
    ranks: pd.DataFrame
    fits: pd.DataFrame
    draws: int
    alpha: float

    @property
    def bands(self) -> Bands:
        """The bands of each parameter: ``alpha`` divided by the number of parameters."""
        return bands(len(self.ranks), self.draws, self.alpha / self.ranks.shape[1])

    @property
    def table(self) -> pd.DataFrame:
        """A row a parameter, from the place where its ranks stray the most.

        ``deviation`` is the share of ranks below the place less what it should be, ``band`` the
        deviation at which the band ends there, ``p`` the exact probability of straying as far, and
        ``inside`` says whether the ranks stay in the bands everywhere.
        """
        found, n = self.bands, len(self.ranks)
        rows = {}
        for name in self.ranks:
            ranks = self.ranks[name].to_numpy()
            below = counts(ranks, self.draws)
            worst = int(np.argmin(tails(ranks, self.draws)))
            off = below / n - found.z
            edge = (found.high if off[worst] >= 0 else found.low) / n - found.z
            rows[name] = {
                "deviation": off[worst],
                "band": edge[worst],
                "at": found.z[worst],
                "p": p_value(ranks, self.draws),
                "inside": bool(((below >= found.low) & (below <= found.high)).all()),
            }
        return pd.DataFrame.from_dict(rows, orient="index")

    @property
    def outside(self) -> tuple[str, ...]:
        """The parameters whose ranks leave the bands."""
        table = self.table
        return tuple(table.index[~table["inside"].astype(bool)])

    @property
    def ok(self) -> bool:
        """Whether every parameter stays inside its bands."""
        return not self.outside

    def __repr__(self) -> str:
        out = self.outside
        said = f"{', '.join(out)} outside the bands" if out else "all inside the bands"
        level = f"{self.alpha:g} / {self.ranks.shape[1]}"
        table = self.table.round({"deviation": 3, "band": 3, "at": 2, "p": 3})
        lines = [
            f"Calibration of {self.spec.model}: {said}",
            f"{len(self.ranks)} fits, ranks among {self.draws} draws, bands of level {level}",
            "",
            table.to_string(),
            "",
            *runs.sampling_notes(self.fits),
        ]
        return "\n".join(lines)


def calibrate(
    model: Any = "ddm",
    *,
    fits: int = 300,
    trials: int | None = None,
    data: pd.DataFrame | None = None,
    random_state: int = 0,
    folder: str | Path | None = None,
    alpha: float = 0.01,
    draws: int = 1000,
    tune: int = 500,
    chains: int = 2,
    progressbar: bool = True,
    **arguments: Any,
) -> Calibration:
    """Check by simulation that a posterior is right: draw, simulate, fit, and rank the truth.

    Parameters
    ----------
    model
        A model of ``HSSM.supported_models``; or a spec, or an ``HSSM``.
    fits
        Number of fits.
    trials
        Trials of each data set; None for 200, or for the rows of ``data``.
    data
        Covariates of a regression, one row a trial.
    random_state
        Seed. Fit number i is the same for every number of fits, in whichever order they are run.
    folder
        Where each fit is kept in a small file once it is done; the same call takes the study up.
    alpha
        Probability that any parameter leaves its bands though all is well.
    draws, tune, chains
        As for ``HSSM.sample``; draws are doubled, up to three times, where too few are effective.
    progressbar
        Whether to show progress.
    **arguments
        Arguments of ``HSSM``: ``p_outlier``, ``include``, priors of parameters.

    Returns
    -------
    Calibration
        Shows itself; ``.ok`` says whether all ranks stay inside the bands, ``.table`` how far they
        stray, and ``plot_calibration`` draws them.

    Raises
    ------
    SsmkitError
        When the arguments cannot be, or the folder holds another study.

    Notes
    -----
    A truth that was drawn from the prior is ranked among draws of the posterior of its data; if
    prior, simulator, likelihood and sampler belong together, each rank is equally likely (Talts,
    Betancourt, Simpson, Vehtari and Gelman, 2018). Draws are thinned to 99. The ranks are judged by
    simultaneous bands of their distribution function (Säilynoja, Bürkner and Vehtari, 2022), which
    are computed exactly. The log-likelihood of the data is ranked as well: it would show a
    posterior that knows nothing of the data (Modrák et al., 2023). Effects of single groups are
    not ranked, their standard deviations are.

    Examples
    --------
    >>> study = calibrate("ddm", fits=3, trials=30, a=1.5, z=0.5, t=0.3, progressbar=False)
    >>> study.ranks.shape
    (3, 2)
    """
    asked.whole("fits", fits)
    asked.whole("random_state", random_state, 0)
    if not 0 < alpha < 1:
        refuse("alpha", f"{alpha} is no probability", "write alpha=0.01")
    joint = asked.read(model, data, trials, arguments)
    study = runs.Study(joint, random_state, draws, tune, chains)
    kept = runs.run(study, fits, folder, show=progressbar, label="calibration")
    return Calibration(
        joint.spec, runs.column(kept, "rank"), runs.fit_table(kept), runs.RANKED, alpha
    )

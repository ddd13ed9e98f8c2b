"""Each parameter's estimate, beside the truth where it is known, as a table and in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ssmkit import _compat
from ssmkit.plots._numbers import hdi

if TYPE_CHECKING:
    import pandas as pd

    from ssmkit.model import HSSM

MASS = 0.94


def estimates(fit: "HSSM", truth: Mapping[str, float] | None = None) -> "pd.DataFrame":
    """Tabulate the posterior of each free parameter.

    Parameters
    ----------
    fit
        A sampled model.
    truth
        The values that data were simulated from.

    Returns
    -------
    DataFrame
        A row for each free parameter: ``true`` (with ``truth`` only), ``mean``, ``sd``, the ends
        ``low`` and ``high`` of the 94 % highest-density interval, ``r_hat`` and ``ess`` (bulk).
    """
    import pandas as pd

    posterior = _compat.posterior(fit.traces)
    arviz = _compat.summary(fit.traces, round_to="none")
    rows = {}
    for name in map(str, posterior.data_vars):
        draws = posterior[name].to_numpy()
        low, high = hdi(draws, MASS)
        known = {} if truth is None else {"true": truth[name]}
        rows[name] = known | {
            "mean": float(draws.mean()),
            "sd": float(draws.std()),
            "low": low,
            "high": high,
            "r_hat": float(arviz.loc[name, "r_hat"]),
            "ess": float(arviz.loc[name, "ess_bulk"]),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def agree(table: "pd.DataFrame", divergent: int, draws: int) -> bool:
    """Return whether the draws can be trusted; the limits are those of :func:`verdicts`."""
    converged = table["r_hat"].max() <= 1.01 and table["ess"].min() >= 400
    return bool(converged) and divergent <= draws / 1000


def verdicts(table: "pd.DataFrame", divergent: int, draws: int) -> list[str]:
    """Say in words what a table of :func:`estimates` means.

    Parameters
    ----------
    table
        The estimates.
    divergent, draws
        How many draws diverged, of how many.

    Returns
    -------
    list of str
        Whether to trust the draws, by R-hat at most 1.01 and 400 effective draws (Vehtari et al.,
        2021) and at most 1 divergence in 1,000; and how many intervals hold the truth.
    """
    r_hat, ess = table["r_hat"].max(), table["ess"].min()
    numbers = (
        f"R-hat is at most {r_hat:.3f}, every parameter has at least {ess:,.0f} effective draws, "
        f"{divergent:,} of {draws:,} draws diverged"
    )
    if agree(table, divergent, draws):
        found = [f"The chains agree: {numbers}."]
    else:
        more = "Draw more, with smaller steps: model.sample(draws=4000, target_accept=0.95)."
        found = [f"The chains do not agree; do not use these estimates yet: {numbers}. {more}"]
    if "true" in table:
        inside = int(table["true"].between(table["low"], table["high"]).sum())
        found.append(
            f"The 94 % interval holds the true value of {inside} of {len(table)} parameters."
        )
    return found


def divergences(fit: "HSSM") -> tuple[int, int]:
    """Return how many draws diverged, and how many there are."""
    stats: Any = _compat.group(fit.traces, "sample_stats")
    return int(stats["diverging"].sum()), int(stats["diverging"].size)

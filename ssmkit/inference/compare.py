"""Models of the same data, ordered by how well each predicts a trial that it has not seen."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ssmkit._compat import group, pointwise_loo
from ssmkit.errors import refuse, warn
from ssmkit.inference.traces import RESPONSE

STEPS = 2000


def compare(models: Mapping[str, Any]) -> pd.DataFrame:
    """Compare models of the same data by leave-one-out cross-validation.

    Parameters
    ----------
    models
        Name to a sampled model, or to its traces with their pointwise log-likelihood.

    Returns
    -------
    DataFrame
        A row a model, the best first: ``rank``; ``elpd``, the expected log density of the trials
        when each is left out, and its standard error ``se``; ``p``, the effective number of
        parameters; ``elpd_diff``, how far behind the best, and ``diff_se``; ``weight`` in the best
        mixture of the models; ``bad_k``, the share of trials whose left-out density is not known
        well.

    Raises
    ------
    SsmkitError
        When there are no two models, the data differ, or a log-likelihood is missing.

    Warns
    -----
    SsmkitWarning
        When trials have too large a Pareto k, so that a model's row is not to be relied on.

    Notes
    -----
    Pareto-smoothed importance sampling (Vehtari, Gelman and Gabry, 2017; Vehtari, Simpson, Gelman,
    Yao and Gabry, 2024) by the installed ArviZ; weights by stacking (Yao, Vehtari, Simpson and
    Gelman, 2018).

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=100, random_state=0)
    >>> known = {"z": 0.5, "t": 0.3}
    >>> fits = {"v = 0": ssmkit.HSSM(data, v=0, **known), "v free": ssmkit.HSSM(data, **known)}
    >>> for model in fits.values():
    ...     traces = model.sample(draws=300, chains=2, random_seed=0, progressbar=False)
    >>> list(compare(fits).index)
    ['v free', 'v = 0']
    """
    # Traces are a mapping of groups themselves.
    if not isinstance(models, Mapping) or hasattr(models, "groups") or len(models) < 2:
        refuse(
            "compare",
            "it needs two models or more, by name",
            'type ssmkit.compare({"ddm": one, "angle": two})',
        )
    traces = {str(name): _with_log_likelihood(str(name), x) for name, x in models.items()}
    _check_data(traces)
    found = {name: pointwise_loo(x, RESPONSE) for name, x in traces.items()}
    elpd = np.stack([each["elpd"] for each in found.values()])
    order = np.argsort(-elpd.sum(axis=1), kind="stable")
    behind = elpd[order[0]] - elpd
    table = pd.DataFrame(
        {
            "rank": np.argsort(order),
            "elpd": elpd.sum(axis=1),
            "se": _standard_error(elpd),
            "p": [each["p"] for each in found.values()],
            "elpd_diff": behind.sum(axis=1),
            "diff_se": _standard_error(behind),
            "weight": stacking(elpd),
            "bad_k": [float(np.mean(~(e["pareto_k"] <= e["good_k"]))) for e in found.values()],
        },
        index=list(found),
    )
    _say_bad_k(table, elpd.shape[1])
    return table.iloc[order]


def stacking(elpd: np.ndarray) -> np.ndarray:
    """Return the weights of the mixture of models that predicts best.

    Parameters
    ----------
    elpd
        Left-out log density of each trial under each model, (models, trials).

    Returns
    -------
    ndarray
        Weights of the models; they sum to 1.

    Notes
    -----
    The score of stacking (Yao et al., 2018) is the log-likelihood of a mixture with known
    components, which the EM algorithm never lowers (Dempster, Laird and Rubin, 1977).

    Examples
    --------
    >>> stacking(np.array([[-1.0, -1.0], [-9.0, -9.0]])).round(3)
    array([1., 0.])
    """
    density = np.exp(elpd - elpd.max(axis=0))
    weights = np.full(len(elpd), 1 / len(elpd))
    for _ in range(STEPS):
        share = weights[:, None] * density
        weights = (share / share.sum(axis=0)).mean(axis=1)
    return weights


def _with_log_likelihood(name: str, model_or_traces: Any) -> Any:
    traces = getattr(model_or_traces, "traces", model_or_traces)
    if group(traces, "log_likelihood") is None:
        if traces is model_or_traces:
            refuse(
                f"compare[{name!r}]",
                "these traces have no pointwise log-likelihood",
                "give the model itself, or call model.log_likelihood() first",
            )
        model_or_traces.log_likelihood()
        traces = model_or_traces.traces
    return traces


def _check_data(traces: Mapping[str, Any]) -> None:
    observed = {}
    for name, x in traces.items():
        found = group(x, "observed_data")
        if found is None or RESPONSE not in found:
            refuse(
                f"compare[{name!r}]",
                "these traces do not hold the data that were fitted",
                "give what model.sample() returned, or the model itself",
            )
        observed[name] = found[RESPONSE].to_numpy()
    first = next(iter(observed))
    for name, values in observed.items():
        # A density of other trials, or of the same in another order, is no worse or better.
        if not np.array_equal(values, observed[first], equal_nan=True):
            rows = f"{len(observed[first]):,} and {len(values):,} trials"
            refuse(
                "compare",
                f"{first!r} and {name!r} were not fitted to the same data ({rows})",
                "fit every model to the same data frame, rows in the same order",
            )


def _standard_error(pointwise: np.ndarray) -> np.ndarray:
    """Return the standard error of sums over trials (Vehtari et al., 2017, equation 23)."""
    return np.sqrt(pointwise.shape[1] * pointwise.var(axis=1))


def _say_bad_k(table: pd.DataFrame, trials: int) -> None:
    for name, share in table["bad_k"].items():
        if share > 0:
            number = round(share * trials)
            warn(
                f"compare[{name!r}]",
                f"for {number:,} of {trials:,} trials the posterior without the trial is too far "
                "from the one with it (Pareto k), so that its row may be wrong",
                "look for trials that the model cannot explain, such as very fast ones, and give "
                "it lapses (p_outlier=0.05); draw more: model.sample(draws=4000)",
                stacklevel=4,
            )

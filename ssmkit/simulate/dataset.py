"""A data frame of simulated trials, from parameters as a person passes them."""

from numbers import Integral
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import refuse, warn
from ssmkit.modelconfig import get_config
from ssmkit.simulate.theta import read_theta
from ssmkit.simulate.trials import simulate_trials


def simulate_data(
    model: str,
    theta: Any,
    size: int,
    random_state: Any = None,
    p_outlier: float = 0.0,
    lapse: Any = None,
    delta_t: float | None = None,
    max_t: float | None = None,
    *,
    exact: bool = False,
    **kwargs: Any,
) -> pd.DataFrame:
    """Simulate a data set.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    theta
        Parameters of n trials: a dict (or data frame) of numbers and vectors of n values, a list in
        the order of the parameters, or a matrix of shape (n, n_params). Names that are no parameter
        of the model are warned about and change nothing.
    size
        How often the block of n trials is repeated.
    random_state
        A seed, or a ``numpy.random.Generator``. The same seed gives the same data.
    p_outlier
        Probability that a trial is a lapse: a reaction time from ``lapse``, and each response with
        equal probability.
    lapse
        Distribution of a lapse's reaction time, as a dict or a :class:`ssmkit.Prior`; None is
        Uniform(0, 20) seconds.
    delta_t
        Step of a path in seconds, 1e-4 by default, rounded up to a sum of powers of 2.
    max_t
        Longest decision time in seconds: 20 by default for paths, none for exact draws.
    exact
        Whether to draw from the kit's own density, which has no step.
    **kwargs
        For paths, ``no_noise``, ``sigma_noise`` or ``smooth_unif`` of ssm-simulators.

    Returns
    -------
    pandas.DataFrame
        ``size * n`` rows with the columns ``rt`` (seconds) and ``response``. Trials without a
        decision by ``max_t`` are NaN in both, and are counted in a warning.

    Raises
    ------
    SsmkitError
        For an unknown model, a parameter that is missing or out of its bounds, and settings that
        contradict each other.

    Notes
    -----
    Paths are simulated by ssm-simulators in steps of ``delta_t``, between which a path may cross
    the bound and return unseen: the bound acts as if it were .58 sqrt(delta_t) farther away
    (Siegmund, 1985), .006 at the default. Exact draws have no such error.

    Examples
    --------
    >>> data = simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=100, random_state=1, exact=True)
    >>> data.shape
    (100, 2)
    """
    config = get_config(model)
    params = read_theta(config, theta)
    if isinstance(size, bool) or not isinstance(size, Integral) or size < 1:
        refuse("size", f"size is {size!r}", "give a whole number of at least 1, such as size=500")
    trials = simulate_trials(
        model,
        {name: np.tile(vector, int(size)) for name, vector in params.items()},
        _generator(random_state),
        exact=exact,
        p_outlier=p_outlier,
        lapse=lapse,
        delta_t=delta_t,
        max_t=max_t,
        **kwargs,
    )
    undecided = int(np.isnan(trials[:, 0]).sum())
    if undecided:
        limit = "" if exact and max_t is None else " by max_t"
        warn(
            "simulate_data",
            f"{undecided} of {len(trials)} paths came to no decision{limit}; they are NaN",
            "raise max_t, or drop them with data.dropna()",
        )
    return pd.DataFrame(trials, columns=["rt", "response"])


def _generator(random_state: Any) -> np.random.Generator:
    """Return a generator of its own for a seed.

    People draw covariates with the seed that they simulate with. From one stream, the numbers that
    decide the responses would be those that made the covariates.
    """
    if random_state is None or isinstance(random_state, np.random.Generator):
        return np.random.default_rng(random_state)
    return np.random.default_rng(np.random.SeedSequence(random_state, spawn_key=(0x55D,)))

"""Trials from vectors of parameters: the model's own, and lapses among them."""

from typing import Any

import numpy as np

from ssmkit.errors import refuse
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.lapse import frozen_lapse
from ssmkit.simulate.exact import draw_exact
from ssmkit.simulate.paths import HORIZON, STEP, draw_paths


def simulate_trials(
    model: str,
    params: dict[str, Any],
    rng: np.random.Generator,
    *,
    exact: bool = True,
    p_outlier: Any = 0.0,
    lapse: Any = None,
    delta_t: float | None = None,
    max_t: float | None = None,
    **kwargs: Any,
) -> np.ndarray:
    """Simulate one trial for each row of parameters.

    Parameters
    ----------
    model
        One of :func:`ssmkit.list_models`.
    params
        Every parameter, a vector of n values (or one number).
    rng
        Source of all randomness.
    exact
        Whether to draw from the kit's own density, instead of simulating paths.
    p_outlier
        Probability of a lapse, one number or n.
    lapse
        Distribution of a lapse's reaction time, as in :func:`ssmkit.simulate_data`.
    delta_t, max_t, **kwargs
        As in :func:`ssmkit.simulate_data`.

    Returns
    -------
    ndarray
        Shape (n, 2): response time in seconds and response, NaN where there was no decision.

    Raises
    ------
    SsmkitError
        For an unknown model, a probability outside 0 to 1, an argument that has no use.

    Examples
    --------
    >>> params = {"v": np.linspace(0, 1, 5), "a": 1.5, "z": 0.5, "t": 0.3}
    >>> simulate_trials("ddm", params, np.random.default_rng(0)).shape
    (5, 2)
    """
    config = get_config(model)
    given = [np.asarray(params[name], dtype=float) for name in config.list_params]
    vectors = dict(
        zip(config.list_params, np.broadcast_arrays(*map(np.atleast_1d, given)), strict=True)
    )
    p = np.broadcast_to(np.asarray(p_outlier, dtype=float), len(next(iter(vectors.values()))))
    if not np.all((p >= 0) & (p <= 1)):
        refuse("p_outlier", f"the probability of a lapse is {p_outlier!r}", "choose it from 0 to 1")
    if exact:
        _refuse_steps(delta_t, kwargs)
        rt, response = draw_exact(model, vectors, rng)
        late = rt - vectors.get("t", 0.0) > (np.inf if max_t is None else max_t)
        rt = np.where(late, np.inf, rt)
    else:
        rt, response = draw_paths(
            config,
            vectors,
            rng,
            STEP if delta_t is None else delta_t,
            HORIZON if max_t is None else max_t,
            **kwargs,
        )
    trials = np.column_stack([rt, response])
    trials[np.isinf(rt)] = np.nan
    if p.any():
        _add_lapses(config, trials, p, lapse, rng)
    return trials


def _add_lapses(
    config: ModelConfig, trials: np.ndarray, p: np.ndarray, lapse: Any, rng: np.random.Generator
) -> None:
    """Replace trials by lapses, in place; each response is equally likely, as in the density."""
    distribution = frozen_lapse(lapse)
    lapsed = rng.random(len(trials)) < p
    count = int(lapsed.sum())
    trials[lapsed, 0] = distribution.rvs(size=count, random_state=rng)
    trials[lapsed, 1] = rng.choice(config.choices, size=count)


def _refuse_steps(delta_t: float | None, kwargs: dict[str, Any]) -> None:
    useless = [*(["delta_t"] if delta_t is not None else []), *kwargs]
    if useless:
        refuse(
            useless[0],
            f"exact draws have no use for {', '.join(useless)}, which shapes simulated paths",
            "leave it out, or set exact=False",
        )

"""Sequential sampling models as PyMC distributions, for our models and hand-written ones."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pytensor.tensor.random.op import RandomVariable

from ssmkit._compat import jax_op
from ssmkit.errors import did_you_mean, refuse
from ssmkit.inference.blackbox import blackbox_density
from ssmkit.inference.missing import Pattern, with_missing
from ssmkit.inference.rows import Rows, in_rows
from ssmkit.likelihoods.onnx_network import log_density_of
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.density import bounded, bounded_mixture
from ssmkit.spec import Prior


def distribution(
    model: str, *, kind: str | None = None, lapse: Prior | None = None
) -> type[pm.Distribution]:
    """Return a PyMC distribution of reaction times and responses.

    Parameters
    ----------
    model
        A model of :func:`ssmkit.list_models`.
    kind
        Kind of likelihood; None takes the first that the model has.
    lapse
        Distribution of a lapse's reaction time (seconds). With one, the distribution has one more
        parameter, ``p_outlier``, and is the mixture of model and lapses.

    Returns
    -------
    type[pymc.Distribution]
        Takes the model's parameters in their order or by name, each a scalar or a vector of n
        trials; a value has shape (n, 2), reaction time in seconds and response.

    Raises
    ------
    SsmkitError
        For a model or kind that does not exist.

    Examples
    --------
    >>> import pymc as pm
    >>> from ssmkit import simulate_data
    >>> from ssmkit.likelihoods import distribution
    >>> data = simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=100, random_state=0, exact=True)
    >>> with pm.Model() as model:
    ...     v = pm.Normal("v", 0, 2)
    ...     _ = distribution("ddm")("rt,response", v, 1.5, 0.5, 0.3, observed=data)
    """
    config = get_config(model)
    return make(model, config.likelihood(kind).kind, None, lapse)


@lru_cache(maxsize=128)
def make(
    model: str,
    kind: str,
    loglik: Callable | str | None,
    lapse: Prior | None,
    missing: Pattern | None = None,
    rows: Rows | None = None,
) -> type[pm.Distribution]:
    """Make the distribution; the same arguments give the same class, so that graphs compare.

    Parameters
    ----------
    model, kind
        Names in the registry.
    loglik
        The person's own function, or the path of a network.
    lapse
        As for :func:`distribution`.
    missing
        Which trials have no time. Where there is a deadline the distribution has one more
        parameter, ``deadline`` in seconds, the last.
    rows
        Which trials share the parameters of the model's equation. Trials without a time are not
        put in rows.
    """
    config = get_config(model)
    names = (*config.list_params, *(("p_outlier",) if lapse is not None else ()))
    if missing is not None and missing.deadline:
        names = (*names, "deadline")
    density = _density(model, kind, loglik, lapse, missing, rows)

    class SSMRV(RandomVariable):
        name = model
        signature = ",".join(["()"] * len(names)) + "->(2)"
        dtype = "floatX"
        _print_name = (model, model)

        @classmethod
        def rng_fn(cls, rng: np.random.Generator, *args: Any) -> np.ndarray:
            *params, size = args
            return _simulate(model, lapse, dict(zip(names, params, strict=True)), rng, size)

    class SSM(pm.Distribution):
        rv_op = SSMRV()

        @classmethod
        def dist(cls, *args: Any, **kwargs: Any) -> Any:
            given = dict(zip(names, args, strict=False))
            for name in names:
                if name in kwargs:
                    given[name] = kwargs.pop(name)
            missing = [name for name in names if name not in given]
            if missing:
                near = "".join(did_you_mean(word, missing) for word in kwargs)
                refuse(
                    f"distribution('{model}')",
                    f"no value is given for {', '.join(missing)}.{near}",
                    f"give every parameter: {', '.join(names)}",
                )
            return super().dist([pt.as_tensor(given[name]) for name in names], **kwargs)

        def logp(value: Any, *params: Any) -> Any:  # noqa: N805 - PyMC calls it unbound
            return density(value, params)

    SSM.__name__ = SSM.__qualname__ = model.upper()
    return SSM


def _density(
    model: str,
    kind: str,
    loglik: Callable | str | None,
    lapse: Prior | None,
    missing: Pattern | None,
    rows: Rows | None,
) -> Callable[[Any, tuple], Any]:
    """Return the log density as a function of PyTensor variables."""
    config = get_config(model)
    if kind == "blackbox":
        return blackbox_density(config, loglik, lapse)
    if missing is not None:
        return _with_missing(config, kind, lapse, missing)
    own = loglik
    if isinstance(loglik, str):
        own = log_density_of(loglik, len(config.list_params))
    kind = kind if own is None else None
    alone, mixed = bounded(config, kind, own), bounded_mixture(config, kind, own)
    each = alone if lapse is None else mixed
    if rows is not None:
        each = in_rows(each, rows, config, lapses=lapse is not None)
    function = _tuple(each)

    def density(value: Any, params: tuple) -> Any:
        value = pt.as_tensor(value).astype("float64")
        rt, response = value[..., 0], value[..., 1]
        # A parameter shared by all trials stays one number: broadcasting is the density's work.
        inputs = [rt, response, *params]
        if lapse is not None:
            *own, p_outlier = params
            log_lapse = pm.logp(lapse_distribution(lapse), rt)
            inputs = [rt, response, log_lapse, p_outlier, *own]
        inputs = [pt.as_tensor(x) for x in inputs]
        return jax_op(function, inputs, max(x.ndim for x in inputs), model)

    return density


def _with_missing(
    config: ModelConfig, kind: str, lapse: Prior | None, missing: Pattern
) -> Callable[[Any, tuple], Any]:
    timed = bounded(config, kind) if lapse is None else bounded_mixture(config, kind)
    function = _tuple(with_missing(timed, config, kind, missing, lapses=lapse is not None))

    def density(value: Any, params: tuple) -> Any:
        value = pt.as_tensor(value).astype("float64")
        rt, response = value[..., 0], value[..., 1]
        *params, time = params if missing.deadline else (*params, 0.0)
        *own, p = params if lapse is not None else (*params, 0.0)
        law = None if lapse is None else lapse_distribution(lapse)
        log_lapse = 0.0 if law is None else pm.logp(law, rt)
        late = 0.0 if law is None or not missing.deadline else pt.log1mexp(pm.logcdf(law, time))
        inputs = [pt.as_tensor(x) for x in (rt, response, time, late, log_lapse, p, *own)]
        return jax_op(function, inputs, 1, config.name)

    return density


def _tuple(function: Callable) -> Callable[..., tuple]:
    return lambda *args: (function(*args),)


def lapse_distribution(lapse: Prior) -> Any:
    """Return the PyMC distribution of a lapse's reaction time."""
    return getattr(pm, lapse.name).dist(**lapse.args)


def _simulate(
    model: str,
    lapse: Prior | None,
    params: dict[str, np.ndarray],
    rng: np.random.Generator,
    size: tuple[int, ...] | None,
) -> np.ndarray:
    """Draw reaction times and responses for PyMC's forward sampling."""
    from ssmkit.simulate import simulate_trials

    shape = np.broadcast_shapes(*map(np.shape, params.values())) if size is None else tuple(size)
    rows = {name: np.broadcast_to(x, shape).ravel() for name, x in params.items()}
    p_outlier, deadline = rows.pop("p_outlier", 0.0), rows.pop("deadline", np.inf)
    trials = simulate_trials(model, rows, rng, p_outlier=p_outlier, lapse=lapse)
    trials[~(trials[:, 0] <= deadline)] = np.nan
    return trials.reshape(*shape, 2)


DDM = distribution("ddm")

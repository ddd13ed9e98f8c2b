"""Any Python function as a likelihood: no gradient, so its models are sampled by slices."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytensor.tensor as pt
from pytensor.graph.basic import Apply
from pytensor.graph.op import Op

from ssmkit.errors import refuse
from ssmkit.modelconfig.config import ModelConfig
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior


class BlackboxOp(Op):
    """Call ``loglik(data, *params)`` on numpy arrays inside a PyTensor graph."""

    __props__ = ("loglik", "bounds", "lapse", "n_choices")

    def __init__(
        self,
        loglik: Callable,
        bounds: tuple[tuple[float, float], ...],
        lapse: Prior | None,
        n_choices: int,
    ) -> None:
        self.loglik, self.bounds, self.lapse, self.n_choices = loglik, bounds, lapse, n_choices

    def make_node(self, value: Any, *params: Any) -> Apply:
        """Take a value of shape (n, 2) and the parameters; give n log densities."""
        inputs = [pt.as_tensor(value), *map(pt.as_tensor, params)]
        return Apply(self, inputs, [pt.vector(dtype="float64")])

    def perform(self, node: Apply, inputs: list[np.ndarray], outputs: list) -> None:  # noqa: ARG002
        """Evaluate the function where the parameters lie inside their bounds."""
        data, *params = inputs
        own = params[: len(self.bounds)]
        inside = np.ones(len(data), bool)
        for x, (low, high) in zip(own, self.bounds, strict=True):
            inside &= (x >= low) & (x <= high)
        log_f = np.full(len(data), -np.inf)
        if inside.all():
            log_f = self._call(data, own)
        elif inside.any():
            rows = [np.broadcast_to(x, len(data))[inside] for x in own]
            log_f[inside] = self._call(data[inside], rows)
        outputs[0][0] = np.asarray(self._with_lapses(log_f, inside, data, params), "float64")

    def _call(self, data: np.ndarray, params: list[np.ndarray]) -> np.ndarray:
        out = np.asarray(self.loglik(data, *params), dtype="float64")
        if out.shape != (len(data),) or np.isnan(out).any():
            found = "NaN" if out.shape == (len(data),) else f"shape {out.shape}"
            refuse(
                "loglik",
                f"the function returned {found} for {len(data)} trials",
                "return one log density a trial, -inf where the density is zero",
            )
        return out

    def _with_lapses(
        self, log_f: np.ndarray, inside: np.ndarray, data: np.ndarray, params: list[np.ndarray]
    ) -> np.ndarray:
        if self.lapse is None:
            return log_f
        p = params[-1]
        log_lapse = frozen(self.lapse.name, self.lapse.args).logpdf(data[:, 0])
        with np.errstate(divide="ignore"):
            mixed = np.logaddexp(
                np.log1p(-p) + log_f, np.log(p) + log_lapse - np.log(self.n_choices)
            )
        # Bounds are support: outside of them a lapse does not make a parameter possible.
        return np.where(inside, mixed, -np.inf)


def blackbox_density(
    config: ModelConfig, loglik: Callable, lapse: Prior | None
) -> Callable[[Any, tuple], Any]:
    """Return the log density of a Python function as a function of PyTensor variables."""
    bounds = config.likelihood().bounds
    limits = tuple(bounds[name] for name in config.list_params)
    op = BlackboxOp(loglik, limits, lapse, len(config.choices))
    return lambda value, params: op(value, *params)

"""The models of this room and parameters that reach into every corner, for all its tests."""

import functools
import itertools
from dataclasses import dataclass, field

import jax
import numpy as np

from ssmkit import likelihoods

T = 0.3


@functools.cache
def _compiled(name):
    return jax.jit(getattr(likelihoods, name))


@functools.cache
def _slopes(name, first, last):
    """Value and slopes in the arguments from first to last, of one trial a row."""
    slopes = jax.value_and_grad(getattr(likelihoods, name), argnums=range(first, last))
    return jax.jit(jax.vmap(slopes))


@functools.partial(jax.jit, static_argnums=0)
def _choice_slope(name, args, direction):
    return jax.jvp(getattr(likelihoods, name), args, direction)


@dataclass(frozen=True)
class Case:
    """One model with the values of its parameters beyond v, a, z and t."""

    model: str
    extra: dict = field(default_factory=dict)

    @property
    def plain_log_f(self):
        return getattr(likelihoods, f"log_{self.model}")

    @property
    def log_f(self):
        return _compiled(f"log_{self.model}")

    @property
    def log_survival(self):
        return _compiled(f"log_survival_{self.model}")

    def density_slopes(self, *columns):
        """Log density and its slopes in every parameter."""
        columns = self._with_extra(columns)
        return _slopes(f"log_{self.model}", 2, len(columns))(*columns)

    def survival_slopes(self, *columns):
        """Log survival and its slopes in time and every parameter."""
        columns = self._with_extra(columns)
        return _slopes(f"log_survival_{self.model}", 0, len(columns))(*columns)

    def choice_slope(self, args, direction):
        """Choice probabilities and their slope along a direction of the arguments."""
        return _choice_slope(f"choice_probability_{self.model}", tuple(args), tuple(direction))

    def _with_extra(self, columns):
        return (*columns, *(np.full_like(columns[0], x) for x in self.extra.values()))

    @property
    def choice(self):
        return _compiled(f"choice_probability_{self.model}")

    @property
    def opens(self):
        return self.extra.get("theta", 0) < 0

    @property
    def closes(self):
        return self.extra.get("theta", 0) > 0

    def never(self, v, a, z):
        """Probability that a path never ends: of each drift's, where drifts vary, the mean."""
        theta, sv = (self.extra.get(name, 0.0) for name in ("theta", "sv"))
        never = _compiled("log_never_angle")
        if not (sv and theta < 0):
            return np.exp(never(v, a, z, theta))
        nodes, weights = np.polynomial.legendre.leggauss(80)
        drift = -np.tan(theta) * nodes
        normal = np.exp(-0.5 * ((drift - v) / sv) ** 2) / (sv * np.sqrt(2 * np.pi))
        return -np.tan(theta) * weights @ (normal * np.exp(never(drift, a, z, theta)))

    def __str__(self):
        return self.model + "".join(f"-{k}={x}" for k, x in self.extra.items())


CASES = [
    Case("ddm"),
    Case("ddm_sdv", {"sv": 0.0}),
    Case("ddm_sdv", {"sv": 1.7}),
    Case("angle", {"theta": 0.0}),
    Case("angle", {"theta": 0.4}),
    Case("angle", {"theta": 1.3}),
    Case("angle", {"theta": -0.01}),
    Case("angle", {"theta": -0.1}),
    Case("angle", {"theta": -1.2}),
    Case("angle_sdv", {"theta": 0.4, "sv": 0.0}),
    Case("angle_sdv", {"theta": 1.3, "sv": 1.7}),
    Case("angle_sdv", {"theta": -0.1, "sv": 0.7}),
    Case("angle_sdv", {"theta": -1.2, "sv": 1.7}),
]


def trials(taus=(0.001, 0.003, 0.02, 0.1, 0.3, 0.7, 1.5, 4.0, 20.0), a=(0.3, 0.8, 1.5, 3.0)):
    """Rows of rt, response, v, a, z, t; the drift changes from row to row."""
    grid = itertools.product(taus, (-1, 1), a, (0.01, 0.1, 0.5, 0.8, 0.99))
    rows = np.array([(T + tau, response, 0.0, a, z, T) for tau, response, a, z in grid])
    rows[:, 2] = np.random.default_rng(0).uniform(-4, 4, len(rows))
    return rows


def people(n, seed=0):
    """Random v, a, z, corners of z included."""
    rng = np.random.default_rng(seed)
    for _ in range(n):
        yield rng.uniform(-5, 5), rng.uniform(0.3, 3), rng.choice([0.01, 0.1, 0.3, 0.5, 0.8, 0.99])


def masses(log_f, person, low, high, *, after=0.0, panels=60):
    """Integrate each response's density over times from exp(low) to exp(high) later than after.

    Gauss and Legendre's rule on panels of the log of time; ``log_f(rt, response, *person)``.
    """
    nodes, weights = np.polynomial.legendre.leggauss(32)
    edges = np.linspace(low, high, panels + 1)
    half = 0.5 * (edges[1] - edges[0])
    log_x = (0.5 * (edges[1:] + edges[:-1])[:, None] + half * nodes).ravel()
    log_values = log_f(after + np.exp(log_x), np.array([[-1], [1]]), *person)
    return half * np.exp(np.asarray(log_values) + log_x) @ np.tile(weights, panels)


def span(case, a, z):
    """Log decision times between which the whole mass lies, to 1e-15."""
    low = 2 * np.log(2 * a * min(z, 1 - z)) - np.log(1500)
    if case.closes:
        return low, np.log(a / np.tan(case.extra["theta"]))
    return low, 80.0 if case.opens else np.log(40 * a * a)

"""Parameters and data, drawn together from what a spec says of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.data import check_data
from ssmkit.errors import did_you_mean, refuse
from ssmkit.modelconfig.density import log_density
from ssmkit.simulate import simulate_trials
from ssmkit.spec import ModelSpec, Regression, Resolved
from ssmkit.spec.drawing import draw_line, draw_prior
from ssmkit.spec.terms import design

TRIES = 1000


@dataclass(frozen=True, eq=False)
class Drawn:
    """One draw.

    Parameters
    ----------
    truth
        Every free number of the spec by the name of its variable; a term of several coefficients
        has a vector.
    data
        The covariates with ``rt`` (seconds) and ``response``.
    log_likelihood
        The log density of the data at the truth; NaN where the likelihood is a person's function.
    redrawn
        How many draws before it were no data that can be fitted.
    """

    truth: Mapping[str, np.ndarray]
    data: pd.DataFrame
    log_likelihood: float
    redrawn: int


@dataclass(frozen=True, eq=False)
class Joint:
    """The joint distribution of parameters and data that a spec describes.

    Parameters
    ----------
    spec
        The spec.
    rows
        Covariates, one row a trial.
    namespace
        Values of names in formulas that are no columns.

    Notes
    -----
    Draws outside the bounds of a parameter are drawn again, as the model's likelihood is zero
    there. So are parameters and data together, when the data cannot be fitted, such as a path that
    never ends: whether they can be is said by the data alone, and conditioning on the data leaves
    every posterior what it is.
    """

    spec: ModelSpec
    rows: pd.DataFrame
    namespace: Mapping[str, Any] | None = None
    _items: tuple[Resolved | Regression, ...] = field(init=False)
    _designs: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        items = self.spec.resolved(self.rows, self.namespace)
        object.__setattr__(self, "_items", items)
        designs = {
            item.name: design(
                item.formula, self.rows, self.namespace, f"params.{item.name}.formula"
            )
            for item in items
            if isinstance(item, Regression)
        }
        object.__setattr__(self, "_designs", designs)

    def names(self) -> tuple[str, ...]:
        """Return the names of the variables that are drawn."""
        return tuple(self._once(np.random.default_rng(0), {})[0])

    def check_given(self, given: Mapping[str, Any]) -> None:
        """Refuse values for what is no free number of the spec.

        Raises
        ------
        SsmkitError
            With the names that there are.
        """
        names = self.names()
        for name in given:
            if name not in names:
                refuse(
                    f"truth.{name}",
                    f"the model has no free parameter '{name}'.{did_you_mean(name, names)}",
                    f"use {', '.join(names)}",
                )

    def draw(self, rng: np.random.Generator, given: Mapping[str, Any] | None = None) -> Drawn:
        """Draw parameters from their priors, and data from the model's own density.

        Parameters
        ----------
        rng
            Where all random numbers come from.
        given
            Values of variables that are not drawn.

        Returns
        -------
        Drawn

        Raises
        ------
        SsmkitError
            When a thousand draws gave no data that can be fitted.
        """
        for redrawn in range(TRIES):
            truth, trialwise = self._once(rng, given or {})
            if trialwise is None:
                continue
            data = self._data(trialwise, rng)
            checked = check_data(data, self.spec.model, lapses=self.spec.lapse is not None)
            if not any(problem.severity == "error" for problem in checked):
                return Drawn(truth, data, self._density(data, trialwise), redrawn)
        return refuse(
            "truth",
            f"of {TRIES} draws of the parameters none gave data that the model could have",
            "look at ssmkit.implied_prior(...), and narrow the priors or use links",
        )

    def _once(
        self, rng: np.random.Generator, given: Mapping[str, Any]
    ) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray] | None]:
        """Return variables, and the parameters of each trial; None where one is out of bounds."""
        truth: dict[str, np.ndarray] = {}
        trialwise: dict[str, np.ndarray] = {}
        inside = True
        for item in self._items:
            if isinstance(item, Resolved):
                values = self._simple(item, rng, given)
                if item.fixed is None:
                    truth[item.name] = values
            else:
                start = f"{item.name}_"
                own = {key.removeprefix(start): x for key, x in given.items() if key != item.name}
                line, found = draw_line(item, self._designs[item.name], 1, rng, own)
                values = item.link.backward(line[0])
                estimated = {
                    term: x[0]
                    for term, x in found.items()
                    if not isinstance(item.priors.get(term), float)
                }
                truth |= {f"{start}{term}": x for term, x in estimated.items()}
            low, high = item.bounds
            inside &= bool(np.all((values >= low) & (values <= high)))
            trialwise[item.name] = np.broadcast_to(values, len(self.rows))
        return truth, trialwise if inside else None

    def _simple(
        self, item: Resolved, rng: np.random.Generator, given: Mapping[str, Any]
    ) -> np.ndarray:
        if item.fixed is not None:
            fixed = item.fixed if isinstance(item.fixed, float) else item.fixed.of(self.rows)
            return np.atleast_1d(fixed)
        drawn = draw_prior(item.prior, (1,), rng, item.truncation)
        return np.atleast_1d(np.asarray(given.get(item.name, drawn), dtype=float))

    def _data(self, trialwise: Mapping[str, np.ndarray], rng: np.random.Generator) -> pd.DataFrame:
        params = {name: trialwise[name] for name in self.spec.config.list_params}
        p, lapse = self._lapses(trialwise)
        trials = simulate_trials(self.spec.model, params, rng, p_outlier=p, lapse=lapse)
        return self.rows.assign(rt=trials[:, 0], response=trials[:, 1])

    def _density(self, data: pd.DataFrame, trialwise: Mapping[str, np.ndarray]) -> float:
        if self.spec.loglik is not None:
            return float("nan")
        params = {name: trialwise[name] for name in self.spec.config.list_params}
        p, lapse = self._lapses(trialwise)
        rt, response = data["rt"].to_numpy(), data["response"].to_numpy()
        return float(
            np.sum(
                np.asarray(
                    log_density(
                        self.spec.model, rt, response, kind=self.spec.kind, p_outlier=p,
                        lapse=lapse, **params,
                    ),
                    dtype=float,
                )
            )
        )  # fmt: skip

    def _lapses(self, trialwise: Mapping[str, np.ndarray]) -> tuple[Any, Any]:
        lapse = self.spec.lapse
        if lapse is None:
            return 0.0, None
        return trialwise.get("p_outlier", lapse.p), lapse.distribution

"""What a prior builder shows, computed from a spec and kept while it may be wanted again."""

from collections.abc import Callable
from math import inf
from typing import Any

import numpy as np

from ssmkit.plots._beliefs import Curve, exact, sampled
from ssmkit.spec import ModelSpec, Param, Prior
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved
from ssmkit.spec.terms import design
from ssmkit.spec.values import Bounds
from ssmkit.widgets.beliefs import Part, prior_of, usable
from ssmkit.widgets.prior_predictive import (
    PriorPredictive,
    law,
    line_draws,
    mass_within,
    predict,
    simple_draws,
    values_of,
    with_lapses,
)

MASS, TRIALS, DRAWS = 0.94, 300, 200
KEPT = 120
"""What was computed and may be wanted again."""


def formulas(spec: ModelSpec) -> dict[str, str]:
    """Return the formula of each parameter that has one, lapses too.

    Examples
    --------
    >>> formulas(ModelSpec("ddm"))
    {}
    """
    params = [*spec.params]
    if spec.lapse is not None and isinstance(spec.lapse.p, Param):
        params.append(spec.lapse.p)
    return {param.name: param.formula for param in params if param.formula is not None}


class Sources:
    """The data of a builder, and what specs say on them.

    Parameters
    ----------
    spec
        The spec whose formulas are read.
    data
        The data frame, or anything that is none.
    namespace
        Values of names in formulas that are no columns.

    Examples
    --------
    >>> sources = Sources(ModelSpec("ddm"), None, None)
    >>> sources.curve(ModelSpec("ddm"), Part("t")).interval[0]
    0.0
    """

    def __init__(self, spec: ModelSpec, data: Any, namespace: Any) -> None:
        self._namespace = namespace
        self._data, self.notes = usable(data)
        self._known: dict[tuple, Any] = {}
        # The terms of formulas on few trials: enough for a picture, and quick.
        self._matrices, found = self._designs(spec)
        self.notes += found

    def _designs(self, spec: ModelSpec) -> tuple[dict[str, Any], list[str]]:
        asked = formulas(spec)
        if not asked:
            return {}, []
        if self._data is None:
            return {}, ["Give data=... to see what the formulas imply for reaction times."]
        rows, few = self._data, []
        if len(rows) > TRIALS:
            rows = rows.sample(TRIALS, random_state=0)
            few = [f"Formulas are read on {TRIALS} of the {len(self._data):,} trials."]
        self._data = rows
        space = self._namespace
        return {n: design(f, rows, space, f"params.{n}.formula") for n, f in asked.items()}, few

    def items(self, spec: ModelSpec) -> dict[str, Resolved | Regression]:
        """Return every parameter with its defaults filled in."""
        return {param.name: self.item(spec, param.name) for param in spec.params}

    def item(self, spec: ModelSpec, name: str) -> Resolved | Regression:
        """Return a parameter with its defaults filled in."""
        # All of a spec that plays a part here: to read a formula again takes a while.
        key = (spec.model, spec.kind, spec.link_settings, spec.prior_settings, spec.param(name))
        return self._once(("item", *key), lambda: spec.resolve(name, self._data, self._namespace))

    def _once(self, key: tuple, make: Callable[[], Any]) -> Any:
        """Return what was made of the same before, so that undo and ghosts cost nothing."""
        if key not in self._known:
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
            self._known[key] = make()
        return self._known[key]

    def prior(self, spec: ModelSpec, part: Part) -> Prior:
        """Return the prior of a part."""
        return prior_of(self.item(spec, part.param), part)

    def has_formula(self, part: Part) -> bool:
        """Whether something can be said of what the terms of a parameter imply."""
        return part.param in self._matrices

    def outside(self, spec: ModelSpec, part: Part, seed: int) -> float:
        """Return the share of the parameter that is out of its bounds."""
        if self.has_formula(part):
            return self.implied(spec, part.param, seed)[1]
        return 1 - mass_within(self.prior(spec, part), self._bounds(spec, part))

    def _bounds(self, spec: ModelSpec, part: Part) -> Bounds:
        return self.item(spec, part.param).bounds if part.term is None else (-inf, inf)

    def curve(self, spec: ModelSpec, part: Part) -> Curve | None:
        """Return the density within the bounds of the parameter, None where it has no mass."""
        bounds, prior = self._bounds(spec, part), self.prior(spec, part)
        if mass_within(prior, bounds) < 1e-9:
            return None
        return self._once(("curve", prior, bounds), lambda: exact(prior, bounds, MASS))

    def implied(self, spec: ModelSpec, name: str, seed: int) -> tuple[Curve, float]:
        """Return the density of the parameter over the trials, and its share out of bounds."""
        item = self.item(spec, name)

        def make() -> tuple[Curve, float]:
            values = line_draws(item, self._matrices[name], DRAWS, seed)
            return sampled(values[:, :60], MASS), float(np.isnan(values).mean())

        return self._once(("implied", item, seed), make)

    def predict(self, spec: ModelSpec, seed: int) -> PriorPredictive | None:
        """Return what a spec expects of the data; None where there is no density or no design."""
        if spec.loglik is not None or set(formulas(spec)) - set(self._matrices):
            return None
        items = self.items(spec)

        def values(name: str) -> np.ndarray:
            args = (items[name], spec.model, self._matrices.get(name), self._data, seed)
            return self._once(("values", items[name], seed), lambda: values_of(*args))

        found = self._once(
            ("times", *items.values(), seed),
            lambda: predict(spec.model, {name: values(name) for name in items}),
        )
        if spec.lapse is None:
            return found
        return with_lapses(found, self._lapse_share(spec, seed), law(spec.lapse.distribution))

    def _lapse_share(self, spec: ModelSpec, seed: int) -> float:
        """Return the share of the trials that are expected to be lapses."""
        if isinstance(spec.lapse.p, float):
            return spec.lapse.p

        def make() -> float:
            item = spec.resolve("p_outlier", self._data, self._namespace)
            if isinstance(item, Regression):
                draws = line_draws(item, self._matrices["p_outlier"], DRAWS, seed)
            else:
                draws = simple_draws(item, DRAWS, seed)
            return float(np.nanmean(draws)) if np.isfinite(draws).any() else 0.0

        settings = (spec.model, spec.link_settings, spec.prior_settings)
        return self._once(("lapses", *settings, spec.lapse.p, seed), make)

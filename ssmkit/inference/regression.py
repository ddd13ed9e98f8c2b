"""From a spec with regressions and data to a PyMC model, built by Bambi."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import bambi
import numpy as np
import pandas as pd
import pymc as pm
import pytensor.tensor as pt

from ssmkit._compat import bambi_components, bambi_mixes_parametrisations, bambi_noncentered
from ssmkit.inference.distribution import make
from ssmkit.inference.missing import observed, pattern
from ssmkit.inference.priors import variable
from ssmkit.inference.rows import rows_of
from ssmkit.inference.traces import RESPONSE
from ssmkit.spec import ModelSpec, Prior

_RESPONSE_TERM = "c(rt, response)"


def build(
    spec: ModelSpec,
    parameters: Sequence[Any],
    data: pd.DataFrame,
    namespace: Mapping[str, Any] | None = None,
) -> tuple[pm.Model, Any]:
    """Build the PyMC model of a spec in which at least one parameter has a formula.

    Parameters
    ----------
    spec
        A valid spec.
    parameters
        Its parameters, resolved on the data.
    data
        Its data.
    namespace
        Values of names in formulas that are no columns.

    Returns
    -------
    pymc.Model
        Coefficients are named ``v_Intercept``, ``v_x``, ``v_1|participant``.
    bambi.Model
        What built it, for predictions on new data.

    Notes
    -----
    Any parameter can be Bambi's parent; it is the first that has a formula. Parameters without one
    are Bambi's auxiliary parameters, and fixed ones are part of the distribution, which leaves
    Bambi's graph nothing to centre, scale or rename.
    """
    items = {item.name: item for item in parameters}
    regressed = [item for item in items.values() if item.formula is not None]
    names = [name for name, item in items.items() if item.fixed is None]
    lapse = None if spec.lapse is None else spec.lapse.distribution
    fixed: dict[str, Any] = {
        name: item.fixed if isinstance(item.fixed, float) else item.fixed.of(data)
        for name, item in items.items()
        if item.fixed is not None
    }
    if lapse is not None and "p_outlier" not in items:
        fixed["p_outlier"] = spec.lapse.p
    missing = pattern(spec.missing, data)
    rows = rows_of(spec, parameters, data, namespace) if missing is None else None
    if missing is not None and missing.deadline:
        fixed["deadline"] = spec.missing.seconds(data)
    family = _OrderedFamily(
        "ssm",
        bambi.Likelihood(
            spec.model.upper(),
            params=names,
            parent=regressed[0].name,
            dist=_partial(make(spec.model, spec.kind, spec.loglik, lapse, missing, rows), fixed),
        ),
        link={item.name: _link(item.link) for item in regressed}
        | {name: "identity" for name in names if items[name].formula is None},
    )
    # Bambi names the parent's terms by themselves and those of the others under their parameter.
    priors: dict[str, Any] = {}
    for item in items.values():
        if item.formula is not None:
            terms = {
                term: _term_prior(prior, noncentered=noncentered)
                for term, prior, noncentered in _terms(item)
                if prior is not None
            }
            priors |= terms if item is regressed[0] else {item.name: terms}
        elif item.fixed is None:
            priors[item.name] = _truncated(item.prior, item.truncation)
    formulas = [f"{_RESPONSE_TERM} ~ {regressed[0].formula}"]
    formulas += [f"{item.name} ~ {item.formula}" for item in regressed[1:]]
    model = bambi.Model(
        bambi.Formula(*formulas),
        data=_categories(
            data.assign(**dict(zip(RESPONSE.split(","), observed(data).T, strict=True)))
        ),
        family=family,
        priors=priors,
        center_predictors=False,
        noncentered=bambi_noncentered([item.noncentered for item in regressed]),
        extra_namespace=dict(namespace or {}),
    )
    components = bambi_components(model)
    for item in regressed:
        for name, term in components[item.name].terms.items():
            term.alias = f"{item.name}_{name}"
    model.set_alias({_RESPONSE_TERM: RESPONSE})
    model.build()
    return model.backend.model, model


def _categories(data: pd.DataFrame) -> pd.DataFrame:
    """Return the data with text as categories, as Bambi makes it, by a call that pandas 3 likes."""
    words = [name for name in data.columns if pd.api.types.is_string_dtype(data[name].dtype)]
    return data.astype(dict.fromkeys(words, "category"))


class _OrderedFamily(bambi.Family):
    """A family whose auxiliary parameters keep the model's order; Bambi's come as a set."""

    @property
    def auxiliary_parameters(self) -> tuple[str, ...]:
        likelihood = self.likelihood
        return tuple(name for name in likelihood.params if name != likelihood.parent)


def _partial(law: type[pm.Distribution], fixed: Mapping[str, Any]) -> Callable:
    """Return the distribution with its fixed parameters filled in."""

    def filled(name: str, *args: Any, **kwargs: Any) -> Any:
        constants = {key: pt.as_tensor(np.asarray(x, float)) for key, x in fixed.items()}
        # Bambi asks for one dimension of trials; a trial here has two numbers.
        kwargs.pop("dims", None)
        return law(name, *args, **constants, **kwargs)

    return filled


def _link(link: Any) -> Any:
    """Return Bambi's link of ours."""
    if link.name != "gen_logit":
        return link.name
    low, high = link.bounds
    return bambi.Link(
        "gen_logit",
        link=link.forward,
        linkinv=link.backward,
        linkinv_backend=lambda eta: low + (high - low) * pt.sigmoid(eta),
    )


def _terms(item: Any) -> list[tuple[str, Any, bool | None]]:
    # An older Bambi has one parametrisation for all, which the model is given as a whole.
    mixed = bambi_mixes_parametrisations()
    same = None if isinstance(item.noncentered, Mapping) else item.noncentered
    by_term = item.noncentered if same is None else dict.fromkeys(item.priors, same)
    return [
        (term, prior, by_term.get(term) if mixed and "|" in term else None)
        for term, prior in item.priors.items()
    ]


def _term_prior(prior: Prior | float, *, noncentered: bool | None = None) -> Any:
    """Return Bambi's prior of ours; a number is a coefficient that is not estimated."""
    if isinstance(prior, Prior):
        if prior.bounds is not None:
            return _truncated(prior, prior.bounds)
        args = {
            name: _term_prior(x) if isinstance(x, Prior) else x for name, x in prior.args.items()
        }
        extra = {} if noncentered is None else {"noncentered": noncentered}
        return bambi.Prior(prior.name, auto_scale=False, **extra, **args)

    def constant(name: str, dims: Any = None, **_: Any) -> Any:  # noqa: ARG001 - Bambi's call
        width = () if not dims else (len(pm.modelcontext(None).coords[next(iter(dims))]),)
        return pt.as_tensor(np.full(width, float(prior)))

    return bambi.Prior("Fixed", auto_scale=False, dist=constant)


def _truncated(prior: Prior, bounds: tuple[float, float]) -> Any:
    def law(name: str, dims: Any = None, **_: Any) -> Any:
        return variable(name, prior, bounds, dims=dims)

    return bambi.Prior(prior.name, auto_scale=False, dist=law)

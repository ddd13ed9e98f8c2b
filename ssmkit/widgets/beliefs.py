"""The part of a spec that a prior builder turns: one prior of one parameter, or of a term of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec import ModelSpec, Param, Prior
from ssmkit.spec.regression import Regression
from ssmkit.spec.resolved import Resolved


@dataclass(frozen=True)
class Part:
    """One prior of a spec.

    Parameters
    ----------
    param
        The parameter.
    term
        The term of its formula; None for a parameter without formula.
    arg
        The argument of the term's prior that has a prior itself, as ``"sigma"`` of groups.

    Examples
    --------
    >>> Part("v", "1|participant", "sigma").label
    'v_1|participant_sigma'
    """

    param: str
    term: str | None = None
    arg: str | None = None

    @property
    def label(self) -> str:
        """Its name, as in the posterior."""
        return "_".join(word for word in (self.param, self.term, self.arg) if word is not None)


def parts_of(items: Mapping[str, Resolved | Regression]) -> dict[str, Part]:
    """Return what can be turned, by label: priors of numbers, and priors above those of groups."""
    found = []
    for name, item in items.items():
        if isinstance(item, Resolved):
            found += [Part(name)] if item.fixed is None else []
            continue
        for term, prior in item.priors.items():
            if not isinstance(prior, Prior):
                continue
            if not prior.hyperpriors:
                found.append(Part(name, term))
            found += [
                Part(name, term, arg) for arg, x in prior.hyperpriors.items() if not x.hyperpriors
            ]
    return {part.label: part for part in found}


def chosen(parts: Mapping[str, Part], label: str) -> Part:
    """Return the part of a label; a parameter's name means the first of its terms.

    Raises
    ------
    SsmkitError
        When there is none.
    """
    if label in parts:
        return parts[label]
    of_param = [part for part in parts.values() if part.param == label]
    if not of_param:
        refuse(
            "param",
            f"there is no free {label!r} in this model.{did_you_mean(str(label), parts)}",
            f"choose from {', '.join(parts)}",
        )
    return of_param[0]


def prior_of(item: Resolved | Regression, part: Part) -> Prior:
    """Return the prior of a part."""
    prior = item.prior if part.term is None else item.priors[part.term]
    return prior if part.arg is None else prior.args[part.arg]


def is_default(item: Resolved | Regression, part: Part) -> bool:
    """Whether nobody has chosen the prior of a part."""
    return item.default if part.term is None else part.term in item.defaults


def with_prior(
    spec: ModelSpec, item: Resolved | Regression, part: Part, prior: Prior | None
) -> ModelSpec:
    """Return the spec with another prior for a part; None for the default.

    Examples
    --------
    >>> spec = ModelSpec("ddm")
    >>> new = with_prior(spec, spec.resolve("v"), Part("v"), Prior("Normal", mu=1, sigma=1))
    >>> new.asked()
    (Param("v", prior=Prior("Normal", mu=1.0, sigma=1.0)),)
    """
    param = spec.param(part.param)
    if part.term is None:
        return with_param(spec, replace(param, prior=prior))
    others = {
        key: x
        for key, x in (param.prior or {}).items()
        if key not in {part.term, f"{part.param}_{part.term}"}
    }
    if prior is not None and part.arg is not None:
        outer = item.priors[part.term]
        prior = Prior(outer.name, outer.bounds, **(dict(outer.args) | {part.arg: prior}))
    mine = {} if prior is None else {part.term: prior}
    return with_param(spec, replace(param, prior={**others, **mine} or None))


def with_param(spec: ModelSpec, param: Param) -> ModelSpec:
    """Return the spec with another parameter in place of its own."""
    others = tuple(one for one in spec.params if one.name != param.name)
    return replace(spec, params=(*others, param))


def usable(data: Any) -> tuple[Any, list[str]]:
    """Return data that can be shown, None where there are none, and what is to be said of them."""
    if data is None:
        return None, []
    if not hasattr(data, "columns"):
        return None, [
            f"The data are a {type(data).__name__} and no data frame: they are not shown."
        ]
    if len(data) == 0:
        return None, ["The data have no rows: they are not shown."]
    return data, []

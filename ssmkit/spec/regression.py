"""A parameter that follows predictors, with nothing left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ssmkit.errors import Problem, SsmkitError, did_you_mean, refuse
from ssmkit.spec.defaults import term_priors
from ssmkit.spec.frozen import Frozen
from ssmkit.spec.links import Link, choose_link
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.resolved import intersection
from ssmkit.spec.terms import INTERCEPT, Terms, read_terms
from ssmkit.spec.values import Bounds

WILDCARDS = ("common", "group_specific")


@dataclass(frozen=True)
class Regression:
    """A parameter that has a formula, with nothing left open.

    Parameters
    ----------
    name
        Name of the parameter.
    formula
        The right-hand side of its formula.
    link
        The link between the parameter and the line of its predictors.
    bounds
        Interval outside which the density is 0.
    priors
        Term, as formulae names it, to its prior; to a number when it is not estimated; to None when
        Bambi chooses.
    defaults
        Terms whose priors are the defaults.
    noncentered
        Whether effects of groups are estimated as multiples of their standard deviation: for all of
        them, or by term where they differ; empty when there are none.
    terms
        The terms as they are on the data; regressions that differ in nothing else are equal.

    Examples
    --------
    >>> from ssmkit.spec import ModelSpec
    >>> spec = ModelSpec("ddm", params=(Param("v", "1 + x"),))
    >>> spec.resolved()[0].priors["x"]
    Prior("Normal", mu=0.0, sigma=0.25)
    """

    fixed: ClassVar[None] = None
    prior: ClassVar[None] = None

    name: str
    formula: str
    link: Link
    bounds: Bounds
    priors: Mapping[str, Prior | float | None]
    defaults: frozenset[str]
    noncentered: bool | Mapping[str, bool]
    terms: Terms = field(repr=False, compare=False)

    @property
    def default(self) -> bool:
        """Whether every prior is a default."""
        return self.defaults == frozenset(self.priors)


def resolve_regression(
    param: Param,
    model: str,
    default: Prior,
    support: Bounds,
    *,
    data: Any = None,
    namespace: Mapping[str, Any] | None = None,
    link_settings: str | None = None,
    prior_settings: str | None = "safe",
    noncentered: bool | Mapping[str, bool] = True,
) -> Regression:
    """Return a regression with its link, its terms and their priors filled in.

    Parameters
    ----------
    param
        What was asked.
    model
        Name of the model.
    default, support
        The model's prior and bounds of the parameter.
    data, namespace
        As for :func:`ssmkit.spec.terms.read_terms`.
    link_settings, prior_settings, noncentered
        Settings of the spec.

    Returns
    -------
    Regression

    Raises
    ------
    SsmkitError
        When the formula cannot be computed, or a prior is for a term that it does not have.
    """
    path = f"params.{param.name}"
    bounds = intersection(support, param.bounds)
    link = choose_link(param.link, bounds, link_settings)
    terms = read_terms(param.formula, data, namespace, f"{path}.formula")
    asked = _asked(param, terms, complete=data is not None)
    found = term_priors(param.name, model, link, bounds, default, prior_settings, terms)
    priors = Frozen({term: asked.get(term, found[term]) for term in terms.names})
    return Regression(
        param.name,
        param.formula,
        link,
        bounds,
        priors,
        frozenset(term for term in terms.names if term not in asked),
        _parametrisation(param, terms, priors, noncentered, complete=data is not None),
        terms,
    )


def _asked(param: Param, terms: Terms, *, complete: bool) -> dict[str, Prior | float]:
    """Return what was asked of each term; a term's own key counts more than a wildcard."""
    given = param.prior or {}
    keys = {key: _term(key, param.name, terms.names) for key in given}
    wild = {
        "common": [term for term in terms.common if term != INTERCEPT and term not in terms.smooth],
        "group_specific": terms.group,
    }
    asked = {
        term: given[key]
        for key, members in wild.items()
        if key in given and keys[key] is None
        for term in members
    }
    problems = []
    for key, term in keys.items():
        if term is not None:
            asked[term] = given[key]
        elif not wild.get(key) and (complete or key in wild):
            problems.append(_unused(key, param, terms))
    path = f"params.{param.name}.prior"
    problems += [
        Problem(
            f"{path}.{term}",
            f"{prior} has arguments with priors, and {term} is one coefficient for all groups",
            f"write numbers, or a group term such as (1 | participant) in {param.formula!r}",
        )
        for term, prior in asked.items()
        if term in terms.common and isinstance(prior, Prior) and prior.hyperpriors
    ]
    problems += [
        Problem(
            f"{path}.{term}",
            f"{term} is a Gaussian process, whose priors are Bambi's",
            f"leave {term!r} out of the priors",
        )
        for key, term in keys.items()
        if term in terms.smooth
    ]
    if problems:
        raise SsmkitError(problems)
    return asked


def _term(key: str, name: str, terms: tuple[str, ...]) -> str | None:
    """Return the term that a key means: spaces, brackets and the parameter's name may differ."""
    plain = {_plain(term): term for term in terms}
    word = _plain(key)
    return plain.get(word) or plain.get(word.removeprefix(f"{name}_"))


def _plain(word: str) -> str:
    word = "".join(word.split())
    return word[1:-1] if word.startswith("(") and word.endswith(")") and "|" in word else word


def _unused(key: str, param: Param, terms: Terms) -> Problem:
    names = (*terms.names, *WILDCARDS)
    return Problem(
        f"params.{param.name}.prior.{key}",
        f"the formula {param.name} ~ {param.formula} has no term {key!r}."
        f"{did_you_mean(key.removeprefix(f'{param.name}_'), names)}",
        f"use {', '.join(names)}",
    )


def _parametrisation(
    param: Param,
    terms: Terms,
    priors: Mapping[str, Prior | float | None],
    noncentered: bool | Mapping[str, bool],  # noqa: FBT001 - it is the setting's own form
    *,
    complete: bool,
) -> bool | Mapping[str, bool]:
    """Return one parametrisation for all group terms, or one for each when they differ."""
    name = param.name
    wanted = noncentered if isinstance(noncentered, Mapping) else {name: noncentered}
    mine = wanted.get(name, True)
    of_terms = mine if isinstance(mine, Mapping) else dict.fromkeys(terms.group, mine)
    given = {_term(key, name, terms.group): value for key, value in of_terms.items()}
    unused = [key for key in of_terms if _term(key, name, terms.group) is None]
    if unused and complete:
        refuse(
            f"noncentered.{name}.{unused[0]}",
            f"the formula {name} ~ {param.formula} has no group term {unused[0]!r}."
            f"{did_you_mean(unused[0], terms.group)}",
            f"use {', '.join(terms.group)}" if terms.group else "leave it out",
        )
    by_term = {
        term: given.get(term, True) and _can_be_noncentered(priors[term]) for term in terms.group
    }
    kinds = set(by_term.values())
    return kinds.pop() if len(kinds) == 1 else Frozen(by_term)


def _can_be_noncentered(prior: Prior | float | None) -> bool:
    """Tell whether multiples of a standard deviation mean the same: they have the mean 0."""
    if not isinstance(prior, Prior) or not prior.hyperpriors:
        return True
    return prior.name == "Normal" and prior.args.get("mu") == 0

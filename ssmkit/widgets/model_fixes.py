"""What is wrong with a model, each with what a press of a button would do about it."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ssmkit.errors import Problem, SsmkitError
from ssmkit.spec import Lapse, Link, ModelSpec, Param, Prior
from ssmkit.spec.links import choose_link
from ssmkit.spec.resolved import intersection
from ssmkit.widgets.beliefs import with_param
from ssmkit.widgets.formula_columns import WAYS
from ssmkit.widgets.formula_repair import repaired
from ssmkit.widgets.formula_terms import pieces, split

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Fix:
    """One thing that is wrong, and the model without it.

    Parameters
    ----------
    problem
        What is wrong.
    label
        What stands on the button; empty where there is none.
    spec
        The model after a press; None where there is no button.
    """

    problem: Problem
    label: str = ""
    spec: ModelSpec | None = None

    @property
    def note(self) -> Problem:
        """The problem as it is said above the button, which does what is otherwise typed."""
        if self.spec is None:
            return self.problem
        does = self.label[0].lower() + self.label[1:]
        return replace(self.problem, fix=f"{does}, as the button below does")

    @property
    def place(self) -> str:
        """The field beside which it is said: a parameter, ``"lapse"``, or ``"data"``."""
        first, _, rest = self.problem.path.partition(".")
        if first == "params":
            name = rest.partition(".")[0]
            return "lapse" if name == "p_outlier" else name
        return {"p_outlier": "lapse", "lapse": "lapse"}.get(first, "data")


def fixed(problem: Problem, spec: ModelSpec, data: Any) -> Fix:
    """Return a problem with its fix, where it has one that can be pressed.

    Parameters
    ----------
    problem
        What :meth:`ModelSpec.validate` found.
    spec
        The model.
    data
        The data frame, or None.

    Returns
    -------
    Fix

    Examples
    --------
    >>> spec = ModelSpec("ddm", params=(Param("a", "1 + x"),))
    >>> fixed(spec.validate()[0], spec, None).label
    'Use the log link'
    """
    first, _, rest = problem.path.partition(".")
    if first == "lapse":
        return _longer(problem, spec)
    if first == "p_outlier":
        return Fix(problem, "Use 0.05", replace(spec, lapse=Lapse()))
    if first != "params":
        return Fix(problem)
    name, _, field = rest.partition(".")
    if name not in spec.config.list_params:
        return Fix(problem)
    makers: list[Callable[[], Fix | None]] = [
        lambda: _linked(problem, spec, name) if field == "link" else None,
        lambda: _bounded(problem, spec, name) if field == "bounds" else None,
        lambda: _terms(problem, spec, name) if field == "formula" else None,
        lambda: _column(problem, spec, name, data) if field == "formula" else None,
        lambda: _prior(problem, spec, name, field),
    ]
    for make in makers:
        try:
            found = make()
        except SsmkitError:
            continue
        if found is not None and found.spec != spec:
            return found
    return Fix(problem)


def _linked(problem: Problem, spec: ModelSpec, name: str) -> Fix:
    param = spec.param(name)
    support = spec.likelihood.bounds[name]
    bounds = intersection(support, param.bounds)
    link = choose_link(None, bounds, "log_logit")
    keep = param.bounds
    if link.name == "identity":
        # No link maps onto these bounds: those of the model are the next best.
        link, keep = choose_link(None, support, "log_logit"), None
    if support == (0.0, 1.0) and bounds == support:
        link = Link("logit")
    return Fix(
        problem,
        f"Use the {link.name} link",
        with_param(spec, replace(param, link=link, bounds=keep)),
    )


def _bounded(problem: Problem, spec: ModelSpec, name: str) -> Fix:
    param = spec.param(name)
    low, high = intersection(spec.likelihood.bounds[name], param.bounds)
    bounds = (low, high) if low < high else None
    words = "the model's bounds" if bounds is None else f"({low:g}, {high:g})"
    return Fix(problem, f"Use {words}", with_param(spec, replace(param, bounds=bounds)))


def _terms(problem: Problem, spec: ModelSpec, name: str) -> Fix | None:
    """Put a predictor on a scale, or take out a term that says nothing."""
    param, found = spec.param(name), pieces(spec.param(name).formula)
    term = re.match(r"(.+?) (has|is) ", problem.message)
    if term is None:
        return None
    word = term[1]
    if "standard deviation" in problem.message:
        for one in found.common:
            if word == one.replace("`", "") and not one.startswith("scale("):
                new = WAYS["scaled"].format(one)
                common = tuple(
                    ":".join(new if part == one else part for part in split(each))
                    for each in found.common
                )
                text = replace(found, common=common).written()
                return Fix(problem, f"Write {new}", _with_formula(spec, param, text))
        return None
    effect, bar, factor = word.partition("|")
    for one in found.common:
        if not bar and word == one.replace("`", ""):
            left = found.without_common(one).written()
            return Fix(problem, f"Take out {word}", _with_formula(spec, param, left))
    for by, varying in found.groups:
        if bar and factor == by.replace("`", ""):
            left = [v for v in varying if v.replace("`", "") != effect]
            text = found.with_group(by, left).written()
            return Fix(problem, f"Take out {word}", _with_formula(spec, param, text))
    return None


def _with_formula(spec: ModelSpec, param: Param, text: str) -> ModelSpec:
    """Return the model with another formula, and without the priors of terms that are gone."""
    return with_param(spec, replace(param, formula=text, prior=None))


def _column(problem: Problem, spec: ModelSpec, name: str, data: Any) -> Fix | None:
    """Name the column that was probably meant, or take the formula out."""
    param = spec.param(name)
    if data is not None:
        words = [word for word in data.columns if isinstance(word, str)]
        meant = repaired(param.formula, name, words)
        if meant is not None:
            return Fix(problem, f"Write {meant}", _with_formula(spec, param, meant))
    if problem.severity == "error":
        return Fix(problem, "Take the formula out", with_param(spec, Param(name)))
    return None


def _prior(problem: Problem, spec: ModelSpec, name: str, field: str) -> Fix | None:
    """Take the default instead of a prior or a fixed value that cannot be."""
    param = spec.param(name)
    if problem.severity != "error":
        return None
    if param.formula is not None:
        term = field.removeprefix("prior.")
        kept = {key: x for key, x in (param.prior or {}).items() if key != term}
        return Fix(
            problem, "Use the default prior", with_param(spec, replace(param, prior=kept or None))
        )
    if param.prior is None and param.bounds is not None:
        return Fix(problem, "Use the model's bounds", with_param(spec, Param(name)))
    return Fix(problem, "Use the default prior", with_param(spec, replace(param, prior=None)))


def _longer(problem: Problem, spec: ModelSpec) -> Fix:
    """Let lapses last as long as the slowest response, or begin at 0 s."""
    slowest = re.search(r'"upper": ([\d.]+)', problem.fix)
    upper = float(slowest[1]) if slowest else 20.0
    lapse = replace(spec.lapse, distribution=Prior("Uniform", lower=0.0, upper=upper))
    return Fix(problem, f"Use Uniform(lower=0, upper={upper:g})", replace(spec, lapse=lapse))

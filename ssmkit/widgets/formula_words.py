"""What a formula says of its parameter, in sentences."""

import re

from ssmkit.spec.formula import names
from ssmkit.spec.links import Link
from ssmkit.widgets.formula_design import Coefficient, Group, Preview, brief
from ssmkit.widgets.formula_terms import ONE, pieces, split


def summary(param: str, formula: str, link: Link, design: Preview | None) -> str:
    """Return one sentence on what the formula means for its parameter.

    Parameters
    ----------
    param
        The parameter.
    formula
        The right-hand side.
    link
        Its link.
    design
        What the formula makes of the data; None without data.

    Returns
    -------
    str

    Examples
    --------
    >>> summary("v", "1 + x + (1 | s)", Link(), None)
    'v differs between trials by x, and each s has its own v around what all share.'
    """
    found = pieces(formula)
    used = list(dict.fromkeys(name for term in found.common for name in names(term)[0]))
    start = f"{param} differs between trials by {_and(used)}" if used else f"{param} is one value"
    if not used and not found.groups:
        return f"{start} for all trials{_through(param, link)}."
    of_groups = []
    counts = {} if design is None else {group.factor: group.count for group in design.groups}
    for factor, varying in found.groups:
        name = factor.strip("`")
        each = f"each of the {counts[name]} values of {name}" if name in counts else f"each {name}"
        slopes = [term for term in varying if term != ONE]
        own = [f"its own {param}"] if ONE in varying else []
        own += [f"its own effect of {_and([brief(term) for term in slopes])}"] if slopes else []
        of_groups.append(f"{each} has {_and(own)} around what all share")
    if not used:
        start = f"{param} has one value that all trials share"
    return ", and ".join([start, *of_groups]) + f"{_through(param, link)}."


def meanings(param: str, link: Link, design: Preview) -> tuple[tuple[str, str], ...]:
    """Return each coefficient by its name in the posterior, and what it means.

    Parameters
    ----------
    param
        The parameter.
    link
        Its link.
    design
        What the formula makes of the data.

    Returns
    -------
    tuple of (str, str)

    Examples
    --------
    >>> import pandas as pd
    >>> from ssmkit.widgets.formula_design import preview
    >>> found = preview("1 + x", pd.DataFrame({"x": [0.0, 1.0, 3.0]}))
    >>> dict(meanings("v", Link(), found))["v_x"]
    'what one more unit of x adds to v'
    """
    found = [(_name(param, one), _meaning(param, link, one, design)) for one in design.columns]
    return (*found, *(_of_group(param, link, group) for group in design.groups))


def _name(param: str, one: Coefficient) -> str:
    return f"{param}_{one.label}"


def _meaning(param: str, link: Link, one: Coefficient, design: Preview) -> str:
    if one.kind in ("level", "sum", "cell"):
        return _of_level(_on(param, link), one, design)
    if one.kind == "intercept":
        zero = _where(design)
        return f"{_on(param, link)}{f' when {zero}' if zero else ' on every trial'}"
    if one.kind == "offset":
        return "added as it is: no coefficient is estimated"
    if one.kind == "interaction":
        return _together(one, design)
    return f"what {_step(one)} {_adds(param, link)}"


def _of_level(on: str, one: Coefficient, design: Preview) -> str:
    level = one.label.removeprefix(f"{one.term}[").removesuffix("]")
    at = f"{on} when {brief(one.term)} is {level}"
    if one.kind == "cell":
        return at
    if one.kind == "sum":
        return f"{at}, minus the mean of all levels"
    return f"{at}, minus {on} when it is {design.references.get(one.term, 'the level left out')}"


def _together(one: Coefficient, design: Preview) -> str:
    """Say what an interaction is: an effect at a level, less the one at the level left out."""
    references = {brief(term): level for term, level in design.references.items()}
    effect, at, least = [], [], []
    for part in split(one.term):
        level = _level(one.label, part)
        if level is None:
            effect.append(part)
        else:
            at.append(f"{brief(part)} is {level}")
            least.append(references.get(brief(part)))
    whose = f"the effect of {' times '.join(effect)}" if effect else "the effect"
    alone = any(column.term == ":".join(effect) for column in design.columns)
    if not effect or len(at) != 1:
        return f"how effects change together: {brief(one.label)}"
    if least[0] is None or not alone:
        return f"{whose} when {at[0]}"
    return f"{whose} when {at[0]}, minus that when it is {least[0]}"


def _level(label: str, part: str) -> str | None:
    found = re.search(rf"(?:^|:){re.escape(part)}\[(.*?)\](?=:|$)", label)
    return None if found is None else found[1]


def _where(design: Preview) -> str:
    """Return the trials that the intercept is about."""
    terms = dict.fromkeys((one.term, one.kind) for one in design.columns)
    at = []
    for term, kind in terms:
        if kind == "number":
            mean = term.startswith(("scale(", "center("))
            at.append(f"{_inner(term)} is at its mean" if mean else f"{term} is 0")
        elif kind == "level" and term in design.references:
            at.append(f"{brief(term)} is {design.references[term]}")
    return _and(at)


def _step(one: Coefficient) -> str:
    if one.label != one.term:
        return f"one more unit of {one.label}"
    if one.term.startswith("scale("):
        return f"one more standard deviation of {_inner(one.term)}"
    return f"one more unit of {_inner(one.term) if one.term.startswith('center(') else one.term}"


def _of_group(param: str, link: Link, group: Group) -> tuple[str, str]:
    what = _on(param, link) if group.effect == "1" else f"the effect of {brief(group.effect)}"
    each = f"each of the {group.count} values of {group.factor}"
    name = f"{param}_{group.term}"
    return name, f"how far {what} of {each} is from what all share; their spread is estimated too"


def _adds(param: str, link: Link) -> str:
    if link.name == "identity":
        return f"adds to {param}"
    if link.name == "log":
        return f"adds to log {param}: {param} is multiplied by exp of it"
    return f"adds to {_on(param, link)}"


def _on(param: str, link: Link) -> str:
    """Return the parameter as the line of the predictors has it."""
    if link.name == "identity":
        return param
    return f"log {param}" if link.name == "log" else f"{link.name}({param})"


def _through(param: str, link: Link) -> str:
    if link.name == "identity":
        return ""
    low, high = link.range
    return f"; through the {link} link {param} stays between {low:g} and {high:g}"


def _inner(term: str) -> str:
    return term.partition("(")[2].rpartition(")")[0] or term


def _and(words: list[str]) -> str:
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last

"""The words of the field: what each parameter is, in words and units, and what terms mean.

They stand in ``glossary.toml`` beside this file; builders and lessons say them from there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ssmkit.errors import did_you_mean, refuse


@dataclass(frozen=True)
class Meaning:
    """What a parameter is.

    Parameters
    ----------
    says
        In words.
    unit
        Its unit.
    term
        The term of the glossary that explains it.
    """

    says: str = ""
    unit: str = ""
    term: str = ""

    @property
    def hint(self) -> str:
        """All of it in one line, for who rests the pointer on it; empty where nothing is known."""
        if not self.says:
            return ""
        head = self.says[0].upper() + self.says[1:]
        return f"{head} ({self.unit}). {define(self.term)}"


def terms() -> Mapping[str, str]:
    """Return all terms and what they mean.

    Returns
    -------
    mapping of str to str

    Examples
    --------
    >>> "drift rate" in terms()
    True
    """
    return _words()["term"]


def define(term: str) -> str:
    """Return what a term of the field means.

    Parameters
    ----------
    term
        One of :func:`terms`.

    Returns
    -------
    str

    Raises
    ------
    SsmkitError
        When there is no such term.

    Examples
    --------
    >>> define("reaction time")
    'Seconds from the onset of a stimulus to the response.'
    """
    known = terms()
    if term not in known:
        refuse(
            "term",
            f"the glossary has no {term!r}.{did_you_mean(term, known)}",
            f"use one of {', '.join(known)}",
        )
    return known[term]


def meaning(model: str, param: str) -> Meaning:
    """Return what a parameter is, and its unit; nothing where it is a person's own.

    Parameters
    ----------
    model
        Name of the model.
    param
        The parameter.

    Returns
    -------
    Meaning

    Examples
    --------
    >>> found = meaning("ddm", "t")
    >>> found.says, found.unit
    ('non-decision time: before and after the decision', 's')
    >>> meaning("lba2", "v1").says
    'drift of racer 1: how fast its evidence grows'
    """
    words = _words()
    of_race = words["race"] if model.startswith("race_") else {}
    for table in (words["model"].get(model, {}), of_race, words["parameter"]):
        if param in table:
            return Meaning(**table[param])
    if param[:1] == "v" and param[1:].isdigit():
        racer = words["racer"]
        return Meaning(racer["says"].format(param[1:]), racer["unit"], racer["term"])
    return Meaning()


def use(model: str) -> str:
    """Return when a model is the one to take; nothing where nobody has said.

    Examples
    --------
    >>> use("ddm")
    'Two choices and one process: the place to start.'
    """
    return _words()["use"].get(model, "")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("glossary.toml").read_text("utf-8"))

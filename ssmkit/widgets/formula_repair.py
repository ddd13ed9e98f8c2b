"""What was probably meant by a formula that is refused."""

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches

from ssmkit.errors import Problem, SsmkitError
from ssmkit.spec.formula import check_names, names, predictors
from ssmkit.widgets.formula_terms import quoted

_WORD = r"(`[^`]*`|[^\W\d][\w.]*(?:\((?:[^()]|\([^()]*\))*\))?)"


def find_problems(text: str, param: str, columns: Collection[str] | None) -> tuple[Problem, ...]:
    """Return what is wrong with a formula as it is typed, before it is computed.

    Parameters
    ----------
    text
        The formula.
    param
        The parameter that it is of.
    columns
        Columns of the data; None without data.

    Returns
    -------
    tuple of Problem

    Examples
    --------
    >>> [problem.fix for problem in find_problems("1|s", "v", None)]
    ['write (1|s)']
    """
    path = f"params.{param}.formula"
    try:
        right = predictors(text, param, path)
    except SsmkitError as error:
        return error.problems
    return () if columns is None else check_names(right, columns, (), path)


def repaired(text: str, param: str, columns: Collection[str] | None = None) -> str | None:
    """Return a formula near the one that is refused, which is not; None where none is found.

    Parameters
    ----------
    text, param, columns
        As for :func:`find_problems`.

    Returns
    -------
    str or None

    Examples
    --------
    >>> repaired("1 + x y", "v"), repaired("x + 1|s", "v"), repaired("chr", "v", ["coh"])
    ('1 + x + y', 'x + (1|s)', 'coh')
    """
    steps: list[Callable[[str], str]] = [
        lambda x: x.rpartition("~")[2].strip(" +") or "1",
        lambda x: _backquoted(x, columns or ()),
        lambda x: x.replace("||", "|"),
        _balanced,
        _barred,
        _powered,
        _joined,
        lambda x: _renamed(x, columns or ()),
    ]
    now = text
    for step in steps:
        try:
            now = " ".join(step(now).split())
        except SsmkitError:
            continue
        if now != text and not find_problems(now, param, columns):
            return now
    return None


def _backquoted(text: str, columns: Collection[str]) -> str:
    """Put columns with unusual names in backquotes, the longest first."""
    for name in sorted(columns, key=len, reverse=True):
        if quoted(name) != name and name in text and quoted(name) not in text:
            text = text.replace(name, quoted(name))
    return text


def _balanced(text: str) -> str:
    """Drop brackets that close nothing, and close those that are open."""
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            depth = 0
            continue
        kept.append(letter)
    return "".join(kept) + ")" * depth


def _barred(text: str) -> str:
    """Put brackets around the summand with a bare bar."""
    parts, depth, part = [], 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "+" and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    parts.append(part)
    bare = [re.sub(r"\((?:[^()]|\([^()]*\))*\)|`[^`]*`", "", one) for one in parts]
    return " + ".join(
        f"({one.strip()})" if "|" in left else one.strip()
        for one, left in zip(parts, bare, strict=True)
    )


def _powered(text: str) -> str:
    return re.sub(rf"{_WORD}\s*\*\*\s*(\d+)", r"I(\1 ** \2)", text)


def _joined(text: str) -> str:
    """Put a plus between two terms that nothing joins."""
    for _ in range(text.count(" ") + text.count(")") + 1):
        text = re.sub(rf"({_WORD}|\)|\b\d+)\s+(?={_WORD}|\(|\d)", r"\1 + ", text, count=1)
    return text


def _renamed(text: str, columns: Collection[str]) -> str:
    """Put the nearest column for each name that is none."""
    folded = {name.lower(): name for name in columns}
    for name in names(text)[0]:
        near = get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
        if name not in columns and near:
            new = quoted(folded[near[0]])
            text = re.sub(rf"`{re.escape(name)}`|(?<!\w){re.escape(name)}(?!\w)", new, text)
    return text

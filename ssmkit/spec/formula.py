"""Formulas, guarded: what formulae cannot read it drops silently, and here it is refused."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np

from ssmkit.errors import Problem, did_you_mean, refuse

_EXAMPLE = '"1 + x", or "1 + x + (1 | participant)"'
# Functions of numbers; numpy's others read files and more, which a formula must not.
_NUMPY_BESIDES = ("clip", "round", "where", "mean", "std", "median", "min", "max")


def predictors(formula: Any, name: str, path: str) -> str:
    """Return the right-hand side of a formula, once it is known to be read as it is written.

    Parameters
    ----------
    formula
        ``"v ~ 1 + x"`` or ``"1 + x"``.
    name
        Name of the parameter.
    path
        Where the formula stood, for the messages.

    Returns
    -------
    str

    Raises
    ------
    SsmkitError
        When it is no formula, or formulae would drop a part of it.

    Examples
    --------
    >>> predictors("v ~ 1 + x", "v", "params.v.formula")
    '1 + x'
    """
    if not isinstance(formula, str) or not formula.strip():
        refuse(path, f"{formula!r} is no formula", f"write {_EXAMPLE}")
    left, tilde, right = formula.partition("~")
    if tilde and left.strip() != name:
        refuse(
            path,
            f"the formula of {name} is about {left.strip()!r}",
            f'write "{name} ~ {right.strip()}"',
        )
    text = " ".join((right if tilde else left).split())
    _parse(text, path)
    if not reading(text):
        refuse(path, f"{text!r} has no term", f"write {_EXAMPLE}")
    return text


def reading(text: str) -> str:
    """Return how the right-hand side of a formula is read, with every term written out.

    Examples
    --------
    >>> reading("x*y + (x|g)")
    '1 + x + y + x:y + (1|g) + (x|g)'
    """
    common, group = term_names(text)
    start = [] if not common and not group else ["1" if "Intercept" in common else "0"]
    rest = [term for term in common if term != "Intercept"]
    return " + ".join([*start, *rest, *(f"({term})" for term in group)])


def term_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the common and the group terms that a formula has without data.

    Examples
    --------
    >>> term_names("1 + x + (1|g)")
    (('Intercept', 'x'), ('1|g',))
    """
    from formulae.model_description import model_description

    model = model_description(text)
    common = tuple(term.name for term in model.common_terms)
    return common, tuple(term.name for term in model.group_terms)


@lru_cache(maxsize=256)
def names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the variables and the functions of the right-hand side of a formula.

    Examples
    --------
    >>> names("1 + np.log(x) + (1|g)")
    (('x', 'g'), ('np.log',))
    """
    found = list(_names(_parse(text, "formula")))
    variables = dict.fromkeys(name for kind, name in found if kind == "variable")
    functions = dict.fromkeys(name for kind, name in found if kind == "function")
    return tuple(variables), tuple(functions)


def check_names(
    text: str, columns: Collection[Any], namespace: Collection[str], path: str
) -> tuple[Problem, ...]:
    """Find the names in a formula that neither the data nor anything else has.

    Parameters
    ----------
    text
        The right-hand side.
    columns
        Names of the columns of the data.
    namespace
        Names in ``extra_namespace``.
    path
        Where the formula stood.

    Returns
    -------
    tuple of Problem

    Examples
    --------
    >>> print(*check_names("1 + chr", ["coh"], (), "params.v.formula"))
    params.v.formula: the data have no column 'chr'. Did you mean 'coh'? To fix it: use one of coh
    """
    from formulae.categorical import ENCODINGS
    from formulae.transforms import TRANSFORMS

    variables, functions = names(text)
    words = [name for name in columns if isinstance(name, str)]
    known = {*words, *namespace, *(ENCODINGS if functions else ())}
    problems = [
        Problem(
            path,
            f"the data have no column {name!r}.{did_you_mean(name, [*words, *namespace])}",
            f"use one of {', '.join(words)}",
        )
        for name in variables
        if name not in known
    ]
    transforms = {*TRANSFORMS, *ENCODINGS, *namespace}
    for name in functions:
        if name not in transforms and name.split(".")[0] not in namespace and not _is_numpy(name):
            options = sorted({*transforms, "np.log", "np.exp", "np.sqrt", "np.abs"})
            problems.append(
                Problem(
                    path,
                    f"there is no function {name!r} for formulas.{did_you_mean(name, options)}",
                    f"use {', '.join(options)}, or make it a column of the data",
                )
            )
    return tuple(problems)


def _is_numpy(name: str) -> bool:
    module, _, function = name.partition(".")
    found = getattr(np, function, None) if module == "np" else None
    return isinstance(found, np.ufunc) or (found is not None and function in _NUMPY_BESIDES)


def _parse(text: str, path: str) -> Any:
    """Return the tree of a right-hand side, or refuse what formulae would drop or misread."""
    from formulae.parser import ParseError, Parser
    from formulae.resolver import Resolver, ResolverError
    from formulae.scanner import ScanError, Scanner
    from formulae.terms.call_resolver import CallResolverError

    if "~" in text:
        _refuse(path, text, "it has more than one ~")
    if "||" in text:
        refuse(path, "effects of a group are without correlations", "write (1 + x | g) with one |")
    try:
        parser = Parser(Scanner(text).scan())
        tree = parser.parse()
    except (ScanError, ParseError, RecursionError, IndexError, ValueError) as error:
        _refuse(path, text, str(error))
    if parser.check("PIPE") or getattr(getattr(tree, "operator", None), "kind", "") == "PIPE":
        refuse(path, f"in {text!r} the | stands without brackets", "write (1|s)")
    if not parser.at_end():
        token = parser.peek().lexeme
        _refuse(path, text, f"it ends before {token!r}, and the rest would be dropped")
    _refuse_powers(tree, path)
    try:
        Resolver(tree).resolve()
    except (ResolverError, CallResolverError) as error:
        _refuse(path, text, str(error))
    except (AttributeError, TypeError, ValueError, KeyError, IndexError, RecursionError):
        _refuse(path, text, "it has no meaning as a formula")
    return tree


def _refuse(path: str, text: str, reason: str) -> NoReturn:
    fix = f"write {_EXAMPLE}; a column with an unusual name goes in `backquotes`"
    refuse(path, f"{text!r} cannot be read: {reason.rstrip('.')}", fix)


def _refuse_powers(tree: Any, path: str) -> None:
    """Refuse ``x**2``, which formulae reads as ``x``; powers of sums are interactions."""
    for node in _walk(tree):
        operator = getattr(getattr(node, "operator", None), "kind", "")
        base = getattr(node, "left", None)
        if operator == "STAR_STAR" and type(base).__name__ in {"Variable", "QuotedName", "Call"}:
            refuse(path, "a power of one variable would be read as itself", "write I(x ** 2)")


def _walk(node: Any) -> Iterator[Any]:
    """Return the nodes of a tree, but for the inside of calls, which is arithmetic."""
    yield node
    if type(node).__name__ != "Call":
        for child in _children(node):
            yield from _walk(child)


def _children(node: Any) -> Iterator[Any]:
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if type(child).__module__ == "formulae.expr":
                yield child


def _names(node: Any) -> Iterator[tuple[str, str]]:
    kind = type(node).__name__
    if kind == "Variable":
        yield "variable", node.name.lexeme
    elif kind == "QuotedName":
        yield "variable", node.expression.lexeme.strip("`")
    elif kind == "Call":
        yield "function", node.callee.name.lexeme
        for argument in node.args:
            yield from _names(argument)
    elif kind == "Assign":
        yield from _names(node.value)
    else:
        for child in _children(node):
            yield from _names(child)

"""A prior as one line of text, to be typed and read: ``Normal(mu=0, sigma=2)``."""

import ast
from typing import Any

from ssmkit.errors import refuse
from ssmkit.spec import Prior
from ssmkit.spec.values import Column, Vector

_EXAMPLE = "write Normal(mu=0, sigma=1), or a number to fix it"


def written_prior(prior: Any) -> str:
    """Return a prior, or a number, as it is typed.

    Examples
    --------
    >>> written_prior(Prior("Normal", mu=0, sigma=Prior("HalfNormal", sigma=0.5)))
    'Normal(mu=0, sigma=HalfNormal(sigma=0.5))'
    """
    if isinstance(prior, Column | Vector):
        return str(prior)
    if not isinstance(prior, Prior):
        return "" if prior is None else f"{prior!r}".removesuffix(".0")
    args = [f"{name}={written_prior(value)}" for name, value in prior.args.items()]
    if prior.bounds is not None:
        ends = ", ".join(written_prior(end) for end in prior.bounds)
        args.append(f"bounds=({ends})")
    return f"{prior.name}({', '.join(args)})"


def read_prior(text: str, path: str = "prior") -> Prior | float:
    """Return what a line of text says: a prior or a number; nothing of it is run.

    Parameters
    ----------
    text
        ``Normal(mu=0, sigma=2)``, ``{"name": "Normal", ...}``, or a number.
    path
        Where it stands.

    Returns
    -------
    Prior or float

    Raises
    ------
    SsmkitError
        When it is neither.

    Examples
    --------
    >>> read_prior("HalfNormal(sigma=2)"), read_prior(" 0.5 ")
    (Prior("HalfNormal", sigma=2.0), 0.5)
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        refuse(path, f"{text!r} is no prior", _EXAMPLE)
    found = _value(tree, text, path)
    if isinstance(found, bool) or not isinstance(found, int | float | dict):
        refuse(path, f"{text!r} is no prior", _EXAMPLE)
    return Prior.from_any(found, path) if isinstance(found, dict) else float(found)


def read_value(text: str, path: str = "prior") -> Prior | float | Column:
    """Return what a line of text says, which may also be a column of the data.

    Examples
    --------
    >>> read_value('data["coherence"]')
    Column(name='coherence')
    """
    text = text.strip()
    if text.startswith('data["') and text.endswith('"]'):
        return Column(text[6:-2])
    return read_prior(text, path)


def _value(node: ast.expr, text: str, path: str) -> Any:  # noqa: PLR0911 (one return a case)
    match node:
        case ast.Constant(value=int() | float() | str() | None):
            return node.value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Name(id="inf")):
            return float("-inf")
        case ast.Name(id="inf"):
            return float("inf")
        case ast.Tuple() | ast.List():
            return tuple(_value(one, text, path) for one in node.elts)
        case ast.Dict() if None not in node.keys:
            keys = [_value(key, text, path) for key in node.keys if key is not None]
            values = [_value(one, text, path) for one in node.values]
            return dict(zip(keys, values, strict=True))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=words):
            given = {word.arg: _value(word.value, text, path) for word in words if word.arg}
            if name == "Prior" and len(args) == 1:
                return {"name": _value(args[0], text, path), **given}
            if args:
                refuse(path, f"the arguments in {text!r} have no names", _EXAMPLE)
            return {"name": name, **given}
    return refuse(path, f"{text!r} is no prior", _EXAMPLE)

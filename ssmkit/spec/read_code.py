"""The spec of a call of ``HSSM`` in Python source, read without running any of it."""

import ast
from dataclasses import dataclass
from math import inf
from typing import Any, NoReturn

from ssmkit.errors import refuse
from ssmkit.spec.links import Link
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import Column

_POSITIONAL = ("data", "model", "include", "loglik", "loglik_kind", "p_outlier", "lapse")
_SETTINGS = (
    *_POSITIONAL[1:],
    "choices",
    "global_formula",
    "link_settings",
    "prior_settings",
    "noncentered",
    "missing_data",
    "deadline",
    "withheld",
)
_CALLS = {
    "Prior": ("name",),
    "Param": ("name", "formula", "prior", "link", "bounds"),
    "Link": ("name", "bounds"),
    "dict": (),
}


def from_code(source: str) -> ModelSpec:
    """Read the one call of ``HSSM`` in this source; :meth:`ModelSpec.from_code` says more."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        refuse("code", f"this is no Python: {error}", "give the text that to_code() returned")
    calls = [node for node in ast.walk(tree) if _is_call_of(node, "HSSM")]
    if len(calls) != 1:
        refuse("code", f"there are {len(calls)} calls of HSSM", "give code with one HSSM(...)")
    arguments = _arguments(calls[0], _POSITIONAL, "HSSM")
    reader = _Reader(arguments.pop("data", None))
    settings = {
        name: reader.value(arguments.pop(name), name) for name in _SETTINGS if name in arguments
    }
    if "extra_namespace" in arguments:
        settings["extra_namespace"] = _names(arguments.pop("extra_namespace"))
    values = {name: reader.value(node, f"params.{name}") for name, node in arguments.items()}
    return ModelSpec.build(None, **settings, params=values)


@dataclass(frozen=True)
class _Reader:
    """Reads literals, and the few calls that stand for values."""

    data: ast.expr | None

    def value(self, node: ast.expr, path: str) -> Any:  # noqa: PLR0911 (one return a case)
        match node:
            case ast.Constant(value=str() | int() | float() | None):
                return node.value
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                return self._signed(node, self.value(operand, path))
            case ast.List() | ast.Tuple():
                items = [self.value(item, f"{path}[{i}]") for i, item in enumerate(node.elts)]
                return items if isinstance(node, ast.List) else tuple(items)
            case ast.Dict() if None not in node.keys:
                return self._mapping(zip(node.keys, node.values, strict=True), path)
            case ast.Subscript(slice=ast.Constant(value=str() as name)) if self._is_data(node):
                return Column(name)
            case ast.Name(id="inf") | ast.Attribute(value=ast.Name(), attr="inf"):
                return inf
            case ast.Call():
                return self._call(node, path)
        return _refuse_node(node)

    def _is_data(self, node: ast.Subscript) -> bool:
        return self.data is not None and ast.dump(node.value) == ast.dump(self.data)

    def _signed(self, node: ast.UnaryOp, x: Any) -> Any:
        if isinstance(x, bool) or not isinstance(x, int | float):
            _refuse_node(node)
        return -x if isinstance(node.op, ast.USub) else x

    def _mapping(self, pairs: Any, path: str) -> dict[str, Any]:
        mapping = {}
        for key, value in pairs:
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                _refuse_node(key)
            mapping[key.value] = self.value(value, f"{path}.{key.value}")
        return mapping

    def _call(self, node: ast.Call, path: str) -> Any:
        if _is_call_of(node, "float"):
            return self._infinity(node)
        name = next((name for name in _CALLS if _is_call_of(node, name)), None)
        if name is None:
            _refuse_node(node)
        given = _arguments(node, _CALLS[name], name)
        values = {key: self.value(value, f"{path}.{key}") for key, value in given.items()}
        if name == "Prior":
            return Prior.from_any(values, path)
        if name == "Link":
            return Link.from_any(values, path)
        return Param.from_entry(values, path) if name == "Param" else values

    def _infinity(self, node: ast.Call) -> float:
        match node:
            case ast.Call(args=[ast.Constant(value="inf" | "-inf" as text)], keywords=[]):
                return float(text)
        return _refuse_node(node)


def _names(node: ast.expr) -> tuple[str, ...]:
    """Return the names that a dict gives to values, which are not looked at."""
    if isinstance(node, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    elif _is_call_of(node, "dict"):
        keys = list(_arguments(node, (), "dict"))
    else:
        keys = [None]
    if not all(isinstance(key, str) for key in keys):
        _refuse_node(node)
    return tuple(keys)


def _is_call_of(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(value=ast.Name(), attr=called)):
            return called == name
    return False


def _arguments(call: ast.Call, positional: tuple[str, ...], name: str) -> dict[str, ast.expr]:
    """Return the arguments of a call by name."""
    stars = [arg for arg in call.args if isinstance(arg, ast.Starred)]
    stars += [keyword.value for keyword in call.keywords if keyword.arg is None]
    if stars:
        _refuse_node(stars[0])
    if len(call.args) > len(positional):
        refuse(
            f"code, line {call.lineno}",
            f"{name} has {len(call.args)} arguments without a name",
            f"name them, as in {name}({', '.join(f'{word}=...' for word in positional[:3])})",
        )
    given = dict(zip(positional, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg in given:
            refuse(
                f"code, line {call.lineno}",
                f"{name} is given {keyword.arg!r} twice",
                "keep one of the two",
            )
        given[keyword.arg] = keyword.value
    return given


def _refuse_node(node: ast.expr) -> NoReturn:
    refuse(
        f"code, line {node.lineno}",
        f"{ast.unparse(node)} is no literal, and code is read without being run",
        "write the number, text, list or dict itself, or a column of the data as data['x']",
    )

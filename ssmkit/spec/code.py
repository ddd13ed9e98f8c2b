"""The spec as the Python expression that builds the same model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, isinf
from typing import Any

from ssmkit.spec.lapse import DEFAULT_LAPSE, Lapse
from ssmkit.spec.links import Link
from ssmkit.spec.missing import Missing
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import Column

_WIDTH = 88


def to_code(spec: ModelSpec, taken: int = 0) -> str:
    """Write a spec as a call of ``HSSM``; :meth:`ModelSpec.to_code` says more.

    ``taken`` is how many columns stand before it in its first line, as ``model = `` does.
    """
    spec.require_writable()
    arguments: dict[str, Any] = {}
    if spec.model != ModelSpec.model:
        arguments["model"] = spec.model
    if spec.loglik is not None:
        arguments["loglik"] = spec.loglik
    elif spec.kind != spec.config.default_kind:
        arguments["loglik_kind"] = spec.kind
    asked = spec.asked()
    arguments |= {param.name: param.prior for param in asked if _is_plain(param)}
    include = [_entry(param) for param in asked if not _is_plain(param)]
    if include:
        arguments["include"] = include
    arguments |= _lapse_arguments(spec.lapse)
    arguments |= _missing_arguments(spec.missing)
    arguments |= {
        name: getattr(spec, name)
        for name in ("link_settings", "prior_settings", "noncentered")
        if getattr(spec, name) != getattr(ModelSpec, name)
    }
    if spec.extra_namespace:
        arguments["extra_namespace"] = {name: _Name(name) for name in spec.extra_namespace}
    items = [("", _Name("data")), *((f"{name}=", value) for name, value in arguments.items())]
    return _bracket("HSSM(", items, ")", 0, taken)


@dataclass(frozen=True)
class _Name:
    """Stands for a variable of the person's, such as the data frame."""

    name: str


def _is_plain(param: Param) -> bool:
    return param.bounds is None and isinstance(param.prior, float | Column)


def _entry(param: Param) -> dict[str, Any]:
    fields = {
        "name": param.name,
        "formula": None if param.formula is None else f"{param.name} ~ {param.formula}",
        "prior": param.prior,
        "link": param.link,
        "bounds": param.bounds,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _lapse_arguments(lapse: Lapse | None) -> dict[str, Any]:
    if lapse is None:
        return {"p_outlier": 0}
    p = lapse.p
    if isinstance(p, Param):
        p = {key: value for key, value in _entry(p).items() if key != "name"}
    arguments = {"p_outlier": p, "lapse": lapse.distribution}
    default = {"p_outlier": DEFAULT_LAPSE.p, "lapse": DEFAULT_LAPSE.distribution}
    return {name: value for name, value in arguments.items() if value != default[name]}


def _missing_arguments(missing: Missing | None) -> dict[str, Any]:
    if missing is None:
        return {}
    deadline = missing.deadline
    arguments = {
        "deadline": deadline.name if isinstance(deadline, Column) else deadline,
        "withheld": missing.withheld,
    }
    return {"missing_data": True} | {name: x for name, x in arguments.items() if x is not None}


def _source(x: Any, indent: int, taken: float) -> str:
    """Write a value that starts ``taken`` columns into a line, broken as Black breaks lines."""
    if isinstance(x, Prior):
        x = x.to_dict()
    if isinstance(x, Link):
        x = x.name if x.bounds is None else {"name": x.name, "bounds": x.bounds}
    if isinstance(x, Mapping):
        return _bracket("{", [(f"{_string(k)}: ", v) for k, v in x.items()], "}", indent, taken)
    if isinstance(x, list | tuple):
        left, right = "()" if isinstance(x, tuple) else "[]"
        return _bracket(left, [("", item) for item in x], right, indent, taken)
    if isinstance(x, _Name):
        return x.name
    if isinstance(x, Column):
        return f"data[{_string(x.name)}]"
    if isinstance(x, str):
        return _string(x)
    return f'float("{x}")' if isinstance(x, float) and isinf(x) else repr(x)


def _bracket(
    left: str, items: Iterable[tuple[str, Any]], right: str, indent: int, taken: float
) -> str:
    flat = ", ".join(f"{label}{_source(item, 0, -inf)}" for label, item in items)
    if taken + len(left + flat + right) < _WIDTH:
        return f"{left}{flat}{right}"
    inner = indent + 4
    lines = (
        f"{' ' * inner}{label}{_source(item, inner, inner + len(label))},\n"
        for label, item in items
    )
    return f"{left}\n{''.join(lines)}{' ' * indent}{right}"


def _string(x: str) -> str:
    text = repr(x)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text

"""The spec as JSON: plain, versioned, and the same spec when it is read again."""

import json
from collections.abc import Mapping
from math import inf, isinf
from typing import Any

from ssmkit.errors import did_you_mean, refuse
from ssmkit.spec.lapse import Lapse
from ssmkit.spec.links import Link
from ssmkit.spec.missing import Missing
from ssmkit.spec.model_spec import ModelSpec
from ssmkit.spec.param import Param
from ssmkit.spec.prior import Prior
from ssmkit.spec.values import Column

FORMAT = "ssmkit.ModelSpec"
VERSION = 1
_KEYS = ("format", "version", "model", "kind", "params", "lapse")
_SETTINGS = ("link_settings", "prior_settings", "noncentered", "extra_namespace")
# JSON has no infinity; a string reads the same in every language.
_INFINITIES = {"inf": inf, "-inf": -inf}


def to_json(spec: ModelSpec) -> str:
    """Write a spec as JSON; :meth:`ModelSpec.to_json` says more."""
    spec.require_writable()
    content = {
        "format": FORMAT,
        "version": VERSION,
        "model": spec.model,
        "kind": spec.kind,
        "params": [_param(param) for param in spec.asked()],
        "lapse": None
        if spec.lapse is None
        else {"p": _value(spec.lapse.p), "distribution": _value(spec.lapse.distribution)},
    } | {
        name: _value(getattr(spec, name))
        for name in _SETTINGS
        if getattr(spec, name) != getattr(ModelSpec, name)
    }
    if spec.loglik is not None:
        content["loglik"] = spec.loglik
    if spec.missing is not None:
        content["missing"] = _value(vars(spec.missing))
    return json.dumps(content, indent=2, allow_nan=False)


def from_json(text: str) -> ModelSpec:
    """Read what :func:`to_json` wrote; :meth:`ModelSpec.from_json` says more."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        refuse("json", f"this is no JSON: {error}", "give the text that to_json() returned")
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        refuse("json.format", f"this is no {FORMAT}", "give the text that to_json() returned")
    if content.get("version") != VERSION:
        refuse(
            "json.version",
            f"the spec has version {content.get('version')!r}, and this ssmkit reads {VERSION}",
            "install the version of ssmkit that wrote it",
        )
    _check_keys("json", content, _KEYS, (*_SETTINGS, "loglik", "missing"))
    if not isinstance(content.get("loglik"), str | None):
        refuse("json.loglik", f"{content['loglik']!r} is no path", 'write "network.onnx"')
    if not isinstance(content["params"], list):
        refuse("json.params", "it is no list", 'write [{"name": "a", "prior": 1.5}]')
    return ModelSpec(
        content["model"],
        content["kind"],
        tuple(
            _read_param(entry, f"json.params[{index}]")
            for index, entry in enumerate(content["params"])
        ),
        _read_lapse(content["lapse"]),
        **{name: content[name] for name in _SETTINGS if name in content},
        loglik=content.get("loglik"),
        missing=_read_missing(content.get("missing")),
    )


def _param(param: Param) -> dict[str, Any]:
    fields = {key: getattr(param, key) for key in ("formula", "prior", "link", "bounds")}
    given = {key: _value(x) for key, x in fields.items() if x is not None}
    return {"name": param.name, **given}


def _value(x: Any) -> Any:
    if isinstance(x, Param):
        return _param(x)
    if isinstance(x, Prior):
        x = x.to_dict()
    if isinstance(x, Link):
        x = x.name if x.bounds is None else {"name": x.name, "bounds": x.bounds}
    if isinstance(x, Mapping):
        return {key: _value(value) for key, value in x.items()}
    if isinstance(x, Column):
        return {"column": x.name}
    if isinstance(x, tuple):
        return [_value(item) for item in x]
    return str(x) if isinstance(x, float) and isinf(x) else x


def _read_param(entry: Any, path: str) -> Param:
    if not isinstance(entry, dict):
        refuse(path, f"{entry!r} does not name a parameter", 'write {"name": "a", "prior": 1.5}')
    fields = dict(entry)
    if isinstance(fields.get("prior"), dict) and "formula" in fields:
        fields["prior"] = {key: _read_number(x) for key, x in fields["prior"].items()}
    elif "prior" in fields:
        fields["prior"] = _read_prior(fields["prior"], f"{path}.prior")
    for key in ("link", "bounds"):
        if key in fields:
            fields[key] = _read_number(fields[key])
    return Param.from_entry(fields, path)


def _read_prior(x: Any, path: str) -> Any:
    if isinstance(x, dict) and "column" in x:
        _check_keys(path, x, ("column",))
        if not isinstance(x["column"], str):
            refuse(f"{path}.column", f"{x['column']!r} is no name", "name a column of the data")
        return Column(x["column"])
    if isinstance(x, dict):
        return Prior.from_any(_read_number(x), path)
    return x


def _read_number(x: Any) -> Any:
    if isinstance(x, list):
        return [_read_number(item) for item in x]
    if isinstance(x, dict):
        return {key: _read_number(value) for key, value in x.items()}
    return _INFINITIES.get(x, x) if isinstance(x, str) else x


def _read_lapse(x: Any) -> Lapse | None:
    if x is None:
        return None
    if not isinstance(x, dict):
        refuse("json.lapse", f"{x!r} is no lapse", 'write {"p": 0.05, "distribution": {...}}')
    _check_keys("json.lapse", x, ("p", "distribution"))
    distribution = _read_prior(x["distribution"], "json.lapse.distribution")
    p, path = x["p"], "json.lapse.p"
    regressed = isinstance(p, dict) and "formula" in p
    return Lapse(_read_param(p, path) if regressed else _read_prior(p, path), distribution)


def _read_missing(x: Any) -> Missing | None:
    if x is None:
        return None
    if not isinstance(x, dict):
        refuse("json.missing", f"{x!r} says nothing of trials", 'write {"deadline": 1.5, ...}')
    _check_keys("json.missing", x, ("deadline", "withheld"))
    deadline = x["deadline"]
    if isinstance(deadline, dict):
        deadline = _read_prior(deadline, "json.missing.deadline")
    return Missing(deadline, x["withheld"])


def _check_keys(
    path: str, content: Mapping[str, Any], keys: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    known = keys + optional
    for key in content:
        if key not in known:
            refuse(
                f"{path}.{key}",
                f"there is no key {key!r}.{did_you_mean(key, known)}",
                f"use {', '.join(known)}",
            )
    for key in keys:
        if key not in content:
            refuse(f"{path}.{key}", "it is missing", "give the text that to_json() returned")

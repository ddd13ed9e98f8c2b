"""Which draws a plot shows, and under which names."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit import _compat
from ssmkit.errors import did_you_mean, refuse

if TYPE_CHECKING:
    import xarray as xr

# A variable with more values than this is trial-wise: shown only where its values are named.
TRIALWISE = 40

Names = str | Sequence[str] | None
Truth = Mapping[str, Any] | Sequence[float] | float | None


@dataclass(frozen=True)
class Column:
    """The draws ``(chain, draw)`` of one number, its label and, where known, its true value."""

    label: str
    draws: np.ndarray
    truth: float | None = None


@dataclass(frozen=True)
class Variable:
    """One variable of the posterior: a column for each of its values that is shown."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Selection:
    """What a plot shows: variables, divergent draws ``(chain, draw)``, a note on what is not."""

    variables: tuple[Variable, ...]
    diverging: np.ndarray
    note: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, variable after variable."""
        return tuple(column for variable in self.variables for column in variable.columns)


def select(model_or_traces: Any, var_names: Names, truth: Truth, *, room: int) -> Selection:
    """Return the draws that a plot with ``room`` for so many values shows.

    Parameters
    ----------
    model_or_traces
        A sampled model, its traces (InferenceData or DataTree), or a posterior Dataset.
    var_names
        Variables (``"v"``), single values (``"v[3]"``) or exceptions (``"~v"``). By default
        the smallest variables first, as long as there is room; no trial-wise ones.
    truth
        Reference values: a dict by variable or label, or, in the order of the plot, numbers.
        An array as long as its variable is taken value by value; what fits nothing is ignored.
    room
        Values that the plot shows well.

    Raises
    ------
    SsmkitError
        When the model has not been sampled, a name is unknown, more than twice ``room`` values
        are asked for, a draw is not finite, or a list of truths has the wrong length.
    """
    posterior, diverging = _groups(model_or_traces)
    labels = {str(name): _labels(posterior[name]) for name in posterior.data_vars}
    names = (
        [var_names] if isinstance(var_names, str) else [*(() if var_names is None else var_names)]
    )
    _check_names(names, labels)
    dropped = {name[1:] for name in names if name.startswith("~")}
    wanted = set(names) - {f"~{name}" for name in dropped}
    if wanted:
        kept, note = _asked(labels, wanted, dropped, room), ""
    else:
        kept, note = _default(labels, dropped, room)
    if not kept:
        left_out = ", ".join(f"~{name}" for name in dropped)
        refuse("var_names", f"nothing is left to show after {left_out}", "leave out fewer names")
    columns = {name: _columns(posterior[name], labels[name], kept[name]) for name in kept}
    truths = _truths(truth, labels, [c.label for c in itertools.chain(*columns.values())])
    variables = tuple(
        Variable(name, tuple(Column(c.label, c.draws, truths.get(c.label)) for c in columns[name]))
        for name in columns
    )
    return Selection(variables, diverging, note)


def chosen(var_names: Names, known: list[str]) -> list[str]:
    """Return the names asked for, of those that a study has; all by default.

    Raises
    ------
    SsmkitError
        When a name is unknown.
    """
    if var_names is None:
        return known
    names = [var_names] if isinstance(var_names, str) else list(var_names)
    for name in names:
        if name not in known:
            refuse(
                "var_names",
                f"there is no '{name}' in this study.{did_you_mean(name, known)}",
                f"use {', '.join(known)}",
            )
    return names


def _groups(model_or_traces: Any) -> tuple["xr.Dataset", np.ndarray]:
    traces = getattr(model_or_traces, "traces", model_or_traces)
    if traces is None:
        refuse(
            "model.traces",
            "the model has not been sampled, so there are no draws to show",
            "call model.sample() before the plot",
        )
    if not any(hasattr(traces, name) for name in ("children", "groups", "data_vars")):
        refuse(
            "model_or_traces",
            f"this is a {type(traces).__name__}, neither a model nor traces",
            "give the model itself, or model.traces",
        )
    posterior, stats = _compat.posterior(traces), _compat.group(traces, "sample_stats")
    if not {"chain", "draw"} <= set(posterior.sizes):
        found = ", ".join(map(str, posterior.sizes))
        refuse(
            "model_or_traces",
            f"its draws have no dimensions 'chain' and 'draw' (found: {found})",
            "give the model itself, or model.traces",
        )
    shape = (posterior.sizes["chain"], posterior.sizes["draw"])
    if stats is None or "diverging" not in stats:
        return posterior, np.zeros(shape, dtype=bool)
    return posterior, stats["diverging"].transpose("chain", "draw").to_numpy().astype(bool)


def _labels(values: "xr.DataArray") -> list[str]:
    dims = [dim for dim in values.dims if dim not in {"chain", "draw"}]
    if not dims:
        return [str(values.name)]
    places = itertools.product(*(values[dim].to_numpy() for dim in dims))
    return [f"{values.name}[{', '.join(map(str, place))}]" for place in places]


def _check_names(names: list[str], labels: dict[str, list[str]]) -> None:
    known = {*labels, *itertools.chain(*labels.values())}
    for name in names:
        if name.removeprefix("~") not in known:
            refuse(
                "var_names",
                f"the posterior has no '{name.removeprefix('~')}'."
                + did_you_mean(name.removeprefix("~"), known),
                f"choose from {', '.join(labels)}",
            )


def _asked(
    labels: dict[str, list[str]], wanted: set[str], dropped: set[str], room: int
) -> dict[str, list[int]]:
    """Return the places of the named values, in the order of the posterior."""
    kept = {}
    for name, own in labels.items():
        places = [i for i, x in enumerate(own) if {name, x} & wanted and not {name, x} & dropped]
        if places:
            kept[name] = places
    total = sum(map(len, kept.values()))
    if total > 2 * room:
        longest = max(kept, key=lambda name: len(kept[name]))
        refuse(
            "var_names",
            f"{total:,} values were asked for, and this plot has room for {2 * room}",
            f'name single values, as in var_names=["{labels[longest][0]}"]',
        )
    return kept


def _default(
    labels: dict[str, list[str]], dropped: set[str], room: int
) -> tuple[dict[str, list[int]], str]:
    """Return the places of the smallest variables that there is room for, and what is left out."""
    fits: dict[str, list[int]] = {}
    places = {
        name: [i for i, x in enumerate(own) if not {name, x} & dropped]
        for name, own in labels.items()
    }
    left = room
    for name in sorted(places, key=lambda name: len(places[name])):
        size = len(places[name])
        if 0 < size <= min(left, TRIALWISE):
            fits[name] = places[name]
            left -= size
    out = [name for name in places if places[name] and name not in fits]
    if not fits and out:
        refuse(
            "var_names",
            f"the smallest variable, '{out[0]}', has {len(places[out[0]]):,} values",
            f'name single values, as in var_names=["{labels[out[0]][0]}"]',
        )
    sizes = ", ".join(
        f"{name} ({len(places[name]):,} value{'s' * (len(places[name]) > 1)})" for name in out
    )
    note = f'Not shown: {sizes}. var_names=["{labels[out[0]][0]}"] shows one.' if out else ""
    return {name: fits[name] for name in labels if name in fits}, note


def _columns(values: "xr.DataArray", labels: list[str], places: list[int]) -> list[Column]:
    draws = values.transpose("chain", "draw", ...).to_numpy()
    draws = draws.reshape(*draws.shape[:2], -1)[:, :, places].astype(float)
    broken = int((~np.isfinite(draws)).sum())
    if broken:
        refuse(
            f"posterior.{values.name}",
            f"{broken:,} of its draws are not finite numbers",
            f'sample again, or leave it out with var_names=["~{values.name}"]',
        )
    return [Column(labels[place], draws[:, :, i]) for i, place in enumerate(places)]


def _truths(truth: Truth, labels: dict[str, list[str]], shown: list[str]) -> dict[str, float]:
    if truth is None:
        return {}
    if not hasattr(truth, "keys"):
        values = [truth] if isinstance(truth, Real) else list(truth)
        if len(values) != len(shown):
            refuse(
                "truth",
                f"{len(values)} reference values were given for {len(shown)} values shown",
                f'give them by name, as in truth={{"{shown[0]}": {float(values[0]):g}}}'
                if values
                else "leave truth out",
            )
        return dict(zip(shown, map(float, values), strict=True))
    found: dict[str, float] = {}
    for name, given in dict(truth).items():
        own = labels.get(name, [name])
        values = np.ravel(given)
        if values.size == len(own) and np.issubdtype(values.dtype, np.number):
            found |= dict(zip(own, map(float, values), strict=True))
    return found

"""Checks of predictors, cells and participants."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from ssmkit.errors import Problem

SPREAD = (0.3, 3.0)
"""Standard deviations of a predictor that the default priors of slopes were made for."""


def check_covariate(column: pd.Series) -> Iterator[Problem]:
    """Find what is wrong with a predictor."""
    name, path = column.name, f"data.{column.name}"
    missing = int(column.isna().sum())
    if missing:
        yield Problem(
            path,
            f"{missing} of {len(column)} values of {name} are missing (NaN)",
            f'data = data.dropna(subset=["{name}"])',
        )
    values = column.dropna()
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if numeric and np.isinf(values).any():
        message = f"{int(np.isinf(values).sum())} values of {name} are infinite"
        yield Problem(path, message, f'data = data[np.isfinite(data["{name}"])]')
        return
    levels = values.nunique()
    if levels == 1:
        yield Problem(
            path,
            f"{name} is {values.tolist()[0]!r} on every trial, like an intercept",
            f"leave {name} out of the formula",
            "warning",
        )
    elif numeric and levels > 1:
        yield from _check_scale(values, path)


def _check_scale(values: pd.Series, path: str) -> Iterator[Problem]:
    name = values.name
    # A contrast of two codes is scaled by their distance, however many trials each has.
    two = values.nunique() == 2
    spread = float(np.ptp(values) / 2 if two else values.std())
    if not SPREAD[0] <= spread <= SPREAD[1]:
        what = f"the two codes of {name} are {2 * spread:.3g} apart" if two else ""
        yield Problem(
            path,
            what or f"{name} has a standard deviation of {spread:.3g}",
            f'data["{name}"] = (data["{name}"] - data["{name}"].mean()) / data["{name}"].std(),'
            " for the default priors of slopes expect about 1",
            "warning",
        )


def check_groups(data: pd.DataFrame, groups: list[str]) -> Iterator[Problem]:
    """Find cells of the design without a trial."""
    levels = []
    for name in groups:
        column = data[name]
        if column.isna().any():
            message = f"{int(column.isna().sum())} values of {name} are missing (NaN)"
            yield Problem(f"data.{name}", message, f'data = data.dropna(subset=["{name}"])')
        seen = column.dropna().unique().tolist()
        levels.append(seen)
        if isinstance(column.dtype, pd.CategoricalDtype):
            unused = [level for level in column.cat.categories if level not in seen]
            if unused:
                yield Problem(
                    f"data.{name}",
                    f"no trial has {name} {', '.join(map(repr, unused))}",
                    f'data["{name}"] = data["{name}"].cat.remove_unused_categories()',
                )
    if len(groups) < 2:
        return
    filled = set(data[groups].drop_duplicates().itertuples(index=False, name=None))
    empty = [cell for cell in product(*levels) if cell not in filled]
    if empty:
        cells = "; ".join(
            ", ".join(f"{name} {level!r}" for name, level in zip(groups, cell, strict=True))
            for cell in empty[:3]
        )
        yield Problem(
            "data",
            f"{len(empty)} of {np.prod([len(seen) for seen in levels])} cells have no trial:"
            f" {cells}{'; ...' if len(empty) > 3 else ''}",
            f"leave the interaction out, {' + '.join(groups)}, or drop a level",
            "warning",
        )


def check_participant(column: pd.Series) -> Iterator[Problem]:
    """Find what is wrong with the column that names participants."""
    name, path = column.name, f"data.{column.name}"
    missing = int(column.isna().sum())
    if missing:
        message = f"{missing} trials have no {name} (NaN)"
        yield Problem(path, message, f'data = data.dropna(subset=["{name}"])')
    people = column.dropna().unique()
    if len(people) == 1:
        yield Problem(
            path,
            f"there is one participant, {people.tolist()[0]!r}, and so nothing to pool",
            f"leave (1 | {name}) out of the formula",
            "warning",
        )

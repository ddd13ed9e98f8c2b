"""Checks of reaction times and responses."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import Problem
from ssmkit.modelconfig.config import ModelConfig

MISSING = -999.0
"""The field's code of a trial without a response."""
FASTEST = 0.1
"""Seconds below which no decision is made (Whelan, 2008)."""
SLOWEST_MEDIAN = 50.0
"""Seconds; a median above it is a number of milliseconds."""


def check_rt(column: pd.Series, *, may_miss: bool, lapses: bool) -> Iterator[Problem]:
    """Find what is wrong with reaction times."""
    path = "data.rt"
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        message = f"reaction times are {column.dtype}, such as {column.iloc[0]!r}, and no numbers"
        yield Problem(path, message, 'data["rt"] = pd.to_numeric(data["rt"], errors="coerce")')
        return
    rt = column.to_numpy(dtype=float, na_value=np.nan)
    missing = np.isnan(rt) | (rt == MISSING)
    if missing.any() and not may_miss:
        what = "missing (NaN)" if np.isnan(rt).any() else f"{MISSING:g}, the code of a missing one"
        yield Problem(
            path,
            f"{missing.sum()} of {len(rt)} reaction times are {what}",
            'data = data[data["rt"] > 0]',
        )
    rt = rt[~missing]
    if np.isinf(rt).any():
        message = f"{np.isinf(rt).sum()} reaction times are infinite"
        yield Problem(path, message, 'data = data[np.isfinite(data["rt"])]')
        rt = rt[np.isfinite(rt)]
    bad = rt <= 0
    if bad.any():
        yield Problem(
            path,
            f"{bad.sum()} reaction times are negative or zero, such as {rt[bad].min():g}",
            'data = data[data["rt"] > 0], or data["rt"].abs() where the sign codes the response',
        )
    rt = rt[~bad]
    if len(rt) and np.median(rt) > SLOWEST_MEDIAN:
        message = f"the median reaction time is {np.median(rt):g}, which looks like milliseconds"
        yield Problem(path, message, 'data["rt"] = data["rt"] / 1000')
    elif not lapses:
        yield from _check_fast(rt, path)


def _check_fast(rt: np.ndarray, path: str) -> Iterator[Problem]:
    fast = rt < FASTEST
    if fast.any():
        yield Problem(
            path,
            f"{fast.sum()} responses come before {FASTEST} s, the fastest at {rt.min():.3g} s:"
            " fast guesses, which hold the non-decision time t below them",
            'drop them, data = data[data["rt"] > 0.1], or let the model have lapses, p_outlier='
            '{"name": "Beta", "alpha": 1, "beta": 19}',
            "warning",
        )


def check_response(data: pd.DataFrame, config: ModelConfig, *, may_miss: bool) -> Iterator[Problem]:
    """Find what is wrong with the codes of responses."""
    path, column = "data.response", data["response"]
    missing = column.isna()
    rt = data["rt"]
    if pd.api.types.is_numeric_dtype(rt):
        # What is missing altogether was already said of the reaction time.
        lost = missing & ~(rt.isna() | (rt == MISSING))
    else:
        lost = missing
    if lost.any():
        yield Problem(
            path,
            f"{lost.sum()} of {len(column)} responses are missing (NaN)",
            'data = data.dropna(subset=["response"])',
        )
    present = column[~missing]
    if may_miss:
        present = present[present != MISSING]
    codes = present.unique().tolist()
    wrong = [code for code in codes if code not in config.choices or isinstance(code, bool)]
    if wrong:
        yield _wrong_codes(path, codes, wrong, config)
    elif len(codes) == 1:
        yield Problem(
            path,
            f"every response is {codes[0]:g}: how far the bound is from the start cannot be told"
            " from the drift",
            'fix the start, z=0.5, and see whether responses were lost: data["response"].unique()',
            "warning",
        )


def _wrong_codes(path: str, codes: list[Any], wrong: list[Any], config: ModelConfig) -> Problem:
    wanted = " and ".join(map(str, config.choices))
    shown = ", ".join(repr(code) for code in sorted(codes, key=str)[:6])
    two = set(config.choices) == {-1, 1}
    if two and all(isinstance(code, bool | int | float) for code in codes) and set(codes) <= {0, 1}:
        return Problem(
            f"{path}[0/1]",
            f"responses are coded 0/1, and {config.name} has {wanted}",
            "data = ssmkit.code_responses(data, correct=1) when 1 is a correct response, or"
            " ssmkit.code_responses(data, upper=1) when it is a side",
        )
    if two and len(codes) <= 2:
        last = max(codes, key=str)
        kind = "words" if all(isinstance(code, str) for code in codes) else "other codes"
        return Problem(
            path,
            f"responses are {kind}, {shown}, and {config.name} has {wanted}",
            f"data = ssmkit.code_responses(data, correct={last!r}) when they say whether they were"
            f" correct, or ssmkit.code_responses(data, upper={last!r}) when they say which side",
        )
    return Problem(
        path,
        f"responses are {shown}; {len(wrong)} of these codes are none of {config.name}'s, {wanted}",
        f"keep the model's own: data = data[data['response'].isin({list(config.choices)})]",
    )

"""Checks of how much the trials of a cell can say."""

from collections.abc import Iterator, Sequence

import pandas as pd

from ssmkit.errors import Problem
from ssmkit.modelconfig.config import ModelConfig

TRIALS = {"v": 40, "z": 200, "sv": 1000}
"""Trials in a cell from which a parameter can be had with some precision."""
FEWEST = 10
"""Responses of the rarer kind in a cell, below which they say little about the start."""


def check_amount(
    data: pd.DataFrame, config: ModelConfig, cells: list[str], fixed: Sequence[str]
) -> Iterator[Problem]:
    """Find cells with few trials, or few of the rarer response."""
    counts = _counts(data, config, cells)
    n = counts.sum(axis=1)
    for name, least in TRIALS.items():
        if name not in config.list_params or name in fixed or not (cells or name == "v"):
            continue
        few = n[n < least]
        if len(few):
            what = f"{_cells(len(few), len(n))} under {least} trials, the fewest {few.min()}"
            yield Problem("data", f"{what}: few for {name}", _advice(name), "warning")
    rarer = counts.min(axis=1)[(counts > 0).sum(axis=1) > 1]
    few = rarer[rarer < FEWEST]
    drift_varies = "sv" in config.list_params and "sv" not in fixed
    if len(few) and set(config.choices) == {-1, 1} and ("z" not in fixed or drift_varies):
        also = " and leave sv out (model='ddm')" if drift_varies else ""
        yield Problem(
            "data.response",
            f"{_cells(len(few), len(n))} under {FEWEST} of the rarer response (such as errors),"
            f" the fewest {few.min()}",
            f"fix the start, z=0.5{also}",
            "warning",
        )


def _counts(data: pd.DataFrame, config: ModelConfig, cells: list[str]) -> pd.DataFrame:
    """Count the responses of each code in each cell that has a trial."""
    given = data[data["response"].isin(config.choices)]
    keys = [given[name].rename(f"cell {i}") for i, name in enumerate(cells)]
    if not keys:
        keys = [pd.Series(0, index=given.index)]
    hits = {code: given["response"] == code for code in config.choices}
    return pd.DataFrame(
        {code: hit.groupby(keys, observed=True).sum() for code, hit in hits.items()}
    )


def _cells(few: int, of: int) -> str:
    return f"{few} of {of} cells have" if of > 1 else "the data have"


def _advice(name: str) -> str:
    return {
        "v": "collect more trials, or pool participants in one hierarchical model",
        "z": "fix the start, z=0.5, where nothing speaks for a bias",
        "sv": "leave sv out: model='ddm'",
    }[name]

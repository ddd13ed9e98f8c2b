"""What is wrong with a data frame, before a model sees it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ssmkit.data._amount import check_amount
from ssmkit.data._design import check_covariate, check_groups, check_participant
from ssmkit.data._response import check_response, check_rt
from ssmkit.errors import Problem, did_you_mean
from ssmkit.modelconfig import get_config


def check_data(
    data: Any,
    model: str = "ddm",
    *,
    covariates: Sequence[str] = (),
    groups: Sequence[str] = (),
    participant: str | None = None,
    missing_data: bool = False,
    deadline: bool = False,
    lapses: bool = False,
    fixed: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Find what is wrong with a data frame, and what to do about it.

    Parameters
    ----------
    data
        One row a trial, with ``rt`` in seconds and ``response`` in the model's codes.
    model
        The model that is to be fitted, one of :func:`ssmkit.list_models`.
    covariates
        Columns that predict a parameter.
    groups
        Columns whose combinations are the cells of the design.
    participant
        Column that says whose trial it is.
    missing_data, deadline
        Whether trials without a response (NaN or -999) belong to the model.
    lapses
        Whether the model has lapses, whose business very fast responses then are.
    fixed
        Parameters that are not estimated, for which no amount of data is needed.

    Returns
    -------
    tuple of Problem
        Errors, which a model would refuse, and warnings. Empty when all is well.

    Raises
    ------
    SsmkitError
        When there is no such model; never for what is in the data.

    Notes
    -----
    Rules of thumb for a cell: 40 trials for a drift, 200 for a bias, 1,000 for its variability
    across trials, and 10 responses of the rarer kind. Over all trials together, only the first and
    the last are looked at; name ``groups`` or ``participant`` for the rest.

    Examples
    --------
    >>> data = pd.DataFrame({"rt": [512.0, 634.0], "response": [1, -1]})
    >>> for problem in check_data(data):
    ...     print(problem.path, "|", problem.fix)
    data.rt | data["rt"] = data["rt"] / 1000
    """
    config = get_config(model)
    frame = tuple(_check_frame(data, [*config.response, *covariates, *groups, participant]))
    if frame:
        return frame
    may_miss = missing_data or deadline
    problems = [
        *_check_index(data),
        *check_rt(data["rt"], may_miss=may_miss, lapses=lapses),
        *check_response(data, config, may_miss=may_miss),
    ]
    sound = not any(problem.severity == "error" for problem in problems)
    for name in dict.fromkeys(covariates):
        problems += check_covariate(data[name])
    problems += check_groups(data, list(groups))
    if participant is not None:
        problems += check_participant(data[participant])
    if sound:
        cells = [*groups, *([participant] if participant is not None else [])]
        problems += check_amount(data, config, cells, fixed)
    return tuple(problems)


def _check_frame(data: Any, columns: list[str | None]) -> Iterator[Problem]:
    if not isinstance(data, pd.DataFrame):
        fix = 'make one: pd.DataFrame({"rt": rts, "response": responses})'
        yield Problem("data", f"this is a {type(data).__name__} and no data frame", fix)
        return
    names = [str(name) for name in data.columns]
    for column in dict.fromkeys(columns):
        if column is not None and column not in data.columns:
            yield _missing_column(column, names)
    if len(data) == 0:
        yield Problem("data", "there are no trials", "look at how the file was read or filtered")


def _missing_column(column: str, names: list[str]) -> Problem:
    # People call a reaction time many things, and none of them is near "rt" in letters.
    synonyms = {
        "rt": ("reaction_time", "response_time", "latency"),
        "response": ("resp", "choice", "correct", "accuracy", "acc"),
    }
    folded = {name.lower().replace(" ", "_").replace(".", "_"): name for name in names}
    meant = [folded[word] for word in (column.lower(), *synonyms.get(column, ())) if word in folded]
    hint = f" Did you mean '{meant[0]}'?" if meant else did_you_mean(column, names)
    old = meant[0] if meant else "..."
    fix = f'data = data.rename(columns={{"{old}": "{column}"}})'
    return Problem(
        "data",
        f"there is no column '{column}'; the columns are {', '.join(names) or 'none'}.{hint}",
        fix if column in synonyms or meant else f"name one of {', '.join(names)}",
    )


def _check_index(data: pd.DataFrame) -> Iterator[Problem]:
    repeated = int(data.index.duplicated().sum())
    if repeated:
        yield Problem(
            "data.index",
            f"{repeated} rows have an index that an earlier row has too",
            "data = data.reset_index(drop=True)",
            "warning",
        )

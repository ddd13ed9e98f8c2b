"""Trials without a reaction time: what they are, and until when a response was waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from ssmkit.errors import Problem, did_you_mean, refuse
from ssmkit.spec.values import Column, as_number

CODE = -999.0
"""The field's code of a reaction time or response that is missing; NaN means the same."""
ANSWERED, SILENT, UNTIMED = 0, 1, 2
"""Kinds of trials: with a time; without a response; with a response and no time."""
_EXAMPLE = 'write deadline=1.5 (seconds), deadline="deadline" (a column), or leave it out'


@dataclass(frozen=True)
class Missing:
    """What a trial without a reaction time says.

    A trial whose response is missing too had none before the deadline. A trial whose response is
    known is one of which the time alone was not kept.

    Parameters
    ----------
    deadline
        Seconds from the start of a trial after which no response was taken: a number, or a column
        of the data. None where there was none.
    withheld
        The response that is given by doing nothing, as in a go/no-go task: a trial without a
        response is then either that response or a late one. None where every choice is an act.

    Raises
    ------
    SsmkitError
        When the deadline is no time.

    Examples
    --------
    >>> Missing(1.5)
    Missing(deadline=1.5, withheld=None)
    """

    deadline: float | Column | None = None
    withheld: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.deadline, str):
            object.__setattr__(self, "deadline", Column(self.deadline))
        elif self.deadline is not None and not isinstance(self.deadline, Column):
            seconds = as_number(self.deadline)
            if seconds is None or not 0 < seconds < float("inf"):
                refuse("deadline", f"{self.deadline!r} is no time", _EXAMPLE)
            object.__setattr__(self, "deadline", seconds)
        if self.withheld is not None:
            if as_number(self.withheld) is None or self.withheld != int(self.withheld):
                refuse("withheld", f"{self.withheld!r} is no response", "write withheld=-1")
            object.__setattr__(self, "withheld", int(self.withheld))

    @classmethod
    def build(cls, missing_data: Any, deadline: Any, withheld: Any) -> Self | None:
        """Return what these arguments of ``HSSM`` say of trials without a reaction time.

        Parameters
        ----------
        missing_data
            Whether there are such trials.
        deadline
            False or None for none; True for the column ``deadline``; a column; seconds.
        withheld
            As for :class:`Missing`.

        Returns
        -------
        Missing or None
            None where every trial has its time.

        Raises
        ------
        SsmkitError
            When one cannot be read.

        Examples
        --------
        >>> Missing.build(True, True, None)
        Missing(deadline=Column(name='deadline'), withheld=None)
        """
        if not isinstance(missing_data, bool):
            refuse(
                "missing_data",
                f"{missing_data!r} is neither True nor False",
                "code trials without a time as NaN or -999, and write missing_data=True",
            )
        deadline = None if deadline is None or deadline is False else deadline
        deadline = "deadline" if deadline is True else deadline
        if deadline is None and withheld is None and not missing_data:
            return None
        return cls(deadline, withheld)

    def kinds(self, data: pd.DataFrame) -> np.ndarray:
        """Return the kind of each trial.

        Parameters
        ----------
        data
            With columns ``rt`` and ``response``.

        Returns
        -------
        ndarray
            :data:`ANSWERED`, :data:`SILENT` or :data:`UNTIMED`, (n,).
        """
        rt, response = (_numbers(data[name]) for name in ("rt", "response"))
        silent = np.isnan(response) | (
            response == (np.nan if self.withheld is None else self.withheld)
        )
        return np.where(~np.isnan(rt), ANSWERED, np.where(silent, SILENT, UNTIMED)).astype(np.int8)

    def seconds(self, data: pd.DataFrame) -> np.ndarray | float | None:
        """Return the deadline in seconds, one number or one a trial; None where there is none."""
        return self.deadline.of(data) if isinstance(self.deadline, Column) else self.deadline


def missing_problems(missing: Missing | None, data: pd.DataFrame) -> Iterator[Problem]:
    """Find what is wrong with trials without a reaction time, and with their deadline.

    Parameters
    ----------
    missing
        What is said of them.
    data
        The data frame.

    Returns
    -------
    iterator of Problem
    """
    if missing is None or not {"rt", "response"} <= set(data.columns):
        return
    column = missing.deadline
    if isinstance(column, Column):
        if column.name not in data.columns:
            names = [name for name in data.columns if isinstance(name, str)]
            hint = did_you_mean(column.name, names)
            found = f"the data have no column {column.name!r}, the deadline of each trial.{hint}"
            yield Problem("deadline", found, f'data["{column.name}"] = 1.5, or {_EXAMPLE}')
            return
        if not (_numbers(data[column.name]) > 0).all():
            found = f"{column.name} holds what is no time above 0"
            yield Problem("deadline", found, f'look at data["{column.name}"].describe()')
            return
    kinds, seconds = missing.kinds(data), missing.seconds(data)
    silent = int((kinds == SILENT).sum())
    if silent and seconds is None and missing.withheld is None:
        yield Problem(
            "deadline",
            f"{silent} trials have no response, and nothing says until when one was waited for",
            'write deadline=1.5 (seconds), or deadline="deadline" for a column of them; or'
            " withheld=-1 where one of the responses is to do nothing",
        )
    if seconds is not None:
        late = int((_numbers(data["rt"]) > seconds).sum())
        if late:
            yield Problem(
                "deadline",
                f"{late} of {len(data)} reaction times are after their deadline",
                "take the deadline that the experiment had, or make these trials missing:"
                ' data.loc[data["rt"] > 1.5, ["rt", "response"]] = float("nan")',
            )
    if not (kinds == ANSWERED).any():
        yield Problem(
            "data.rt",
            "no trial has a reaction time, and shares of responses alone cannot tell the drift from"
            " the boundary, or say anything of the non-decision time",
            "fix them, a=1, t=0.3, and read v in units of that boundary",
            "warning",
        )


def _numbers(column: pd.Series) -> np.ndarray:
    """Return a column as numbers, NaN where it is missing."""
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(values == CODE, np.nan, values)

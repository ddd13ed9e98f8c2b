"""Codes of responses: the words and numbers of an experiment, as -1 and 1."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import did_you_mean, refuse


def code_responses(
    data: pd.DataFrame,
    *,
    correct: Hashable = None,
    upper: Hashable = None,
    stimulus: str | None = None,
    response: str = "response",
) -> pd.DataFrame:
    """Code responses as -1 and 1, by accuracy or by side, or turn one coding into the other.

    Parameters
    ----------
    data
        One row a trial.
    correct
        The code of a correct response, where the responses say whether they were correct.
    upper
        The code of the upper bound, where the responses (or the stimuli) say which side they are.
    stimulus
        The column that says which side was the right one.
    response
        The column of the responses.

    Returns
    -------
    pandas.DataFrame
        A copy with responses -1.0 and 1.0; missing ones stay missing. With ``stimulus`` and a
        coding by side, the column of the stimuli is -1.0 and 1.0 too.

        =====================  ============================  =================================
        given                  the responses were            the responses are
        =====================  ============================  =================================
        correct                correct or not                1 correct, -1 not
        upper                  sides                         1 upper, -1 lower
        upper, stimulus        sides                         1 upper, -1 lower
        correct, stimulus      correct or not                1 upper, -1 lower
        stimulus               sides, as in the stimuli      1 correct, -1 not
        nothing                0 and 1                       -1 for 0
        =====================  ============================  =================================

    Raises
    ------
    SsmkitError
        When a column or a code is not in the data, or the responses have more than two codes.

    Notes
    -----
    Coded by accuracy, the drift is towards the correct response, and the start cannot lean to a
    side: fix ``z=0.5``. Coded by side, the drift changes its sign with the stimulus, which
    ``v ~ 0 + stim`` says, and ``z`` is the bias to the upper side.

    Examples
    --------
    >>> data = pd.DataFrame({"rt": [0.6, 0.9], "response": ["left", "right"]})
    >>> code_responses(data, upper="right")["response"].tolist()
    [-1.0, 1.0]
    """
    _check_columns(data, [response, *([stimulus] if stimulus is not None else [])])
    if correct is None and upper is None and stimulus is None:
        if set(_codes(data[response])) <= {0, 1}:
            return code_responses(data, upper=1, response=response)
        refuse(
            "code_responses",
            "nothing says what the responses mean",
            "write code_responses(data, correct=1) when they say whether they were correct, or"
            " code_responses(data, upper='right') when they say which side they were",
        )
    if correct is not None and upper is not None and stimulus is None:
        refuse(
            "code_responses",
            "correct= and upper= are two meanings of the responses",
            "give one of them, or name the column of the stimuli too: stimulus='stim'",
        )
    out = data.copy()
    if stimulus is None:
        out[response] = _signs(data, response, upper if correct is None else correct)
    elif correct is not None:
        side = _sides(data, stimulus, upper)
        out[response] = side * _signs(data, response, correct)
        out[stimulus] = side
    elif upper is not None:
        out[response] = _signs(data, response, upper)
        out[stimulus] = _signs(data, stimulus, upper)
    else:
        out[response] = _agreement(data, response, stimulus)
    return out


def _check_columns(data: pd.DataFrame, columns: list[str]) -> None:
    for column in columns:
        if column not in data.columns:
            names = [str(name) for name in data.columns]
            refuse(
                "data",
                f"there is no column {column!r}.{did_you_mean(column, names)}",
                f"name one of {', '.join(names)}",
            )


def _signs(data: pd.DataFrame, column: str, code: Any) -> pd.Series:
    """Return 1 where the column has the code, -1 where it has the other, NaN where nothing."""
    values = data[column]
    codes = _codes(values)
    if len(codes) > 2:
        refuse(
            f"data.{column}",
            f"there are {len(codes)} codes, {_listed(codes)}, and a model of two choices has 2",
            f"keep the trials of two: data[data[{column!r}].isin([{_listed(codes[:2])}])]",
        )
    if code not in codes:
        refuse(
            f"data.{column}",
            f"no trial has {code!r}; the codes are {_listed(codes)}."
            f"{did_you_mean(str(code), map(str, codes))}",
            f"give the one of {_listed(codes)} that is meant",
        )
    signs = pd.Series(np.where(values == code, 1.0, -1.0), index=values.index, name=column)
    return signs.where(values.notna())


def _sides(data: pd.DataFrame, stimulus: str, upper: Any) -> pd.Series:
    if upper is not None:
        return _signs(data, stimulus, upper)
    codes = _codes(data[stimulus])
    if not set(codes) <= {-1, 1}:
        refuse(
            f"data.{stimulus}",
            f"the stimuli are {_listed(codes)}, and nothing says which is at the upper bound",
            f"add upper={codes[-1]!r}",
        )
    return data[stimulus].astype(float)


def _agreement(data: pd.DataFrame, response: str, stimulus: str) -> pd.Series:
    codes, sides = _codes(data[response]), _codes(data[stimulus])
    if not set(codes) <= set(sides):
        refuse(
            f"data.{response}",
            f"the responses are {_listed(codes)} and the stimuli {_listed(sides)}, which do not"
            " compare",
            "give both the same codes, or add correct= or upper=",
        )
    known = data[response].notna() & data[stimulus].notna()
    same = data[response].astype(object) == data[stimulus].astype(object)
    return pd.Series(np.where(same, 1.0, -1.0), index=data.index).where(known)


def _codes(values: pd.Series) -> list[Any]:
    return sorted(values.dropna().unique().tolist(), key=lambda code: (str(type(code)), code))


def _listed(codes: list[Any]) -> str:
    return ", ".join(map(repr, codes[:6])) + (", ..." if len(codes) > 6 else "")

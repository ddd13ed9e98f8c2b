"""A data frame as CSV that is the same frame when it is read again.

CSV alone forgets the types of columns and cannot tell a missing word from an empty one, so a list
of columns is kept beside it.
"""

from collections.abc import Mapping, Sequence
from csv import QUOTE_NONNUMERIC
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from ssmkit.errors import refuse

_LABELS = str | bool | int | float


def write_table(data: pd.DataFrame) -> tuple[str, list[dict[str, Any]]]:
    """Return a data frame as CSV, and what has to be known of each column to read it.

    Parameters
    ----------
    data
        Columns of numbers, truth values, words and categories. Its index is not kept.

    Returns
    -------
    str
        CSV with a header, for any program.
    list of dict
        For each column ``name``, ``kind``, ``dtype``, the rows that are ``missing`` and, for
        categories, ``categories`` and ``ordered``.

    Raises
    ------
    SsmkitError
        For a column of anything else, such as dates.

    Examples
    --------
    >>> csv, columns = write_table(pd.DataFrame({"rt": [0.1 + 0.2], "response": [-1]}))
    >>> csv.splitlines()
    ['"rt","response"', '0.30000000000000004,-1']
    >>> read_table(csv, columns)["rt"][0]
    np.float64(0.30000000000000004)
    """
    columns = [_describe(str(name), data.iloc[:, i]) for i, name in enumerate(data.columns)]
    # All words are quoted: pandas leaves a lone carriage return bare, and reads it as a row.
    text = data.to_csv(index=False, lineterminator="\n", quoting=QUOTE_NONNUMERIC)
    return text, columns


def read_table(text: str, columns: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the data frame that :func:`write_table` wrote; its rows are numbered from 0.

    Parameters
    ----------
    text, columns
        As :func:`write_table` returned them.

    Returns
    -------
    DataFrame
    """
    # Every cell is read as a word, so that nothing is guessed; the list says what it is.
    words = pd.read_csv(
        StringIO(text), dtype=str, keep_default_na=False, na_filter=False, skip_blank_lines=False
    )
    series = [_series(words.iloc[:, i].to_numpy(object), c) for i, c in enumerate(columns)]
    frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=words.index)
    frame.columns = [column["name"] for column in columns]
    return frame


def _describe(name: str, column: pd.Series) -> dict[str, Any]:
    kind = _kind(column)
    if kind is None:
        refuse(
            f"data[{name!r}]",
            f"a column of {column.dtype} cannot be kept",
            f"drop it, or turn it into words or numbers: data[{name!r}].astype(str)",
        )
    rows = [int(i) for i in np.flatnonzero(column.isna().to_numpy())]
    out = {"name": name, "kind": kind, "dtype": str(column.dtype), "missing": rows}
    if kind == "category":
        labels = [x.item() if isinstance(x, np.generic) else x for x in column.cat.categories]
        out |= {"categories": labels, "ordered": bool(column.cat.ordered)}
    return out


def _kind(column: pd.Series) -> str | None:
    types = pd.api.types
    if isinstance(column.dtype, pd.CategoricalDtype):
        labels = column.cat.categories
        plain = all(isinstance(x, _LABELS | np.number | np.bool_) for x in labels)
        return "category" if plain and len({str(x) for x in labels}) == len(labels) else None
    if types.is_bool_dtype(column.dtype):
        return "bool"
    if types.is_integer_dtype(column.dtype):
        return "integer"
    if types.is_float_dtype(column.dtype):
        return "float"
    return "word" if all(isinstance(x, str) for x in column.dropna()) else None


def _series(words: np.ndarray, column: Mapping[str, Any]) -> pd.Series:
    kind, missing = column["kind"], set(column["missing"])
    if kind == "category":
        place = {str(label): i for i, label in enumerate(column["categories"])}
        codes = [-1 if i in missing else place[word] for i, word in enumerate(words)]
        labels = pd.Index(column["categories"])
        return pd.Series(pd.Categorical.from_codes(codes, labels, ordered=column["ordered"]))
    if kind == "word":
        # Without a dtype: pandas 2 keeps words as objects, pandas 3 as str.
        return pd.Series([None if i in missing else word for i, word in enumerate(words)])
    cast = {"bool": lambda word: word == "True", "integer": int, "float": float}[kind]
    empty = float("nan") if kind == "float" else None
    values = [empty if i in missing else cast(word) for i, word in enumerate(words)]
    return pd.Series(values, dtype=column["dtype"])

"""The columns of a data frame, as a formula may use them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

FEW = 12
"""Most levels of a whole number that may well be a code for conditions."""
WAYS = {
    "as it is": "{}",
    "scaled": "scale({})",
    "centred": "center({})",
    "log": "np.log({})",
    "categories": "C({})",
}
"""What can be done to a column, and how a formula writes it."""


@dataclass(frozen=True)
class Column:
    """A column that can predict a parameter or name its groups.

    Parameters
    ----------
    name
        Its name.
    kind
        ``"number"``, ``"categories"`` or ``"constant"``.
    levels
        Its values, sorted, where they are few enough to be conditions or groups.
    groups
        Whether its values can be those of groups: each is there more than once.
    count
        Number of its different values.
    """

    name: str
    kind: str
    levels: tuple[Any, ...] = ()
    groups: bool = False
    count: int = 0

    @property
    def said(self) -> str:
        """The name, and what is in the column.

        Examples
        --------
        >>> Column("cond", "categories", ("easy", "hard")).said
        'cond (2 levels)'
        """
        if self.kind == "constant":
            return f"{self.name} (the same on every trial)"
        if self.levels:
            return f"{self.name} ({len(self.levels)} levels)"
        return f"{self.name} ({f'{self.count} groups' if self.groups else self.kind})"


def columns_of(data: Any, taken: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns that a formula can name, without those that the model explains.

    Parameters
    ----------
    data
        The data frame.
    taken
        Names to leave out.

    Returns
    -------
    tuple of Column
        In the order of the data. Without those whose name is no text, comes twice or has a
        backquote in it, which no formula can write.

    Examples
    --------
    >>> import pandas as pd
    >>> [c.said for c in columns_of(pd.DataFrame({"rt": [1.0, 2.0], "x": [0.5, 0.7]}), ("rt",))]
    ['x (number)']
    """
    words = [name if isinstance(name, str) else "" for name in data.columns]
    count = Counter(words)
    return tuple(
        _column(name, data.iloc[:, place])
        for place, name in enumerate(words)
        if name.strip() and not set(name) & set("`\n") and name not in taken and count[name] == 1
    )


def _column(name: str, values: Any) -> Column:
    try:
        levels = values.dropna().unique()
    except TypeError:  # lists and dicts, which are no levels
        return Column(name, "constant")
    if len(levels) <= 1:
        return Column(name, "constant")
    numbers = values.dtype.kind in "iuf"
    shared = len(levels) <= len(values) / 2
    whole = values.dtype.kind in "iu"
    if numbers and not (whole and shared):
        return Column(name, "number")
    try:
        levels = sorted(levels.tolist())
    except TypeError:
        levels = sorted(levels.tolist(), key=str)
    few = len(levels) <= FEW or not numbers
    kept = tuple(levels) if shared and few else ()
    return Column(name, "number" if numbers else "categories", kept, shared, len(levels))


def written_level(level: Any) -> str:
    r"""Return a level as a formula writes it.

    Examples
    --------
    >>> written_level("easy"), written_level("it's"), written_level(2)
    ('"easy"', '"it\'s"', '2')
    """
    if isinstance(level, str):
        return f'"{level}"' if '"' not in level else f"'{level}'"
    return repr(level)


def writable_level(level: Any) -> bool:
    """Whether a formula can write a level: it has no way to write both kinds of quotes."""
    if isinstance(level, str):
        return not ('"' in level and "'" in level) and "\n" not in level
    return isinstance(level, int) and not isinstance(level, bool)

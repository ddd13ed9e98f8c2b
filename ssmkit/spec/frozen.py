"""A mapping that is a value: it cannot change, and can be hashed, compared and pickled."""

from collections.abc import Iterator, Mapping
from typing import Any


class Frozen(Mapping[str, Any]):
    """An immutable mapping of names, in the order in which they were given.

    Parameters
    ----------
    content
        The mapping, or its pairs.

    Examples
    --------
    >>> Frozen({"x": 0.5})
    {'x': 0.5}
    >>> hash(Frozen({"x": 0.5})) == hash(Frozen([("x", 0.5)]))
    True
    """

    __slots__ = ("_content",)

    def __init__(self, content: Any = ()) -> None:
        object.__setattr__(self, "_content", dict(content))

    def __getitem__(self, key: str) -> Any:
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def __setattr__(self, name: str, value: Any) -> None:
        message = f"{type(self).__name__} cannot change"
        raise AttributeError(message)

    def __hash__(self) -> int:
        return hash(frozenset(self._content.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._content,)

    def __repr__(self) -> str:
        return repr(self._content)

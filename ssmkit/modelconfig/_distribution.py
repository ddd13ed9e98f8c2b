"""What a row of the table of distributions is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

REQUIRED = None
"""The default of an argument that must be given."""


@dataclass(frozen=True)
class Form:
    """One set of arguments that determines a distribution, and what SciPy calls it.

    Parameters
    ----------
    defaults
        Argument name to default, ``REQUIRED`` where there is none.
    family
        Name of the family in ``scipy.stats``; ``half_t`` is our own.
    translate
        From these arguments to the keywords of the family.
    """

    defaults: Mapping[str, float | None]
    family: str
    translate: Callable[..., dict[str, float]]

    def takes(self, names: set[str]) -> bool:
        """Tell whether these arguments, no more and no fewer, determine the distribution."""
        required = {name for name, default in self.defaults.items() if default is REQUIRED}
        return required <= names <= set(self.defaults)


@dataclass(frozen=True)
class Distribution:
    """A distribution that a prior or a lapse may name.

    Parameters
    ----------
    name
        PyMC's name.
    forms
        The alternative sets of arguments; the first is the usual one.
    positive
        Arguments that must be above zero.
    laws
        Other conditions, as text and predicate; a predicate sees the arguments of its form.
    """

    name: str
    forms: tuple[Form, ...]
    positive: frozenset[str] = frozenset()
    laws: Mapping[str, Callable[[Mapping[str, float]], bool]] = MappingProxyType({})

    @property
    def args(self) -> tuple[str, ...]:
        """Every argument name of every form, the usual ones first."""
        return tuple(dict.fromkeys(name for form in self.forms for name in form.defaults))

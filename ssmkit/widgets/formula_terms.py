"""A formula as a set of terms, to be taken apart and written again.

formulae names a term without the backquotes and brackets that it was written with: `` `my x` ``
becomes ``my x``, ``I((x + y) * 2)`` becomes ``I(x + y * 2)``. What is to be read again has to keep
them, so terms are kept as they were written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from ssmkit.spec.formula import names, predictors

ONE = "1"
_BRACES = {
    "LEFT_BRACE": [("IDENTIFIER", "I"), ("LEFT_PAREN", "(")],
    "RIGHT_BRACE": [("RIGHT_PAREN", ")")],
    "EOF": [],
}


@dataclass(frozen=True)
class Pieces:
    """The terms of a right-hand side, each as it is written.

    Parameters
    ----------
    intercept
        Whether there is an intercept that all trials share.
    common
        Terms that all trials share, without the intercept.
    groups
        Each grouping and what differs between its groups, with ``"1"`` for the intercept.

    Examples
    --------
    >>> pieces("x*y + (x|g)").written()
    '1 + x + y + x:y + (1 + x | g)'
    """

    intercept: bool = True
    common: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def written(self) -> str:
        """Return the right-hand side, which is read as the same terms."""
        words = [ONE if self.intercept else "0", *self.common]
        for factor, varying in self.groups:
            inside = varying if ONE in varying else ("0", *varying)
            words.append(f"({' + '.join(inside)} | {factor})")
        return " + ".join(words)

    def by(self, factor: str) -> tuple[str, ...]:
        """Return what differs between the groups of a column."""
        return dict(self.groups).get(factor, ())

    def with_common(self, term: str) -> Self:
        """Return these and one more term."""
        known = {frozenset(split(one)) for one in self.common}
        mine = frozenset(split(term)) in known
        return self if mine else replace(self, common=(*self.common, term))

    def without_common(self, term: str) -> Self:
        """Return these without a term, and without the interactions that it is a part of."""
        parts = set(split(term))
        return replace(
            self, common=tuple(one for one in self.common if not parts <= set(split(one)))
        )

    def with_group(self, factor: str, varying: Iterable[str]) -> Self:
        """Return these with what is to differ between the groups of a column; empty takes it out.

        A grouping that was there stays in its place.
        """
        groups = dict(self.groups) | {factor: tuple(dict.fromkeys(varying))}
        return replace(self, groups=tuple((key, found) for key, found in groups.items() if found))

    def sorted(self, columns: Sequence[str]) -> Self:
        """Return these in the order of the columns: main effects first, then interactions."""
        place = {quoted(name): i for i, name in enumerate(columns)}

        def key(term: str) -> tuple:
            used = sorted(place.get(quoted(name), len(place)) for name in names(term)[0])
            return term != ONE, len(split(term)), used, term

        return replace(
            self,
            common=tuple(sorted(self.common, key=key)),
            groups=tuple(
                (factor, tuple(sorted(varying, key=key)))
                for factor, varying in sorted(self.groups, key=lambda pair: key(pair[0]))
            ),
        )


# Asked for again by each control that is shown.
@lru_cache(maxsize=256)
def pieces(text: str) -> Pieces:
    """Return the terms of a right-hand side that the guard has let through.

    Parameters
    ----------
    text
        The right-hand side.

    Returns
    -------
    Pieces

    Examples
    --------
    >>> pieces("0 + scale(`my x`) + (0 + x | g)").groups
    (('g', ('x',)),)
    """
    from formulae.model_description import model_description

    model, source = model_description(text), _calls(text)
    common = [_source(term, source) for term in model.common_terms]
    groups: dict[str, list[str]] = {}
    for term in model.group_terms:
        groups.setdefault(_source(term.factor, source), []).append(_source(term.expr, source))
    return Pieces(
        ONE in common,
        tuple(term for term in common if term != ONE),
        tuple((factor, tuple(varying)) for factor, varying in groups.items()),
    )


def quoted(name: str) -> str:
    """Return the name of a column as a formula has to write it.

    Examples
    --------
    >>> quoted("x"), quoted("my x")
    ('x', '`my x`')
    """
    return name if _is_plain(name) else f"`{name}`"


def split(term: str) -> tuple[str, ...]:
    """Return the parts of an interaction; a term without one is its only part.

    Examples
    --------
    >>> split("C(x, Treatment('a:b')):y")
    ("C(x, Treatment('a:b'))", 'y')
    """
    parts, depth = [[]], 0
    for kind, lexeme in _tokens(term):
        depth += (kind == "LEFT_PAREN") - (kind == "RIGHT_PAREN")
        if kind == "COLON" and depth == 0:
            parts.append([])
        else:
            parts[-1].append((kind, lexeme))
    return tuple(_joined(part) for part in parts)


def interaction(terms: Iterable[str], columns: Sequence[str]) -> str:
    """Return the interaction of terms, its parts in the order of the columns."""
    parts = [part for term in terms for part in split(term)]
    return ":".join(Pieces(common=tuple(dict.fromkeys(parts))).sorted(columns).common)


def single_term(text: str, param: str) -> str:
    """Return the one term that a person has written, refused by the guard where it is none."""
    found = pieces(predictors(f"0 + {text}", param, f"params.{param}.formula"))
    return found.common[0] if len(found.common) == 1 else text


def _is_plain(name: str) -> bool:
    kinds = [kind for kind, _ in _tokens(name)] if name.isidentifier() else []
    return kinds == ["IDENTIFIER"]


def _source(term: Any, calls: dict[str, str]) -> str:
    components = getattr(term, "components", None)
    if not components:
        return ONE
    return ":".join(
        calls[one.name] if type(one).__name__ == "Call" else quoted(one.name) for one in components
    )


def _calls(text: str) -> dict[str, str]:
    """Return the calls of a formula, by formulae's name, as they were written."""
    from formulae.model_description import model_description

    tokens, found, i = _tokens(text), {}, 0
    while i < len(tokens) - 1:
        if tokens[i][0] == "IDENTIFIER" and tokens[i + 1][0] == "LEFT_PAREN":
            end, depth = i + 1, 1
            while depth:
                end += 1
                depth += (tokens[end][0] == "LEFT_PAREN") - (tokens[end][0] == "RIGHT_PAREN")
            written = _joined(tokens[i : end + 1])
            found[model_description(f"0 + {written}").common_terms[0].name] = written
            i = end
        i += 1
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    from formulae.scanner import Scanner

    found = []
    for token in Scanner(text).scan(add_intercept=False):
        # {x + 1} is another way to write I(x + 1), and the one that formulae gives as its name.
        found += _BRACES.get(token.kind, [(token.kind, token.lexeme)])
    return found


def _joined(tokens: Sequence[tuple[str, str]]) -> str:
    spaced = {"PLUS", "MINUS", "STAR", "STAR_STAR", "SLASH", "SLASH_SLASH", "PIPE"}
    spaced |= {"EQUAL_EQUAL", "BANG_EQUAL", "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL"}
    words = []
    for i, (kind, lexeme) in enumerate(tokens):
        sign = i == 0 or tokens[i - 1][0] in {*spaced, "LEFT_PAREN", "COMMA", "EQUAL"}
        if kind == "COMMA":
            words.append(", ")
        elif kind in spaced and not sign:
            words.append(f" {lexeme} ")
        else:
            words.append(lexeme)
    return "".join(words)

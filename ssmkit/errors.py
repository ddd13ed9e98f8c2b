"""What went wrong, where, and what to type instead."""

import difflib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NoReturn


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with data, a spec or a fit.

    Parameters
    ----------
    path
        Where it is, as a reader would point at it: ``"data.rt"``, ``"params.a.prior"``.
    message
        What was found there.
    fix
        What to type or do instead.
    severity
        ``"error"`` stops the work, ``"warning"`` does not.

    Examples
    --------
    >>> print(Problem("data.rt", "3 reaction times are negative", "drop them"))
    data.rt: 3 reaction times are negative. To fix it: drop them
    """

    path: str
    message: str
    fix: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        message = self.message.rstrip(".")
        end = "" if message.endswith("?") else "."
        return f"{self.path}: {message}{end} To fix it: {self.fix}"


class SsmkitError(ValueError):
    """Work that cannot go on; ``problems`` says why and what to do.

    Parameters
    ----------
    problems
        At least one :class:`Problem`; or a text, when a library makes the error anew from its text,
        and ``problems`` is then empty.

    Examples
    --------
    >>> try:
    ...     refuse("model", "there is no model 'dmm'", "type model='ddm'")
    ... except SsmkitError as error:
    ...     error.problems[0].fix
    "type model='ddm'"
    """

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            # PyTensor does so with what a person's likelihood raised.
            self.problems: tuple[Problem, ...] = ()
            super().__init__(problems)
        else:
            self.problems = tuple(problems)
            super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple:
        return type(self), (self.problems or str(self),)


class SsmkitWarning(UserWarning):
    """Work that goes on, but of which a person should know something."""


def refuse(path: str, message: str, fix: str) -> NoReturn:
    """Raise an :class:`SsmkitError` of one problem."""
    raise SsmkitError([Problem(path, message, fix)])


def warn(path: str, message: str, fix: str, *, stacklevel: int = 3) -> None:
    """Give an :class:`SsmkitWarning` of one problem."""
    problem = Problem(path, message, fix, "warning")
    warnings.warn(str(problem), SsmkitWarning, stacklevel=stacklevel)


def report(problems: Iterable[Problem], *, stacklevel: int = 3) -> None:
    """Raise when any problem is an error; give every other one as a warning.

    Parameters
    ----------
    problems
        What a check returned.
    stacklevel
        Frames between the warning and the person's own line.

    Raises
    ------
    SsmkitError
        With all the errors among ``problems``.
    """
    problems = tuple(problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise SsmkitError(errors)
    for problem in problems:
        warnings.warn(str(problem), SsmkitWarning, stacklevel=stacklevel)


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the nearest option, or ``""`` when none is near.

    Examples
    --------
    >>> did_you_mean("sigmma", ["mu", "sigma"])
    " Did you mean 'sigma'?"
    """
    options = list(options)
    folded = {option.lower(): option for option in options}
    near = difflib.get_close_matches(str(word).lower(), folded, n=1, cutoff=0.6)
    return f" Did you mean '{folded[near[0]]}'?" if near else ""

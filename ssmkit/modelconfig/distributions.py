"""The distributions that a prior or a lapse may name, and what is wrong with their arguments."""

from collections.abc import Callable, Mapping
from functools import cache
from math import inf, isfinite, isnan
from numbers import Real
from typing import Any

from ssmkit.errors import Problem, did_you_mean, refuse, report
from ssmkit.modelconfig._distribution import REQUIRED, Distribution, Form
from ssmkit.modelconfig._distribution_table import TABLE

__all__ = [
    "Distribution",
    "check_arguments",
    "frozen",
    "get_distribution",
    "list_distributions",
    "support",
]


def list_distributions() -> tuple[str, ...]:
    """Return the names of the distributions, PyMC's.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> "HalfNormal" in list_distributions()
    True
    """
    return tuple(TABLE)


def get_distribution(name: str, path: str = "prior") -> Distribution:
    """Return a row of the table.

    Parameters
    ----------
    name
        PyMC's name.
    path
        Where the name stood, for the message.

    Returns
    -------
    Distribution

    Raises
    ------
    SsmkitError
        When there is no such distribution.

    Examples
    --------
    >>> get_distribution("Gamma").args
    ('alpha', 'beta', 'mu', 'sigma')
    """
    if name not in TABLE:
        refuse(
            path,
            f"there is no distribution {name!r}.{did_you_mean(str(name), TABLE)}",
            f"use one of {', '.join(TABLE)}",
        )
    return TABLE[name]


def check_arguments(name: str, args: Mapping[str, Any], path: str = "prior") -> tuple[Problem, ...]:
    """Find what is wrong with the arguments of a distribution.

    Parameters
    ----------
    name
        PyMC's name of the distribution.
    args
        Argument name to number.
    path
        Where the arguments stood, for the messages.

    Returns
    -------
    tuple of Problem
        Empty when the arguments determine a distribution.

    Raises
    ------
    SsmkitError
        When there is no such distribution.

    Examples
    --------
    >>> print(*check_arguments("Normal", {"mu": 0.0, "sigmma": 1.0}, "params.v.prior"))
    params.v.prior.sigmma: Normal has no argument 'sigmma'. Did you mean 'sigma'? \
To fix it: write Normal(mu, sigma) or Normal(mu, tau)
    """
    row = get_distribution(name, path)
    usage = " or ".join(f"{name}({', '.join(form.defaults)})" for form in row.forms)
    unknown = [arg for arg in args if arg not in row.args]
    if unknown:
        return tuple(
            Problem(
                f"{path}.{arg}",
                f"{name} has no argument {arg!r}.{did_you_mean(arg, row.args)}",
                f"write {usage}",
            )
            for arg in unknown
        )
    form = _form(row, args)
    if form is None:
        given = ", ".join(args) or "nothing"
        message = f"{name} is not determined by {given}"
        return (Problem(path, message, f"write {usage}, with a number for each"),)
    values = form.defaults | args
    problems = [
        problem
        for arg, value in values.items()
        if (problem := _check_value(row, form, arg, value, path)) is not None
    ]
    if problems:
        return tuple(problems)
    return tuple(
        Problem(
            path,
            f"{name}({', '.join(f'{arg}={value!r}' for arg, value in values.items())}) has no"
            f" density, because it needs {law}",
            f"choose numbers with {law}",
        )
        for law, holds in row.laws.items()
        if not holds(values)
    )


def frozen(name: str, args: Mapping[str, float]) -> Any:
    """Return the distribution as a frozen SciPy distribution: density, quantiles and draws.

    Parameters
    ----------
    name
        PyMC's name of the distribution.
    args
        Argument name to number.

    Returns
    -------
    scipy.stats.rv_continuous_frozen

    Raises
    ------
    SsmkitError
        When :func:`check_arguments` finds a problem.

    Examples
    --------
    >>> float(frozen("Uniform", {"lower": 0, "upper": 20}).pdf(3.0))
    0.05
    """
    report(check_arguments(name, args))
    row = TABLE[name]
    form = _form(row, args)
    values = {arg: float(value) for arg, value in (form.defaults | args).items()}
    return _family(form.family)(**form.translate(**values))


def support(name: str, args: Mapping[str, float]) -> tuple[float, float]:
    """Return the interval on which the distribution has mass.

    Parameters
    ----------
    name
        PyMC's name of the distribution.
    args
        Argument name to number.

    Returns
    -------
    tuple of float
        Lower and upper end, infinite where there is none.

    Raises
    ------
    SsmkitError
        When :func:`check_arguments` finds a problem.

    Examples
    --------
    >>> support("HalfNormal", {"sigma": 2.0})
    (0.0, inf)
    """
    lower, upper = frozen(name, args).support()
    return float(lower), float(upper)


def _form(row: Distribution, args: Mapping[str, Any]) -> Form | None:
    return next((form for form in row.forms if form.takes(set(args))), None)


def _check_value(row: Distribution, form: Form, arg: str, value: Any, path: str) -> Problem | None:
    where = f"{path}.{arg}"
    if not isinstance(value, Real) or isinstance(value, bool) or isnan(value):
        return Problem(where, f"{arg} is {value!r}, which is no number", f"write {arg}=1.0")
    may_be_infinite = form.defaults[arg] is not REQUIRED and abs(form.defaults[arg]) == inf
    if not isfinite(value) and not may_be_infinite:
        return Problem(where, f"{arg} is {value!r}", f"give {arg} a finite number")
    if arg in row.positive and value <= 0:
        message = f"{arg} of {row.name} is {value!r}, and must be above 0"
        return Problem(where, message, f"give {arg} a number above 0")
    return None


def _family(name: str) -> Callable[..., Any]:
    if name == "half_t":
        return _half_t()
    import scipy.stats

    return getattr(scipy.stats, name)


@cache
def _half_t() -> Callable[..., Any]:
    """Return the half Student t, which SciPy does not have, as a SciPy family."""
    from scipy import stats

    class HalfStudentT(stats.rv_continuous):
        def _pdf(self, x: Any, df: Any) -> Any:
            return 2 * stats.t.pdf(x, df)

        def _logpdf(self, x: Any, df: Any) -> Any:
            return 0.6931471805599453 + stats.t.logpdf(x, df)

        def _cdf(self, x: Any, df: Any) -> Any:
            return 2 * stats.t.cdf(x, df) - 1

        def _ppf(self, q: Any, df: Any) -> Any:
            return stats.t.ppf((1 + q) / 2, df)

    return HalfStudentT(a=0.0, name="half_t", shapes="df")

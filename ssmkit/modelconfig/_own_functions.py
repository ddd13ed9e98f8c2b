"""Density, survival and choice probabilities from what a person wrote."""

from collections.abc import Callable
from typing import Any


def of_bound(
    bound: Callable[..., Any], drift: Callable[..., Any] | None
) -> tuple[Callable[..., Any], ...]:
    """Return density, survival and choice probabilities between moving bounds."""

    def log_f(rt: Any, response: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.reading import log_moving

        return log_moving(bound, rt, response, *params, drift=drift)

    def log_survival(time: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.moving import log_survival_moving

        return log_survival_moving(bound, time, *params, drift=drift)

    def choice(*params: Any) -> Any:
        from ssmkit.likelihoods.moving import choice_probability_moving

        return choice_probability_moving(bound, *params, drift=drift)

    return log_f, log_survival, choice


def of_density(
    loglik: Callable[..., Any], names: tuple[str, ...], choices: tuple[int, ...]
) -> tuple[Callable[..., Any], ...]:
    """Return density, survival and choice probabilities of a log density."""
    at = names.index("t") if "t" in names else None

    def shifted(params: tuple) -> tuple[Any, list]:
        """Take out the non-decision time, which must not be a number to be integrated over."""
        params = list(params)
        return (0.0 if at is None else params.pop(at)), params

    def decided(tau: Any, response: Any, *params: Any) -> Any:
        params = list(params)
        if at is not None:
            params.insert(at, 0.0)
        return loglik(tau, response, *params)

    def log_survival(time: Any, *params: Any) -> Any:
        from ssmkit.likelihoods.quadrature import log_survival_by_quadrature

        shift, params = shifted(params)
        return log_survival_by_quadrature(decided, time - shift, params, choices)

    def choice(*params: Any) -> Any:
        from ssmkit.likelihoods.quadrature import choice_by_quadrature

        shift, params = shifted(params)
        return choice_by_quadrature(decided, params, choices, like=shift)

    return loglik, log_survival, choice

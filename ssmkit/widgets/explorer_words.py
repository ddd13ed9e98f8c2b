"""What an explorer shows, in sentences."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ssmkit.modelconfig import get_config
from ssmkit.widgets.explored import Explored, Values
from ssmkit.widgets.explorer_conditional import bins, differences
from ssmkit.widgets.likeness import divergence, trials_needed
from ssmkit.widgets.svg import written
from ssmkit.widgets.table import Table


def words(state: Explored, now: Table, before: Table | None) -> list[str]:
    """Return a sentence on the model, and one on what is pinned.

    Parameters
    ----------
    state
        The state.
    now, before
        The tables of the parameters now, and of those that are pinned.

    Returns
    -------
    list of str
    """
    config = get_config(state.model)
    pairs = zip(config.list_params, state.values, strict=True)
    values = ", ".join(f"{k} = {written(x)}" for k, x in pairs)
    middle = now.quantiles(np.array([0.5]))[:, 0]
    told = ", ".join(
        f"response {written(code)} in {100 * share:.0f} % of the trials"
        + (f" (median {time:.2f} s)" if np.isfinite(time) else "")
        for code, share, time in zip(config.choices, now.shares[0], middle, strict=True)
    )
    lines = [f"{state.model} at {values}: {told}."]
    if state.view in _OF_VIEW:
        lines.append(_OF_VIEW[state.view](config.choices, now, before))
    pinned = state.pinned
    if before is not None and pinned.values != state.values:
        needed = trials_needed(float(divergence(before, now)[0]))
        apart = f"about {needed:,.0f}" if needed < 1e6 else "more than a million"
        moved = ", ".join(
            f"{k} {written(x)} to {written(y)}"
            for k, x, y in zip(config.list_params, pinned.values, state.values, strict=True)
            if x != y
        )
        lines.append(f"Since the pin {moved}; {apart} trials tell the two apart.")
    return lines


def _accuracy(codes: Sequence[int], now: Table, before: Table | None) -> str:  # noqa: ARG001
    share = bins(now, len(codes) - 1)[1]
    if not np.isfinite(share).all():
        return "There are no times to put into bins."
    return (
        f"Response {written(codes[-1])} is {100 * share[0]:.0f} % of the fastest fifth of the"
        f" trials, and {100 * share[-1]:.0f} % of the slowest."
    )


def _delta(codes: Sequence[int], now: Table, before: Table | None) -> str:
    than = f"than response {written(codes[-1])}" if before is None else "than what is pinned"
    told = [
        f"Response {written(codes[i])} is {_later(y[0])} {than} at the .1 quantile,"
        f" and {_later(y[-1])} at the .9."
        for i, (_, y) in differences(now, before).items()
        if np.isfinite(y).all()
    ]
    return " ".join(told) or "There are no times to compare."


def _later(seconds: float) -> str:
    return f"{abs(seconds):.3f} s {'slower' if seconds >= 0 else 'faster'}"


_OF_VIEW: Mapping[str, Callable[[Sequence[int], Table, Table | None], str]] = {
    "accuracy": _accuracy,
    "delta": _delta,
}


def riddle_words(state: Explored, score: int | None, hidden: Values) -> str:
    """Return how the challenge stands.

    Parameters
    ----------
    state
        The state, with a riddle.
    score
        Points of the last guess.
    hidden
        The answer, which is only told when it was asked for.

    Returns
    -------
    str
    """
    said = f"Challenge: {state.riddle[1]:,} trials from hidden parameters; find them."
    if score is not None:
        said += f" Your last guess: {score} of 100 points."
    if state.told:
        pairs = zip(get_config(state.model).list_params, hidden, strict=True)
        said += f" They were {', '.join(f'{k} = {written(x)}' for k, x in pairs)}."
    return said

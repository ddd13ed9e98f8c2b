"""What an explorer shows, in sentences."""

import numpy as np

from ssmkit.modelconfig import get_config
from ssmkit.widgets.explored import Explored, Values
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

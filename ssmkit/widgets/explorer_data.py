"""The data that are drawn beside a model, by condition."""

from typing import Any

import numpy as np

from ssmkit.modelconfig import get_config
from ssmkit.plots._predicted import groups, trials_of
from ssmkit.widgets.beliefs import usable
from ssmkit.widgets.explored import ALL
from ssmkit.widgets.svg import written

ROOM = 12


def read_trials(data: Any, by: Any) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the trials of each condition, all of them first, and what is to be said of them."""
    rows, notes = usable(data)
    if rows is None:
        return {}, notes
    trials = trials_of(rows)
    if trials is None:
        return {}, ["The data have no columns rt and response: they are not shown."]
    if np.nanmedian(trials[:, 0]) > 60:
        notes.append("The reaction times look like milliseconds: divide them by 1,000.")
    found = {ALL: trials}
    if by is not None:
        found |= {label: trials[places] for label, places in groups(rows, by, ROOM)}
    return found, notes


def miscoded(trials: dict[str, np.ndarray], model: str) -> list[str]:
    """Return what is to be said of responses that the model does not have."""
    codes = get_config(model).choices
    known = [own[:, 1] for own in trials.values()]
    if not known or np.isin(np.concatenate(known), codes).any():
        return []
    given = ", ".join(map(written, codes))
    return [f"No response of the data is {given}, as {model} has them: see code_responses."]

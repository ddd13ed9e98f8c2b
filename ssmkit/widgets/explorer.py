"""A model at work, turned by hand: what its parameters do to choices and their times."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

import numpy as np

from ssmkit.errors import SsmkitError, refuse
from ssmkit.modelconfig import get_config
from ssmkit.simulate.theta import read_theta
from ssmkit.widgets.controls import Control, Press
from ssmkit.widgets.explored import (
    Explored,
    Values,
    by_strength,
    last_time,
    table_of,
    walk,
    walks,
)
from ssmkit.widgets.explorer_controls import controls
from ssmkit.widgets.explorer_data import miscoded, read_trials
from ssmkit.widgets.explorer_picture import TERMS, VIEWS, draw
from ssmkit.widgets.explorer_shown import Shown
from ssmkit.widgets.explorer_words import riddle_words, words
from ssmkit.widgets.likeness import compensated, divergence
from ssmkit.widgets.riddle import draw_trials, hidden_values, points
from ssmkit.widgets.shell import Builder
from ssmkit.widgets.strength import strengths
from ssmkit.widgets.table import Table
from ssmkit.widgets.word_list import words_of

KEPT = 40
"""What was computed and may be wanted again."""


class Explorer(Builder[Explored]):
    """Turn the parameters of a model by hand, and see what they do to choices and their times.

    Parameters
    ----------
    model
        Name of a model.
    data
        A data frame with ``rt`` and ``response``, to be drawn beside the model.
    by
        A column, or several, whose levels are conditions to choose between.
    **params
        Parameters to begin with; the others are an example of the model.

    Raises
    ------
    SsmkitError
        When there is no such model or parameter, or a parameter is out of its bounds.

    Notes
    -----
    Densities are those of the model's likelihood, so that nothing is random but the paths of the
    cartoon. Those keep their random numbers until you ask for others.

    Examples
    --------
    >>> explorer = Explorer("ddm", v=1.0).pin().set(a=1.5)
    >>> explorer.params
    {'v': 1.0, 'a': 1.5, 'z': 0.55, 't': 0.3}
    >>> explorer.undo().params["a"]
    1.2
    """

    title = "Explorer"

    def __init__(
        self, model: str = "ddm", data: Any = None, by: Any = None, **params: float
    ) -> None:
        config = get_config(model)
        asked = dict(config.example) | params
        values = tuple(float(x[0]) for x in read_theta(config, asked).values())
        self._known: dict[tuple, Any] = {}
        self._trials, notes = read_trials(data, by)
        super().__init__(Explored(model, values), [*notes, *miscoded(self._trials, model)])

    @property
    def params(self) -> dict[str, float]:
        """The parameters as they are now."""
        names = get_config(self.state.model).list_params
        return dict(zip(names, self.state.values, strict=True))

    def set(self, **params: float) -> Self:
        """Change parameters, such as ``set(v=1, a=1.5)``."""
        config = get_config(self.state.model)
        unknown = [name for name in params if name not in config.list_params]
        if unknown:
            refuse(
                "set",
                f"{config.name} has no parameter {unknown[0]!r}",
                f"use {', '.join(config.list_params)}",
            )
        vectors = read_theta(config, self.params | params)
        # A zero has no sign: equal states are to look the same.
        return self._go(
            replace(self.state, values=tuple(float(x[0]) + 0.0 for x in vectors.values()))
        )

    def choose(self, model: str) -> Self:
        """Take another model, at its example; parameters of the same name keep their values."""
        config = get_config(model)
        same = {k: x for k, x in self.params.items() if k in config.list_params}
        asked = dict(config.example) | same
        try:
            vectors = read_theta(config, asked)
        except SsmkitError:
            vectors = read_theta(config, dict(config.example))
        values = tuple(float(x[0]) for x in vectors.values())
        return self._go(Explored(model, values, self.state.view, self.state.condition))

    def view(self, name: str) -> Self:
        """Take another view, such as ``"cartoon"``; see :data:`VIEWS`."""
        if name not in VIEWS:
            refuse("view", f"there is no view {name!r}", f"use one of {', '.join(VIEWS)}")
        return self._go(replace(self.state, view=name))

    def condition(self, name: str) -> Self:
        """Show the data of another condition."""
        if name not in self._trials:
            known = ", ".join(map(repr, self._trials)) or "none, without data"
            refuse("condition", f"there is no condition {name!r}", f"choose from {known}")
        return self._go(replace(self.state, condition=name))

    def resample(self) -> Self:
        """Draw other paths."""
        return self._go(replace(self.state, seed=self.state.seed + 1))

    def trade(self, param: str = "a", by: float = 0.05) -> Self:
        """Change a parameter, and the others so that the data stay as nearly the same as they can.

        Parameters
        ----------
        param
            The parameter.
        by
            By which share of its usual range it is changed.

        Returns
        -------
        Explorer
            What was before is pinned; how many trials tell the two apart is said in words.
        """
        config, now = get_config(self.state.model), self.state
        if param not in config.list_params:
            known = config.list_params
            refuse("param", f"{config.name} has no {param!r}", f"use one of {', '.join(known)}")
        low, high = config.box[param]
        to = self.params[param] + by * (high - low)
        if not low <= to <= high:
            to = self.params[param] - by * (high - low)
        values = compensated(now.model, now.values, param, float(f"{to:.4g}"))[0]
        return self._go(replace(now, values=values, pinned=replace(now, pinned=None)))

    def challenge(self, trials: int = 300, random_seed: int | None = None) -> Self:
        """Hide parameters and show data from them: find which.

        Parameters
        ----------
        trials
            Number of trials.
        random_seed
            Seed of the parameters and trials; None takes the next one.

        Returns
        -------
        Explorer
        """
        if not 10 <= trials <= 100_000:
            refuse("trials", f"{trials} trials make no riddle", "give from 10 to 100,000")
        before = self.state.riddle
        seed = (0 if before is None else before[0] + 1) if random_seed is None else random_seed
        state = replace(self.state, riddle=(seed, trials), guess=None, told=False, pinned=None)
        return self._go(state)

    def guess(self) -> Self:
        """Say that the parameters are those that are set now, and get a score."""
        self._require_riddle()
        return self._go(replace(self.state, guess=self.state.values))

    def reveal(self) -> Self:
        """Be told the hidden parameters."""
        self._require_riddle()
        return self._go(replace(self.state, told=True))

    def _require_riddle(self) -> None:
        if self.state.riddle is None:
            refuse("challenge", "nothing is hidden", "call .challenge() first")

    @property
    def score(self) -> int | None:
        """Points of the last guess, 0 to 100; None where there was none.

        100 when no data could tell the guess from the truth; 50 when some 100 trials can.
        """
        state = self.state
        if state.riddle is None or state.guess is None:
            return None
        hidden = self._table(state.model, self._hidden(state))
        nats = float(divergence(hidden, self._table(state.model, state.guess))[0])
        return points(nats)

    def _hidden(self, state: Explored) -> Values:
        return hidden_values(get_config(state.model), state.riddle[0])

    def _table(self, model: str, values: Values) -> Table:
        return self._once(("table", model, values), lambda: table_of(model, values))

    def _once(self, key: tuple, make: Callable[[], Any]) -> Any:
        """Return what was computed of the same before: what is pinned costs nothing."""
        if key not in self._known:
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
            self._known[key] = make()
        return self._known[key]

    def _data(self, state: Explored) -> np.ndarray | None:
        if state.riddle is None:
            return self._trials.get(state.condition)
        seed, count = state.riddle
        codes = get_config(state.model).choices
        table = self._table(state.model, self._hidden(state))
        return self._once(
            ("riddle", state.model, state.riddle), lambda: draw_trials(table, codes, count, seed)
        )

    def picture(self) -> str:
        """Return the picture of the view that was chosen."""
        state, pinned = self.state, self.state.pinned
        config = get_config(state.model)
        now = self._table(state.model, state.values)
        other = pinned is not None and pinned.model == state.model
        ghost = self._table(state.model, pinned.values) if other else None
        last = max(last_time(now), 0.0 if ghost is None else last_time(ghost))
        trials = self._data(state)
        made = Shown(config.choices, last, now, ghost, trials)
        if other and state.riddle is None and pinned.condition != state.condition:
            made = replace(made, ghost_trials=self._trials.get(pinned.condition))
        if state.view == "cartoon" and walks(config):
            made = replace(made, walk=walk(state.model, state.values, last, state.seed))
        if state.view in {"psychometric", "chronometric"}:
            made = self._with_steps(made, pinned if other else None)
        return draw(state.view, made, self.words())

    def _with_steps(self, made: Shown, pinned: Explored | None) -> Shown:
        """Add what the model does at other strengths of the evidence."""
        model, strength = self.state.model, strengths(get_config(self.state.model), self.params)
        if strength is None:
            return made
        at = tuple(map(float, strength.x))

        def steps(values: Values) -> Table:
            key = ("steps", model, values, at)
            return self._once(key, lambda: by_strength(model, values, strength))

        theirs = None if pinned is None else steps(pinned.values)
        return replace(made, strength=strength, steps=steps(self.state.values), ghost_steps=theirs)

    def words(self) -> str:
        """Return what is seen, in sentences."""
        state, pinned = self.state, self.state.pinned
        other = pinned is not None and pinned.model == state.model
        before = self._table(state.model, pinned.values) if other else None
        lines = words(state, self._table(state.model, state.values), before)
        if state.riddle is not None:
            lines.append(riddle_words(state, self.score, self._hidden(state)))
        elif self._trials:
            own = self._trials[state.condition]
            lines.append(f"Data: {len(own):,} trials, {state.condition}.")
        return "\n".join(lines)

    def glossary(self) -> str:
        """Return what the words mean that are used here, as HTML."""
        names = get_config(self.state.model).list_params
        return words_of(self.state.model, names, TERMS[self.state.view], "trade-off")

    def _shape(self) -> Any:
        return self.state.model

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions of the data, all trials first; none without data."""
        return tuple(self._trials)

    def _controls(self) -> list[Control]:
        return controls(self)

    def _buttons(self) -> list[Press]:
        riddle = lambda: self.state.riddle is not None  # noqa: E731
        return [
            Press("New paths", self.resample, hint="Other random paths in the cartoon"),
            Press("Trade-off", self._trade, hint="Other parameters, nearly the same data"),
            Press("Challenge", self.challenge, hint="Data from hidden parameters: find them"),
            Press("Guess", self.guess, riddle, "Are these the parameters?"),
            Press("Reveal", self.reveal, riddle, "What the parameters were"),
        ]

    def _trade(self) -> Self:
        names = get_config(self.state.model).list_params
        return self.trade("a" if "a" in names else names[0])


def explore(model: str = "ddm", data: Any = None, by: Any = None, **params: float) -> Explorer:
    """Turn the parameters of a model by hand; see :class:`ssmkit.widgets.Explorer`.

    Parameters
    ----------
    model
        Name of a model.
    data
        A data frame with ``rt`` and ``response``, to be drawn beside the model.
    by
        A column, or several, whose levels are conditions to choose between.
    **params
        Parameters to begin with.

    Returns
    -------
    Explorer

    Raises
    ------
    SsmkitError
        As :class:`ssmkit.widgets.Explorer`.

    Examples
    --------
    >>> explore("ddm", v=0.0).set(z=0.7).words().split("response 1 in ")[1].split(" of")[0]
    '70 %'
    """
    return Explorer(model, data, by, **params)

"""What was, what is and what was taken back: a stack of values."""

from dataclasses import dataclass, replace
from typing import Self

ROOM = 200
"""Steps that can be taken back."""


@dataclass(frozen=True)
class History[State]:
    """A state and the way to it.

    Parameters
    ----------
    now
        The state.
    past, future
        The states before it, and those that were taken back, the nearest last.

    Examples
    --------
    >>> history = History(1).do(2).do(3).undo()
    >>> history.now, history.redo().now
    (2, 3)
    """

    now: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    def do(self, state: State, *, merge: bool = False) -> Self:
        """Return the history with a new state, which ends what could be done again.

        Parameters
        ----------
        state
            The new state; the same as now changes nothing.
        merge
            Whether it replaces the state that is, as while a slider is dragged: all of the way is
            then one step to take back.
        """
        if state == self.now:
            return self
        past = self.past if merge and self.past else (*self.past, self.now)
        return replace(self, now=state, past=past[-ROOM:], future=())

    def undo(self) -> Self:
        """Return the history one step earlier; at the start it is the same."""
        if not self.past:
            return self
        return replace(
            self, now=self.past[-1], past=self.past[:-1], future=(*self.future, self.now)
        )

    def redo(self) -> Self:
        """Return the history with the last step that was taken back."""
        if not self.future:
            return self
        return replace(
            self, now=self.future[-1], past=(*self.past, self.now), future=self.future[:-1]
        )

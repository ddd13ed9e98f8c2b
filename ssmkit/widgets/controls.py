"""The controls of a builder: each reads the state, and writes by calling one public method.

A control is made once and then only shown the state anew. While it is, what it writes is not
listened to, so that nothing goes round in circles. Number boxes are the primary controls: they have
a label of their own, which sliders of ipywidgets do not.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from ssmkit import _compat

LABEL = "110px"
INDENT = "2px 2px 2px 120px"
"""Margins of what stands below the boxes and not below their labels."""
PLACES = 100
"""Where a slider can stand, besides its lower end."""
type Write = Callable[[Callable[[], Any], str], None]
"""How a control calls a method: the call, and a key by which the steps of a drag are known."""


class Control(Protocol):
    """What a builder shows in its column of controls."""

    def widget(self, write: Write) -> Any:
        """Make the widget; ``write`` takes a call of a method and the key of who calls."""

    def show(self) -> None:
        """Show the state as it is now."""


class Listener:
    """A control that does not listen while it is itself shown the state."""

    label: str
    show: Callable[[], None]
    hint: str = ""
    _listening = True

    def _listen(
        self, part: Any, write: Write, take: Callable[[Any], Any], *, again: bool = False
    ) -> None:
        """Pass on to ``take`` what a person makes of a widget's value.

        With ``again`` the state is shown at once, also where what was chosen is refused. The widget
        says the control's ``hint`` when the pointer rests on it.
        """
        if self.hint:
            _compat.set_tooltip(part, self.hint)

        def heard(change: Any) -> None:
            if self._listening:
                write(lambda: take(change["new"]), self.label)
                if again:
                    self.show()

        part.observe(heard, "value")

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        self._listening = False
        try:
            yield
        finally:
            self._listening = True


@dataclass
class Number(Listener):
    """A number: a labelled box, and a slider that follows it.

    The slider has places and not numbers: a front end moves a slider to the nearest of its steps
    and tells, which would change the number that it was to show.

    Parameters
    ----------
    label
        What stands beside the box.
    read, write
        Functions of the builder: the number as it is now, and the call that changes it.
    low, high
        Ends of the slider; the box takes any number.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> control = Number("mu", lambda: 1.0, found.append, -5, 5)
    >>> box = control.widget(lambda call, key: call()).children[0]
    >>> box.value = 2.0
    >>> found
    [2.0]
    """

    label: str
    read: Callable[[], float]
    write: Callable[[float], Any]
    low: float
    high: float
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the box and the slider."""
        import ipywidgets as w

        self._box = w.FloatText(
            description=self.label,
            step=float(f"{(self.high - self.low) / PLACES:.1g}"),
            style={"description_width": LABEL},
            layout=w.Layout(width="210px"),
        )
        self._slider = w.IntSlider(min=0, max=PLACES, readout=False, layout=w.Layout(width="140px"))
        self._listen(self._box, write, self.write)
        self._listen(self._slider, write, lambda place: self.write(self._at(place)))
        row = w.HBox([self._box, self._slider], layout=w.Layout(flex_flow="row wrap"))
        self.show()
        return row

    def _at(self, place: int) -> float:
        """Return the number at a place of the slider."""
        return float(f"{self.low + (self.high - self.low) * place / PLACES:.6g}")

    def show(self) -> None:
        """Show the number; the slider stays at its end where the number is beyond."""
        value = float(self.read())
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        with self._unheard():
            self._box.value = float(f"{value:.6g}")
            self._slider.value = round(PLACES * share)


@dataclass
class Choice(Listener):
    """One of several words: a labelled dropdown.

    Parameters
    ----------
    label
        What stands beside it.
    read, write
        The choice as it is now, and the call that changes it.
    options
        The words, or pairs of a word and what it stands for.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> box = Choice("family", lambda: "Normal", found.append, ["Normal", "Gamma"]).widget(
    ...     lambda call, key: call()
    ... )
    >>> box.value = "Gamma"
    >>> found
    ['Gamma']
    """

    label: str
    read: Callable[[], Any]
    write: Callable[[Any], Any]
    options: Sequence[Any]
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the dropdown."""
        import ipywidgets as w

        self._box = w.Dropdown(
            description=self.label,
            options=self.options,
            value=self.read(),
            style={"description_width": LABEL},
            layout=w.Layout(width="350px"),
        )
        self._listen(self._box, write, self.write)
        return self._box

    def show(self) -> None:
        """Show the choice."""
        with self._unheard():
            self._box.value = self.read()


@dataclass
class Press:
    """A button that calls a method.

    Parameters
    ----------
    label
        What stands on it.
    call
        The method.
    ready
        Whether there is something to do; without, the button is grey.
    hint
        What it does, shown when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> Press("Undo", lambda: found.append("undone")).widget(lambda call, key: call()).click()
    >>> found
    ['undone']
    """

    label: str
    call: Callable[[], Any]
    ready: Callable[[], bool] = lambda: True
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the button."""
        import ipywidgets as w

        self._button = w.Button(
            description=self.label, tooltip=self.hint, layout=w.Layout(width="auto")
        )
        self._button.on_click(lambda _: write(self.call, self.label))
        self.show()
        return self._button

    def show(self) -> None:
        """Show whether there is something to do."""
        self._button.disabled = not self.ready()

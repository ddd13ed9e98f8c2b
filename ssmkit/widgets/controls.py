"""The controls of a builder: each reads the state, and writes by calling one public method.

A control is made once and then only shown the state anew. While it is, what it writes is not
listened to, so that nothing goes round in circles. Number boxes are the primary controls: they have
a label of their own, which sliders of ipywidgets do not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

LABEL = "110px"
type Write = Callable[[Callable[[], Any], str], None]
"""How a control calls a method: the call, and a key by which the steps of a drag are known."""


class Control(Protocol):
    """What a builder shows in its column of controls."""

    def widget(self, write: Write) -> Any:
        """Make the widget; ``write`` takes a call of a method and the key of who calls."""

    def show(self) -> None:
        """Show the state as it is now."""


@dataclass
class Number:
    """A number: a labelled box, and a slider that follows it.

    Parameters
    ----------
    label
        What stands beside the box.
    read, write
        Functions of the builder: the number as it is now, and the call that changes it.
    low, high
        Ends of the slider; the box takes any number.

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

    def widget(self, write: Write) -> Any:
        """Make the box and the slider."""
        import ipywidgets as w

        step = float(f"{(self.high - self.low) / 100:.1g}")
        self._box = w.FloatText(
            description=self.label,
            step=step,
            style={"description_width": LABEL},
            layout=w.Layout(width="210px"),
        )
        self._slider = w.FloatSlider(
            min=self.low,
            max=self.high,
            step=step,
            readout=False,
            layout=w.Layout(width="140px"),
        )
        self._listening = True
        for part in (self._box, self._slider):
            part.observe(self._heard(write), "value")
        row = w.HBox([self._box, self._slider], layout=w.Layout(flex_flow="row wrap"))
        self.show()
        return row

    def _heard(self, write: Write) -> Callable[[Any], None]:
        def heard(change: Any) -> None:
            if self._listening:
                # A slider's steps are of floats that are not quite round.
                write(lambda: self.write(float(f"{change['new']:.6g}")), self.label)

        return heard

    def show(self) -> None:
        """Show the number; the slider stays at its end where the number is beyond."""
        value = float(self.read())
        self._listening = False
        try:
            self._box.value = float(f"{value:.6g}")
            self._slider.value = min(max(value, self.low), self.high)
        finally:
            self._listening = True


@dataclass
class Choice:
    """One of several words: a labelled dropdown.

    Parameters
    ----------
    label
        What stands beside it.
    read, write
        The choice as it is now, and the call that changes it.
    options
        The words, or pairs of a word and what it stands for.

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
        self._listening = True

        def heard(change: Any) -> None:
            if self._listening:
                write(lambda: self.write(change["new"]), self.label)

        self._box.observe(heard, "value")
        return self._box

    def show(self) -> None:
        """Show the choice."""
        self._listening = False
        try:
            self._box.value = self.read()
        finally:
            self._listening = True


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

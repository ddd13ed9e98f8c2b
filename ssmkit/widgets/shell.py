"""What every builder has: a state with a history, a face, and a picture for the saved notebook.

A builder is a view of a value. Its state is frozen, every control calls one of its public methods,
and picture and words are functions of the state alone. Without a front end it works the same; the
widgets are made when it is first shown.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Self

from ssmkit import _compat
from ssmkit.errors import SsmkitError
from ssmkit.widgets.controls import Control, Press
from ssmkit.widgets.history import History
from ssmkit.widgets.svg import as_image

PAUSE = 0.6
"""Seconds after which a change by the same control is a step of its own."""
_BOX = "line-height:1.45;font-size:13px;max-width:760px"


class Builder[State](ABC):
    """A state, its history, and the face that shows it.

    Parameters
    ----------
    state
        A frozen dataclass with a field ``pinned``, None or another state, that is drawn beside it.
    notes
        What is to be said from the start, such as of data that cannot be shown.
    """

    title: str = ""
    keys: str = "Keyboard: Tab moves on, Space presses a button or opens a menu."

    def __init__(self, state: State, notes: Sequence[str] = ()) -> None:
        self._history = History(state)
        self._start = state
        self._notes = tuple(notes)
        self._view: _View | None = None
        self._listeners: list[Callable[[], Any]] = []

    @abstractmethod
    def picture(self) -> str:
        """Return the picture of the state, an ``svg`` element."""

    @abstractmethod
    def words(self) -> str:
        """Return the state in sentences, as plain text."""

    @abstractmethod
    def _controls(self) -> list[Control]:
        """Return the controls that this state needs."""

    def details(self) -> str:
        """Return what stands below the words, as HTML in which what is a person's is escaped."""
        return ""

    def glossary(self) -> str:
        """Return what the words mean that are used here, as HTML that stands below all else."""
        return ""

    def listen(self, call: Callable[[], Any]) -> Self:
        """Call a function after every change, as a builder does that has this one within it."""
        self._listeners.append(call)
        return self

    def _shape(self) -> Any:
        """Return what decides which controls there are."""
        return None

    def _above(self) -> list[Control]:
        """Return the controls that stand above the picture."""
        return []

    def _foot(self) -> list[Control]:
        """Return the controls that stand below, across the page."""
        return []

    def _buttons(self) -> list[Press]:
        """Return the buttons that are this builder's own."""
        return []

    @property
    def state(self) -> State:
        """The state, a frozen value."""
        return self._history.now

    def undo(self) -> Self:
        """Take the last step back; at the start there is none."""
        return self._remember(self._history.undo())

    def redo(self) -> Self:
        """Do again what was taken back last."""
        return self._remember(self._history.redo())

    def reset(self) -> Self:
        """Go back to how it began, as a step that can be taken back."""
        return self._go(self._start)

    def pin(self) -> Self:
        """Keep the state as it is now in the picture, beside what is changed from here on."""
        return self._go(replace(self.state, pinned=replace(self.state, pinned=None)))

    def unpin(self) -> Self:
        """Let go of what was pinned."""
        return self._go(replace(self.state, pinned=None))

    @property
    def dragging(self) -> bool:
        """Whether a control is writing again what it has only just written."""
        return self._view is not None and self._view.dragging

    def _go(self, state: State) -> Self:
        return self._remember(self._history.do(state, merge=self.dragging))

    def _remember(self, history: History[State]) -> Self:
        self._history = history
        if self._view is not None:
            self._view.show()
        for call in self._listeners:
            call()
        return self

    @property
    def widget(self) -> Any:
        """The builder as one widget, to be put beside others."""
        if self._view is None:
            self._view = _View(self)
        return self._view.root

    def _repr_html_(self) -> str:
        """Return what a saved notebook shows: the picture, and the state in words.

        The picture is an ``img``, because viewers of notebooks that nobody has trusted yet let
        through images, but no SVG of a page's own.
        """
        return (
            f'<div style="{_BOX}"><p><strong>{escape(self.title)}</strong></p>'
            f"{as_image(self.picture())}{said(self.words())}{self.details()}"
            f"{self.glossary()}{said(*self._notes)}</div>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:  # noqa: ARG002
        plain = {"text/plain": repr(self), "text/html": self._repr_html_()}
        return _compat.widget_bundle(self.widget) | plain

    def _ipython_display_(self) -> None:
        if not _compat.widgets_display_themselves():
            raise NotImplementedError  # IPython then asks for the bundle
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)

    def __repr__(self) -> str:
        return f"{self.title}\n{self.words()}"


class _View:
    """The widgets of a builder; it holds them and is none."""

    def __init__(self, builder: Builder) -> None:
        import ipywidgets as w

        self._builder = builder
        self._last = ("", 0.0)
        self.dragging = False
        self._press = [
            Press("Undo", builder.undo, lambda: bool(builder._history.past), "Take a step back"),  # noqa: SLF001
            Press("Redo", builder.redo, lambda: bool(builder._history.future), "Do it again"),  # noqa: SLF001
            Press("Reset", builder.reset, hint="Go back to how it began"),
            Press("Pin", builder.pin, hint="Keep this in the picture while you change it"),
            Press("Unpin", builder.unpin, lambda: builder.state.pinned is not None, "Let go of it"),
            *builder._buttons(),  # noqa: SLF001
        ]
        row = w.Layout(flex_flow="row wrap")
        bar = w.HBox([press.widget(self._write) for press in self._press], layout=row)
        self._side = w.VBox(layout=w.Layout(width="370px"))
        self._figure, self._words, self._status = w.HTML(), w.HTML(), w.HTML()
        # By itself, so that a change of the rest does not fold it.
        self._glossary = w.HTML()
        above, foot = builder._above(), builder._foot()  # noqa: SLF001
        self._around = [*above, *foot]
        over = w.VBox([control.widget(self._write) for control in above])
        below = w.VBox([control.widget(self._write) for control in foot])
        # Beside the controls where there is room for half of it, else below.
        layout = w.Layout(max_width="780px", flex="1 1 420px")
        right = w.VBox([over, self._figure, self._words, self._glossary], layout=layout)
        # A menu that is not open leaves the arrows to JupyterLab, where they go to other cells.
        keys = f'<span style="margin-left:1.2em;font-size:12px;opacity:.8">{builder.keys}</span>'
        head = w.HTML(f"<strong>{escape(builder.title)}</strong>{keys}")
        body = w.HBox([self._side, right], layout=row)
        self.root = w.VBox([head, bar, self._status, body, below])
        self._shape: Any = object()
        self._say(*builder._notes)  # noqa: SLF001
        self.show()

    def show(self) -> None:
        """Show the state as it is now."""
        # The picture goes first: each widget that changes is a message, and they come in turn.
        self._figure.value = self._builder.picture()
        shape = self._builder._shape()  # noqa: SLF001
        if shape != self._shape:
            self._shape = shape
            self._controls = self._builder._controls()  # noqa: SLF001
            self._side.children = [control.widget(self._write) for control in self._controls]
        for control in (*self._press, *self._controls, *self._around):
            control.show()
        self._words.value = said(self._builder.words()) + self._builder.details()
        self._glossary.value = self._builder.glossary()

    def _write(self, call: Callable[[], Any], key: str) -> None:
        """Call a method for a control; what it refuses is said, and nothing changes."""
        now = time.monotonic()
        self.dragging = key == self._last[0] and now - self._last[1] < PAUSE
        self._last = (key, now)
        try:
            call()
        except SsmkitError as error:
            self._say(
                *(f"{p.message}. To fix it: {p.fix}".replace("?.", "?") for p in error.problems)
            )
        else:
            self._say()
        finally:
            self.dragging = False

    def _say(self, *sentences: str) -> None:
        told = said(*sentences) if sentences else ""
        self._status.value = f'<div role="status" aria-live="polite">{told}</div>'


def said(*paragraphs: str) -> str:
    """Return paragraphs of plain text as HTML, in the colour of the page.

    Examples
    --------
    >>> said("a < b")
    '<p style="line-height:1.45;margin:.3em 0">a &lt; b</p>'
    """
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n") if line]
    return "".join(f'<p style="line-height:1.45;margin:.3em 0">{escape(x)}</p>' for x in lines)

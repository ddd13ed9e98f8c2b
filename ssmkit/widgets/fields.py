"""Controls of words: a line of text that is checked, ticks, menus that change, and what is wrong.

What is refused is said below the field that it is about, with a button for what was probably meant.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ssmkit import _compat
from ssmkit.errors import Problem, SsmkitError
from ssmkit.widgets.controls import LABEL, Listener, Write

NONE = "\N{EN DASH}"


def told(problem: Problem) -> str:
    """Return what is wrong and what to do, in one sentence or two.

    Examples
    --------
    >>> told(Problem("z", "z is 2", "choose one below 1"))
    'z is 2. To fix it: choose one below 1'
    """
    message = problem.message.rstrip(".")
    end = "" if message.endswith("?") else "."
    return f"{message}{end} To fix it: {problem.fix}"


def status(problems: Iterable[Problem], done: str = "") -> str:
    """Return problems as HTML that a screen reader says when they change.

    Examples
    --------
    >>> "role=" in status([Problem("z", "z is <2>", "choose one below 1")])
    True
    """
    marks = {"error": ("\N{CROSS MARK}", "Not possible"), "warning": ("\N{WARNING SIGN}", "Note")}
    lines = "".join(
        '<p style="line-height:1.4;margin:.2em 0;overflow-wrap:anywhere">'
        f'<span aria-hidden="true">{mark}\N{VARIATION SELECTOR-15}</span> '
        f"<strong>{word}:</strong> {escape(told(problem))}</p>"
        for problem in problems
        for mark, word in [marks[problem.severity]]
    )
    well = f'<p style="line-height:1.4;margin:.2em 0">{escape(done)}</p>' if done else ""
    return f'<div role="status" aria-live="polite">{lines or well}</div>'


@dataclass
class Text(Listener):
    """A line of text, taken when Enter is pressed or the field is left.

    Parameters
    ----------
    label
        What stands beside it.
    read, write
        The text as it is now, and the call that changes it.
    problems
        What is to be said of the text as it is.
    repair
        Returns what was probably meant by a text that is refused, or None.
    placeholder
        What is seen where there is no text.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> field = Text("formula", lambda: "1", found.append)
    >>> field.widget(lambda call, key: call()).children[0].value = "1 + x"
    >>> found
    ['1 + x']
    """

    label: str
    read: Callable[[], str]
    write: Callable[[str], Any]
    problems: Callable[[], Sequence[Problem]] = lambda: ()
    repair: Callable[[str], str | None] = lambda _: None
    placeholder: str = ""
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the field, with room for what is wrong and a button for the repair."""
        import ipywidgets as w

        self._box = w.Text(
            description=self.label,
            placeholder=self.placeholder,
            continuous_update=False,
            style={"description_width": LABEL},
            layout=w.Layout(width="350px"),
        )
        # Without words in it, it takes no room.
        self._said = w.HTML(layout=w.Layout(width="350px", margin="0 2px"))
        self._button = w.Button(layout=w.Layout(width="auto", max_width="350px", display="none"))
        self._meant: str | None = None
        self._listen(self._box, write, self._try)
        self._button.on_click(lambda _: write(lambda: self._try(self._meant or ""), self.label))
        self.show()
        return w.VBox([self._box, self._said, self._button])

    def _try(self, text: str) -> None:
        try:
            self.write(text)
        except SsmkitError as error:
            # What was typed stays, and what is wrong with it is said here.
            self._say(error.problems, self.repair(text))

    def _say(self, problems: Sequence[Problem], meant: str | None) -> None:
        self._said.value = status(problems)
        self._meant = meant
        self._button.description = "" if meant is None else f"Write {meant}"
        self._button.layout.display = "none" if meant is None else None

    def show(self) -> None:
        """Show the text, and what is to be said of it."""
        with self._unheard():
            self._box.value = self.read()
        self._say(self.problems(), None)


@dataclass
class Tick(Listener):
    """A check box.

    Parameters
    ----------
    label
        What stands beside it.
    read, write
        Whether it is ticked, and the call that changes it.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> box = Tick("lapses", lambda: True, found.append).widget(lambda call, key: call())
    >>> box.value = False
    >>> found
    [False]
    """

    label: str
    read: Callable[[], bool]
    write: Callable[[bool], Any]
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the check box."""
        import ipywidgets as w

        self._box = w.Checkbox(
            description=self.label,
            indent=False,
            layout=w.Layout(width="auto", margin="0 12px 0 2px"),
        )
        self._listen(self._box, write, self.write, again=True)
        self.show()
        return self._box

    def show(self) -> None:
        """Show whether it is ticked; what was refused is not."""
        with self._unheard():
            self._box.value = self.read()


@dataclass
class Ticks:
    """Check boxes in rows, below a heading.

    Parameters
    ----------
    heading
        What they are of.
    ticks
        The boxes.

    Examples
    --------
    >>> boxes = Ticks("columns", [Tick("x", lambda: True, print)])
    >>> boxes.widget(lambda call, key: call()).children[1].children[0].value
    True
    """

    heading: str
    ticks: Sequence[Tick]

    def widget(self, write: Write) -> Any:
        """Make the boxes."""
        import ipywidgets as w

        rows = w.HBox(
            [tick.widget(write) for tick in self.ticks], layout=w.Layout(flex_flow="row wrap")
        )
        return w.VBox([w.HTML(f"<strong>{escape(self.heading)}</strong>"), rows])

    def show(self) -> None:
        """Show which are ticked."""
        for tick in self.ticks:
            tick.show()


@dataclass
class Menu(Listener):
    """A menu whose words change, and that does something as soon as one is chosen.

    Parameters
    ----------
    label
        What stands beside it.
    options
        Pairs of a word and what it stands for, as they are now.
    read, write
        The choice as it is now, and the call that changes it.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> menu = Menu("link", lambda: [("a", 1), ("b", 2)], lambda: 1, found.append)
    >>> menu.widget(lambda call, key: call()).value = 2
    >>> found
    [2]
    """

    label: str
    options: Callable[[], Sequence[tuple[str, Any]]]
    read: Callable[[], Any]
    write: Callable[[Any], Any]
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the menu."""
        import ipywidgets as w

        self._box = w.Dropdown(
            description=self.label,
            style={"description_width": LABEL},
            layout=w.Layout(width="350px"),
        )
        self._listen(self._box, write, self.write, again=True)
        self.show()
        return self._box

    def show(self) -> None:
        """Show what there is to choose, and what is chosen."""
        options = distinct(self.options()) or ((NONE, ""),)
        now = self.read()
        # One message to the page and not three.
        with self._unheard(), self._box.hold_sync():
            if self._box.options != options:
                self._box.options = options
            self._box.value = now if any(now == value for _, value in options) else options[0][1]
            self._box.disabled = len(options) < 2


@dataclass
class Act:
    """A menu, and a button that does something with what is chosen there.

    Parameters
    ----------
    label
        What stands beside the menu.
    verb
        What stands on the button.
    options
        Pairs of a word and what it stands for, as they are now.
    call
        What the button calls, with the choice.
    hint
        What it is, said when the pointer rests on it.

    Examples
    --------
    >>> found = []
    >>> act = Act("term", "Take out", lambda: [("x", "x")], found.append)
    >>> act.widget(lambda call, key: call()).children[1].click()
    >>> found
    ['x']
    """

    label: str
    verb: str
    options: Callable[[], Sequence[tuple[str, Any]]]
    call: Callable[[Any], Any]
    hint: str = ""

    def widget(self, write: Write) -> Any:
        """Make the menu and the button."""
        import ipywidgets as w

        self._box = w.Dropdown(
            description=self.label,
            style={"description_width": LABEL},
            layout=w.Layout(width="270px"),
        )
        self._button = w.Button(description=self.verb, layout=w.Layout(width="76px"))
        if self.hint:
            _compat.set_tooltip(self._box, self.hint)
        self._button.on_click(
            lambda _: write(lambda: self.call(self._box.value), f"{self.label} {self.verb}")
        )
        self.show()
        return w.HBox([self._box, self._button])

    def show(self) -> None:
        """Show what there is to choose."""
        options = distinct(self.options())
        shown = options or ((NONE, ""),)
        with self._box.hold_sync():
            if self._box.options != shown:
                before = self._box.value
                self._box.options = shown
                self._box.value = before if any(before == x for _, x in shown) else shown[0][1]
            self._box.disabled = not options
        self._button.disabled = not options


def distinct(options: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    """Return options, each word once, as a menu needs them."""
    return tuple({word: (word, value) for word, value in options}.values())

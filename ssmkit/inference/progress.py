"""One line of progress, in a terminal or in a notebook."""

import sys
import time
from types import TracebackType
from typing import Any, Self


class Progress:
    """Show how far a fit is; as a context manager.

    Parameters
    ----------
    total
        Number of steps in all.
    label
        What is done, in a word or two.
    show
        False shows nothing.

    Examples
    --------
    >>> with Progress(10, "sampling", show=False) as progress:
    ...     progress.update(10)
    """

    def __init__(self, total: int, label: str, *, show: bool = True) -> None:
        self.total, self.label = total, label
        self._start = time.monotonic()
        self._bar = _make(total, label) if show else None

    def update(self, done: int, note: str = "") -> None:
        """Show that ``done`` steps are made."""
        if self._bar is not None:
            self._bar.update(done, note)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close(time.monotonic() - self._start)


def _make(total: int, label: str) -> Any:
    return _NotebookLine(total, label) if _in_notebook() else _TerminalLine(total, label)


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    ipython = shell.get_ipython() if shell is not None else None
    return ipython is not None and hasattr(ipython, "kernel")


class _NotebookLine:
    """A display rewritten in place; no widget, so a saved notebook keeps its last state."""

    def __init__(self, total: int, label: str) -> None:
        from IPython.display import HTML, display

        self._html, self.total, self.label = HTML, total, label
        self._handle = display(HTML(self._page(0, "")), display_id=True)

    def _page(self, done: int, note: str) -> str:
        return (
            f'<div role="status"><progress max="{self.total}" value="{done}" '
            f'aria-label="{self.label}" style="width:16em;vertical-align:middle"></progress> '
            f"{self.label} {100 * done // max(self.total, 1)} % {note}</div>"
        )

    def update(self, done: int, note: str) -> None:
        self._handle.update(self._html(self._page(done, note)))

    def close(self, seconds: float) -> None:
        self._handle.update(self._html(f"<div>{self.label}: {seconds:.1f} s</div>"))


class _TerminalLine:
    """tqdm's line, which knows terminals; in a log file only the last state is written."""

    def __init__(self, total: int, label: str) -> None:
        from tqdm import tqdm

        quiet = {} if sys.stderr.isatty() else {"mininterval": 1e9}
        self._bar = tqdm(total=total, desc=label, unit="step", leave=True, **quiet)

    def update(self, done: int, note: str) -> None:
        self._bar.set_postfix_str(note, refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self, seconds: float) -> None:  # noqa: ARG002 - tqdm times itself
        self._bar.close()

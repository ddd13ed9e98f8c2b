"""One line of progress that hides nothing and leaves no widget behind."""

import IPython.display

from ssmkit.inference import progress
from ssmkit.inference.progress import Progress


def test_a_terminal_sees_the_end_state(capsys):
    with Progress(100, "sampling") as line:
        line.update(60)
        line.update(100)
    assert "sampling" in capsys.readouterr().err


def test_nothing_is_shown_where_nothing_is_wanted(capsys):
    with Progress(100, "sampling", show=False) as line:
        line.update(100)
    said = capsys.readouterr()
    assert said.out == said.err == ""


def test_a_notebook_gets_one_display_that_ends_as_a_sentence(monkeypatch):
    pages = []

    class Handle:
        def update(self, page):
            pages.append(page.data)

    def display(page, display_id):
        pages.append(page.data)
        return Handle()

    monkeypatch.setattr(progress, "_in_notebook", lambda: True)
    monkeypatch.setattr(IPython.display, "display", display)
    with Progress(100, "sampling") as line:
        line.update(50)
    assert 'value="50"' in pages[1]
    assert pages[-1].startswith("<div>sampling: ")

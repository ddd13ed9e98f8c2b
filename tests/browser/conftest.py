"""A lab and a browser for the tests of this folder, where they are installed."""

import importlib.util
import itertools

import pytest
from browser.lab import CHROMIUM, Lab, Notebook, browser

NEEDED = ("jupyterlab", "playwright", "axe_playwright_python")
_numbers = itertools.count()


def missing():
    """Return what these tests need and is not here."""
    names = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    return names + ([] if CHROMIUM else ["chromium (Debian: apt-get install chromium) or Chrome"])


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    if missing():
        pytest.skip(f"a browser test needs {', '.join(missing())}")
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.close()


# A file's own: while playwright is there, nothing else in this process can run a loop of events.
@pytest.fixture(scope="module")
def chromium(lab):
    with browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def opener(lab, chromium):
    """Return a function that opens a notebook of these cells, until the file is done."""

    def open_one(*cells, theme="JupyterLab Light", width=1366, height=900):
        lab.theme(theme)
        url = lab.write(f"notebook_{next(_numbers)}", cells)
        return Notebook(chromium.new_page(viewport={"width": width, "height": height}), url)

    return open_one


@pytest.fixture
def open_notebook(opener):
    """Return the same function; what it opens is closed after the test."""
    opened = []

    def open_one(*cells, **settings):
        opened.append(opener(*cells, **settings))
        return opened[-1]

    yield open_one
    for notebook in opened:
        notebook.page.close()

"""A JupyterLab of its own, and a notebook in it as a person with a keyboard has it.

The lab reads nothing of the settings, kernels and workspaces of whoever runs it: its folders are
all temporary. Chromium is that of the system, which playwright only drives.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import nbformat
from lessons.serving import free_port, stop

from ssmkit.lessons.lab import AT_ONCE

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SECONDS = 120
"""How long the lab, or a cell, may take on a busy machine."""
THEMES = ("JupyterLab Light", "JupyterLab Dark")
RUN_ALL = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
IDLE = """() => {
    const now = window.jupyterapp?.shell.currentWidget?.context?.sessionContext;
    return now?.session?.kernel?.status === "idle";
}"""


class Lab:
    """A server of JupyterLab that has a folder of notebooks.

    Parameters
    ----------
    folder
        An empty folder, for its notebooks and all that it remembers.
    prompt
        Whether it is as ``ssmkit lab`` starts it, and not as JupyterLab is by itself.
    """

    def __init__(self, folder, *, prompt=True):
        self.folder = Path(folder)
        self.notebooks = self.folder / "notebooks"
        self.notebooks.mkdir()
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = (self.folder / "log").open("w")
        places = ("CONFIG", "DATA", "RUNTIME")
        own = {f"JUPYTER_{place}_DIR": str(self.folder / place.lower()) for place in places}
        own |= {
            f"JUPYTERLAB_{place}_DIR": str(self.folder / place.lower())
            for place in ("SETTINGS", "WORKSPACES")
        }
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
        command += ["--ip=127.0.0.1", f"--port={self.url.rsplit(':')[-1]}"]
        command += [AT_ONCE] if prompt else []
        command += ["--IdentityProvider.token=", "--ServerApp.port_retries=0"]
        command += [f"--ServerApp.root_dir={self.notebooks}", "--LabApp.expose_app_in_browser=True"]
        self._settings("notification", fetchNews="false", checkForUpdates=False)
        self._process = subprocess.Popen(
            command,
            env=os.environ | own,
            cwd=self.notebooks,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait()

    def _wait(self):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/api", timeout=10):
                    return
            except URLError:
                time.sleep(0.2)
        self.close()
        raise AssertionError((self.folder / "log").read_text("utf-8"))

    def _settings(self, plugin, **values):
        folder = self.folder / "settings" / "@jupyterlab" / "apputils-extension"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{plugin}.jupyterlab-settings").write_text(json.dumps(values), "utf-8")

    def theme(self, name):
        """Let the pages that are opened from now on have a theme."""
        self._settings("themes", theme=name)

    def write(self, name, cells):
        """Write a notebook of code cells; return its address."""
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(x) for x in cells])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(book, self.notebooks / f"{name}.ipynb")
        return f"{self.url}/lab/tree/{name}.ipynb?reset"

    def close(self):
        """Stop the server, and with it all kernels."""
        stop(self._process)
        self._process.wait(timeout=60)
        self._log.close()


class Notebook:
    """A notebook that is open in a browser, and all errors that the browser tells of it.

    Parameters
    ----------
    page
        A page of playwright's.
    url
        The address of the notebook.
    """

    def __init__(self, page, url):
        self.page, self.errors = page, []
        page.set_default_timeout(1000 * SECONDS)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("console", self._hear)
        page.goto(url)
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function(IDLE)

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def run_all(self):
        """Run all cells, and wait until they are done."""
        self.page.evaluate(RUN_ALL)
        self.settle()

    def settle(self):
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(IDLE)

    def output(self, cell):
        """Return the output area of a code cell, counted from 0."""
        return self.page.locator(".jp-CodeCell").nth(cell).locator(".jp-Cell-outputArea")

    def builder(self, cell):
        """Return the builder that a cell shows, once it is drawn."""
        found = self.output(cell).locator(".jupyter-widgets.widget-vbox").first
        found.locator("svg").first.wait_for()
        return found


@contextmanager
def browser():
    """Start Chromium; playwright's loop of events is over when it is left."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()

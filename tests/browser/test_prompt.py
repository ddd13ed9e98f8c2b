"""The sign of the kernel at work, in the JupyterLab of ``ssmkit lab``."""

import pytest

pytestmark = pytest.mark.full
BUTTONS = """import time

import ipywidgets as w

quick, slow, told = w.Button(description="quick"), w.Button(description="slow"), w.Label("told: 0")
quick.on_click(lambda _: told.set_trait("value", f"told: {1 + int(told.value[6:])}"))
slow.on_click(lambda _: time.sleep(1))
w.VBox([quick, slow, told])"""
WATCH = """() => {
    window.states = [];
    const session = window.jupyterapp.shell.currentWidget.context.sessionContext;
    session.statusChanged.connect((_, state) => window.states.push(state));
}"""


def test_the_kernel_is_called_busy_only_by_what_takes_long(open_notebook):
    notebook = open_notebook(BUTTONS)
    notebook.run_all()
    page, shown = notebook.page, notebook.output(0)
    page.evaluate(WATCH)
    for count in (1, 2, 3):
        shown.get_by_role("button", name="quick").click()
        shown.get_by_text(f"told: {count}").wait_for()
    assert page.evaluate("window.states") == []
    shown.get_by_role("button", name="slow").click()
    page.wait_for_function("window.states.length === 2")
    assert page.evaluate("window.states") == ["busy", "idle"]
    assert notebook.errors == []

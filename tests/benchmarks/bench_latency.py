"""How long it takes in a browser from a key to the new picture: JupyterLab, Chromium, a kernel.

``python tests/benchmarks/bench_latency.py`` prints a line for each control, and one for all keys of
a builder. A key is pressed in the notebook; the time is from the event of the
key to the first moment after the browser has painted the picture that the kernel sent back.
JupyterLab is as ``ssmkit lab`` starts it; with ``--plain`` it is as it starts by itself. Names of
cases after that: those alone.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.lab import Lab, Notebook, browser  # its folder was just put on the path

WARM, TIMES = 4, 30
MEDIAN, WORST = 60, 150
DATA = """import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
n = 400
data = pd.DataFrame({"rt": 0.3 + rng.gamma(3, 0.3, n), "response": rng.choice([-1, 1], n)})
data["x"], data["y"] = rng.normal(size=(2, n))
data["participant"] = rng.integers(0, 10, n).astype(str)
"""
NUMBER = ("ArrowUp", "ArrowDown")
BARE = """import ipywidgets as w

box, html = w.FloatText(description="x"), w.HTML("<svg></svg>")
svg = "<svg><text>{}</text></svg>"
box.observe(lambda change: html.set_trait("value", svg.format(change["new"])), "value")
w.VBox([box, html])"""
PRIORS = "from ssmkit.widgets import PriorBuilder\n\n"
CHIPS = 'PriorBuilder("ddm", "z").family("Beta").by("chips").chips([1] * 10)'
FORMULA = 'from ssmkit.widgets import FormulaBuilder\n\nFormulaBuilder(data, "v")'
SLOPE = FORMULA.replace('"v")', '"v", "1 + x")')
EXPLORE = "import ssmkit\n\nssmkit.explore"
CASES = {
    "a box and an empty picture": (BARE, "x", NUMBER),
    "prior builder, sigma": (f'{PRIORS}PriorBuilder("ddm", "v")', "sigma", NUMBER),
    "prior builder, chips": (PRIORS + CHIPS, "chips 0.4 to 0.5", NUMBER),
    "formula builder, intercept": (DATA + SLOPE, "intercept", ("Space",)),
    "formula builder, a term": (DATA + FORMULA, "x (number)", ("Space",)),
    "formula builder, text": (DATA + FORMULA, "v ~", ("1 + x", "1 + x + y")),
    "explorer, densities": (f'{EXPLORE}("ddm")', "a", NUMBER),
    "explorer, cartoon": (f'{EXPLORE}("ddm").view("cartoon")', "a", NUMBER),
    "explorer, densities and data": (f'{DATA}{EXPLORE}("ddm", data)', "a", NUMBER),
}
"""The cell, the label of the control, and the keys pressed there or the lines typed, in turn."""
WATCH = """root => {
    const holder = root.querySelector("svg").parentElement.parentElement;
    window.spans = [];
    let begun = null;
    document.addEventListener("keydown", event => {
        if (event.key.startsWith("Arrow") || " Enter".includes(event.key)) begun = event.timeStamp;
    }, true);
    new MutationObserver(() => {
        if (begun === null) return;
        const start = begun;
        begun = null;
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.spans.push(performance.now() - start);
            channel.port2.postMessage(0);
        });
    }).observe(holder, {childList: true, subtree: true, characterData: true});
}"""


def spans(notebook, label, keys):
    """Change a control again and again; return the milliseconds until each picture was painted."""
    page, root = notebook.page, notebook.builder(0)
    root.evaluate(WATCH)
    field = root.get_by_label(label, exact=True).first
    field.focus()
    for i in range(WARM + TIMES):
        key = keys[i % len(keys)]
        if key in (*NUMBER, "Space"):
            page.keyboard.press(key)
        else:
            field.fill(key)
            page.keyboard.press("Enter")
        page.wait_for_function(
            "count => window.spans.length >= count", arg=i + 1, timeout=20_000, polling=100
        )
        page.wait_for_timeout(50)
    return np.array(page.evaluate("window.spans")[WARM:])


def measure(lab, chromium, name):
    """Return the times of one case of :data:`CASES`."""
    cell, label, keys = CASES[name]
    page = chromium.new_page(viewport={"width": 1366, "height": 1000})
    notebook = Notebook(page, lab.write(name.replace(", ", "_").replace(" ", "_"), [cell]))
    notebook.run_all()
    found = spans(notebook, label, keys)
    page.close()
    return found


def told(name, found):
    """Say how long keys took, and whether it is longer than the aim."""
    middle, worst = np.median(found), found.max()
    well = "" if middle < MEDIAN and worst < WORST else "  (too slow)"
    return f"{name}: median {middle:.0f} ms, worst {worst:.0f} ms{well}"


def run(names=None, *, prompt=True):
    """Measure cases in a JupyterLab of their own, and say each; return the times by name.

    The times of all keys of a builder follow, where it has several cases.
    """
    found = {}
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        lab = Lab(folder, prompt=prompt)
        try:
            for name in names or CASES:
                found[name] = measure(lab, chromium, name)
                print(told(name, found[name]), flush=True)
        finally:
            lab.close()
    for builder in dict.fromkeys(name.partition(",")[0] for name in found):
        own = [found[name] for name in found if name.startswith(f"{builder},")]
        if len(own) > 1:
            name = f"{builder}, all keys"
            found[name] = np.concatenate(own)
            print(told(name, found[name]))
    return found


def main():
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    names = [word for word in sys.argv[1:] if word != "--plain"]
    run(names, prompt="--plain" not in sys.argv)


if __name__ == "__main__":
    main()

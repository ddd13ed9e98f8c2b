"""Builders beside the tools of PreliZ and PyDDM: the page ``ssmkit/widgets/compared.md``.

``python tests/benchmarks/bench_widgets.py --peers PYTHON`` makes it again; PYTHON is one of another
environment, that has ``preliz`` and ``pyddm``. Times of a change are of the process and not of the
clock, so that a busy machine counts less; those in the browser are by its clock.
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

import bench_latency
import numpy as np
import pandas as pd
from _peers import cpu

from ssmkit.widgets import Explorer, FormulaBuilder, ModelBuilder, PriorBuilder

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "ssmkit" / "widgets" / "compared.md"
HEAD = """# Builders beside other interactive tools

What each can do, as read in its source in November 2026: PreliZ {preliz}, which is for priors, and
PyDDM {pyddm}, which is for models of decisions (its interface for notebooks).

| | PreliZ | PyDDM | ssmkit |
|---|---|---|---|
| Family of a prior, and its arguments by hand | sliders | no priors | number boxes, with sliders |
| Prior from an interval | by maximum entropy | | closed form or search; PreliZ for the rest |
| Prior from chips in bins | by mouse, needs ipympl | | number boxes, by keyboard |
| What it implies for the parameter of a trial | no | | through formula, link and bounds |
| Data expected before any are seen | simulated | | exact, from the density, with lapses |
| What was before, beside what is now | reference values | by a button | as ghosts, with undo |
| Parameters turned, times of each response seen | | sliders | number boxes, with sliders |
| Paths of evidence | | the bounds | paths, mean path, bounds, densities |
| Psychometric and chronometric functions | | by condition | by the strength of the evidence |
| Quantile-probability, conditional accuracy, delta | | no | exact, data beside them |
| Data by condition | | yes | yes |
| Formula put together and checked | | no | yes |
| Model as code, and back | code of a prior | no | both ways, and JSON |
| Controls named for screen readers | no: sliders | no: sliders | yes, tested in a browser |
| Seen in a saved notebook without a kernel | no | no | picture and words |
| Without a notebook | in part | a window of its own | every control is a method |

## How long a change takes

{date}, {cores} cores, load {load:.0f}; `python tests/benchmarks/bench_widgets.py --peers PYTHON`.
Milliseconds of processor time from a new value to a picture that can be sent to the page: an SVG
string with all controls and words of the builder here, a PNG of the figure there. Medians.

| change | ssmkit | PreliZ | PyDDM |
|---|---|---|---|
"""
BROWSER = """
## From a key to the painted picture

JupyterLab and Chromium on the same machine, by the clock: from the event of a key in a number box
(Space on a check box, Enter in a line of text) to the moment after the new picture was painted,
{times} times. The first line is a box and an empty picture by themselves, which is what a notebook
takes at the least.

Two habits of Jupyter cost a picture more than drawing it. Its server holds a message back until
the browser has acknowledged the one before, for up to 40 ms. And at every change of a control
JupyterLab redraws the kernel's signs on the page, first for "busy" and then for "idle", before it
reads on; at Enter in a line of text, which ipywidgets sends as two messages, it does so twice.
`ssmkit lab` starts JupyterLab without the one, and tells of "busy" only when a control takes longer
than a blink (`ssmkit/lessons/prompt.py`); a JupyterLab of one's own does the same with the option
`--ServerApp.kernel_websocket_connection_class=ssmkit.lessons.prompt.PromptConnection`.

{date}, {cores} cores, load {load:.0f}; `python tests/benchmarks/bench_latency.py`, and again
with `--plain`. Median and worst, in milliseconds.

| control | `ssmkit lab` | JupyterLab by itself |
|---|---|---|
"""


def ours():
    """Return the times of changes here, by what is changed."""
    rng = np.random.default_rng(0)
    n = 2000
    data = pd.DataFrame({f"x{i}": rng.normal(size=n) for i in range(20)})
    data["who"] = rng.integers(0, 40, n).astype(str)
    data["rt"], data["response"] = 0.3 + rng.gamma(3, 0.3, n), rng.choice([-1, 1], n)
    prior, gamma = PriorBuilder("ddm", "v"), PriorBuilder("ddm", "t").family("Gamma")
    chips = PriorBuilder("ddm", "t").family("Gamma").by("chips")
    explorers = {view: Explorer("ddm").view(view) for view in ("density", "cartoon", "accuracy")}
    formula, model = FormulaBuilder(data, "v"), ModelBuilder(data)
    for builder in (prior, gamma, chips, *explorers.values(), formula, model):
        assert builder.widget is not None
    text = "1 + x{} + (1 | who)"
    return {
        "argument of a prior": cpu(lambda i: prior.set(mu=0.1 * i)),
        "prior from an interval": cpu(lambda i: gamma.interval(0.2, 1.0 + 0.02 * i)),
        "chips": cpu(lambda i: chips.chips([0, 1, 4, 6, 3 + i, 2, 1, 0, 0, 0], 0, 1)),
        "parameter of a model": cpu(lambda i: explorers["density"].set(a=1.2 + 0.02 * i)),
        "the same, cartoon": cpu(lambda i: explorers["cartoon"].set(a=1.2 + 0.02 * i)),
        "the same, conditional accuracy": cpu(
            lambda i: explorers["accuracy"].set(a=1.2 + 0.02 * i)
        ),
        "formula, 2,000 trials": cpu(lambda i: formula.set(text.format(i))),
        "formula in a model, 2,000 trials": cpu(lambda i: model.formula("v", text.format(i))),
    }


def in_browser():
    """Return a line for each control, as :mod:`bench_latency` measures it both ways."""
    ways = [bench_latency.run(prompt=prompt) for prompt in (True, False)]
    cells = {
        name: [f"{np.median(way[name]):.0f} / {way[name].max():.0f}" for way in ways]
        for name in ways[0]
    }
    return [f"| {name} | {' | '.join(both)} |" for name, both in cells.items()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", required=True, help="a Python that has preliz and pyddm")
    asked = parser.parse_args()
    # Before the measurements, which are a load themselves.
    here = {"date": time.strftime("%Y-%m-%d"), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    command = [asked.peers, str(HERE / "_peers.py")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    peers = json.loads(told.splitlines()[-1])
    lines = []
    for name, own in ours().items():
        others = [peers[tool][1].get(name) for tool in ("PreliZ", "PyDDM")]
        cells = ["" if x is None else f"{x:.0f}" for x in (own, *others)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    versions = {"preliz": peers["PreliZ"][0], "pyddm": peers["PyDDM"][0]}
    head = HEAD.format(**versions, **here)
    browser = BROWSER.format(times=bench_latency.TIMES, **here)
    OUT.write_text(
        head + "\n".join(lines) + "\n" + browser + "\n".join(in_browser()) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()

"""What the benchmarks of regressions share: their data, and a fit in a process of its own."""

import json
import os
import signal
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd

from ssmkit.simulate import simulate_trials

WORKER = Path(__file__).with_name("_regression.py")


def trials(n, groups=0):
    """Return n trials with v = .5 + .4 x - .3 y, of so many participants of 100 where asked."""
    rng = np.random.default_rng(0)
    n = 100 * groups if groups else n
    x, y = rng.normal(size=(2, n))
    v = 0.5 + 0.4 * x - 0.3 * y
    data = pd.DataFrame({"x": x, "y": y})
    if groups:
        data["participant_id"] = np.repeat(np.arange(groups), 100)
        v = 0.5 + 0.4 * x + rng.normal(0, 0.4, groups)[data["participant_id"]]
        data["participant_id"] = data["participant_id"].map("s{:03d}".format)
    drawn = simulate_trials("ddm", {"v": v, "a": 1.2, "z": 0.5, "t": 0.3}, rng)
    return data.assign(rt=drawn[:, 0], response=drawn[:, 1])


def run(python, package, data, formula, sampling, cache, timeout=600):
    """Return what one fresh process says of itself; text where it says nothing, or takes longer."""
    environment = os.environ | {"SSMKIT_CACHE": cache}
    numbers = [str(x) for x in sampling]
    command = [python, "-W", "ignore", str(WORKER), package, data, formula, *numbers]
    # In a session of its own, so that chains which it runs in processes end with it.
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return f"longer than {timeout} s"
    lines = [x for x in out.splitlines() if x.startswith("RESULT")]
    if not lines:
        said = err.strip().splitlines() or [f"ended with code {process.returncode}"]
        return said[-1][:200]
    return json.loads(lines[-1].removeprefix("RESULT"))

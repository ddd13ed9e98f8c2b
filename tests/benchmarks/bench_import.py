"""What it costs to import the package, and what comes with it.

``python tests/benchmarks/bench_import.py`` starts fresh processes in turn: an empty one, one that
imports NumPy, and one for each step a person takes; medians over the repetitions.
"""

import statistics
import subprocess
import sys
import time

HEAVY = ("pymc", "bambi", "jax", "arviz", "ipywidgets", "matplotlib", "scipy", "pandas")
STEPS = {
    "(nothing)": "pass",
    "import numpy": "import numpy",
    "import ssmkit": "import ssmkit",
    "ssmkit.HSSM": "import ssmkit; ssmkit.HSSM",
    "ssmkit.plot_pair": "import ssmkit; ssmkit.plot_pair",
}
REPEAT = 7


def run(code: str) -> tuple[float, str]:
    """Return the time of a fresh process, and the heavy modules that were loaded in it."""
    report = f"import sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - start, done.stdout.strip()


def main() -> None:
    """Print the table."""
    times = {step: [] for step in STEPS}
    loaded = {}
    for _ in range(REPEAT):
        for step, code in STEPS.items():
            seconds, loaded[step] = run(code)
            times[step].append(seconds)
    empty = statistics.median(times["(nothing)"])
    print("| step | seconds above an empty process | heavy modules loaded |\n|---|---|---|")
    for step, values in times.items():
        print(f"| {step} | {statistics.median(values) - empty:.3f} | {loaded[step]} |")


if __name__ == "__main__":
    main()

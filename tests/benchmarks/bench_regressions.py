"""Regressions against the reference package, in one run, as ratios.

``python tests/benchmarks/bench_regressions.py --peer PYTHON`` takes the interpreter of an
environment in which ``pip install hssm`` was run. Both packages with their own default sampler,
priors and lapses, 4 chains of 500 + 500 draws on 2 cores. Fresh processes, ours and the peer's in
turn: *cold* starts with an empty cache of compiled programs, *warm* with the one that it filled.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from _regressions import run, trials

CASES = {
    "v ~ 1 + x + y, 1,000 trials": ("v ~ 1 + x + y", {"n": 1000}),
    "v ~ 1 + x + (1|participant_id), 20 x 100": (
        "v ~ 1 + x + (1|participant_id)",
        {"n": 0, "groups": 20},
    ),
}
SAMPLING = (500, 500, 4)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", required=True, help="interpreter of the peer's environment")
    options = parser.parse_args()
    print(f"load average at the start: {os.getloadavg()[0]:.1f}\n")
    print("| model | | ours cold | ours warm | peer | cold / peer | warm / peer |")
    print("|---|---|---|---|---|---|---|")
    for label, (formula, size) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            data = str(Path(folder, "data.csv"))
            trials(**size).to_csv(data, index=False)
            own = (sys.executable, "ssmkit", data, formula, SAMPLING, folder)
            cold = run(*own)
            peer = run(options.peer, "hssm", data, formula, SAMPLING, folder)
            warm = run(*own)
        table(label, cold, warm, peer)
    print(f"\nload average at the end: {os.getloadavg()[0]:.1f}")


def table(label: str, cold: dict, warm: dict, peer: dict | str) -> None:
    """Print the rows of one case."""
    figures = {
        "fit, s": lambda one: one["fit"],
        "import and fit, s": lambda one: one["import"] + one["fit"],
        "smallest bulk ESS": lambda one: one["ess"],
        "effective draws a second": lambda one: one["ess"] / one["fit"],
        "peak memory, GB": lambda one: one["memory"],
    }
    for name, figure in figures.items():
        ours, again = figure(cold), figure(warm)
        theirs = " | | " if isinstance(peer, str) else figure(peer)
        said = (
            f"{peer} | | "
            if isinstance(peer, str)
            else f"{theirs:.2f} | {ours / theirs:.3f} | {again / theirs:.3f}"
        )
        print(f"| {label} | {name} | {ours:.2f} | {again:.2f} | {said} |", flush=True)
    print(f"<!-- {warm['means']} -->\n<!-- {peer if isinstance(peer, str) else peer['means']} -->")


if __name__ == "__main__":
    main()

"""How time and peak memory grow with trials and with participants.

``python tests/benchmarks/bench_growth.py --peer PYTHON`` takes the interpreter of an environment in
which ``pip install hssm`` was run; without it ours alone is measured. Every size has a process of
its own, and both packages start it with nothing compiled: 2 chains of 100 + 100 draws on 2 cores.
A package is left out from the first size that it does not finish within the time limit.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from _regressions import run, trials

SAMPLING = (100, 100, 2)
SIZES = {
    "trials": ("v ~ 1 + x", [{"n": n} for n in (1000, 10_000, 100_000, 1_000_000)]),
    "participants": (
        "v ~ 1 + x + (1|participant_id)",
        [{"n": 0, "groups": groups} for groups in (10, 30, 100, 300)],
    ),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="interpreter of the peer's environment")
    parser.add_argument("--limit", type=int, default=600, help="seconds for one fit")
    parser.add_argument("--peer-limit", type=int, default=600, help="the same for the peer")
    options = parser.parse_args()
    packages = [("ours", sys.executable, "ssmkit", options.limit)]
    if options.peer:
        packages.append(("peer", options.peer, "hssm", options.peer_limit))
    print("| size | package | fit, s | peak memory, GB | smallest bulk ESS | load before |")
    print("|---|---|---|---|---|---|")
    for kind, (formula, sizes) in SIZES.items():
        left = list(packages)
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                data = str(Path(folder, "data.csv"))
                trials(**size).to_csv(data, index=False)
                for package in tuple(left):
                    name, python, module, limit = package
                    load = os.getloadavg()[0]
                    cache = str(Path(folder, "cache"))
                    said = run(python, module, data, formula, SAMPLING, cache, limit)
                    row = f"{size.get('groups') or size['n']:,} {kind} | {name}"
                    if isinstance(said, str):
                        left.remove(package)
                        print(f"| {row} | {said} | | | {load:.1f} |", flush=True)
                        continue
                    figures = f"{said['fit']:.1f} | {said['memory']:.2f} | {said['ess']:.0f}"
                    print(f"| {row} | {figures} | {load:.1f} |", flush=True)


if __name__ == "__main__":
    main()

"""The fits of the tutorial path, ours and the reference package's, in one run, as ratios.

``python tests/benchmarks/bench_fits.py --peer PYTHON`` takes the interpreter of an environment in
which ``pip install hssm`` was run. Fresh processes, ours and the peer's in turn: *cold* starts with
an empty cache of compiled programs, *warm* with a filled one, *refit* fits other data of the same
size in the same process. Each figure is the median of the repetitions.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import ssmkit

WORKER = Path(__file__).with_name("_fit.py")
TRUTH = {
    "ddm": ("ddm", {"v": 0.5, "a": 1.5, "z": 0.5, "t": 0.5}, 500),
    "only-v": ("ddm", {"v": 0.5, "a": 1.5, "z": 0.5, "t": 0.5}, 500),
    "angle": ("angle", {"v": 0.5, "a": 1.5, "z": 0.5, "t": 0.5, "theta": 0.3}, 1000),
}
# The peer's network for this model lies on a hub, and is not there without a connection.
OURS_ALONE = ("angle",)


def run(python: str, package: str, case: str, data: list[str], cache: str) -> dict:
    """Return what one fresh process says of itself; its time from outside is ``process``."""
    environment = os.environ | {"SSMKIT_CACHE": cache}
    command = [python, "-W", "ignore", str(WORKER), package, case, *data]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    lines = [x for x in done.stdout.splitlines() if x.startswith("RESULT")]
    if not lines:
        raise SystemExit(done.stderr[-3000:])
    return json.loads(lines[-1].removeprefix("RESULT"))


def median(rows: list[dict], *keys: str) -> float:
    """Return the median over repetitions of a sum of figures."""
    return statistics.median(sum(row[key] for key in keys) for row in rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="interpreter of the peer's environment")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--case", action="append", choices=list(TRUTH))
    options = parser.parse_args()
    print("| fit | | ours, s | peer, s | ours / peer |\n|---|---|---|---|---|")
    for case in options.case or TRUTH:
        model, theta, n = TRUTH[case]
        with tempfile.TemporaryDirectory() as folder:
            data = []
            for seed in range(2):
                path = Path(folder, f"{seed}.csv")
                frame = ssmkit.simulate_data(model, theta, n, random_state=seed, exact=True)
                frame.to_csv(path, index=False)
                data.append(str(path))
            cold, warm, peer = [], [], []
            for repetition in range(options.repeat):
                cache = str(Path(folder, f"cache{repetition}"))
                cold.append(run(sys.executable, "ssmkit", case, data, cache))
                if options.peer and case not in OURS_ALONE:
                    peer.append(run(options.peer, "hssm", case, data, cache))
                warm.append(run(sys.executable, "ssmkit", case, data, cache))
        table(case, cold, warm, peer)


def table(case: str, cold: list[dict], warm: list[dict], peer: list[dict]) -> None:
    """Print the rows of one case."""
    whole = ("import", "fit")
    rows = [
        ("import and first fit, cold", median(cold, *whole), whole),
        ("import and first fit, warm cache", median(warm, *whole), whole),
        ("first fit alone, cold", median(cold, "fit"), ("fit",)),
        ("first fit alone, warm cache", median(warm, "fit"), ("fit",)),
        ("refit, other data", median(warm, "refit"), ("refit",)),
    ]
    for label, ours, keys in rows:
        theirs = f"{median(peer, *keys):.2f} | {ours / median(peer, *keys):.3f}" if peer else " | "
        print(f"| {case} | {label} | {ours:.2f} | {theirs} |")
    for label, rows_, keys in (
        ("warm, with import", warm, whole),
        ("refit rate", warm, ("refit",)),
    ):
        ours = median(rows_, "ess") / median(rows_, *keys)
        theirs = median(peer, "ess") / median(peer, *keys) if peer else None
        said = f"{theirs:.0f} | {ours / theirs:.1f}" if theirs else " | "
        print(f"| {case} | effective draws a second, {label} | {ours:.0f} | {said} |")
    print(f"| {case} | smallest bulk ESS | {median(warm, 'ess'):.0f} |", end=" ")
    print(f"{median(peer, 'ess'):.0f} | |" if peer else " | |")
    print(f"<!-- means: ours {warm[0]['means']}, peer {peer[0]['means'] if peer else None} -->")


if __name__ == "__main__":
    main()

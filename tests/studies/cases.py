"""The calibration study: what is drawn and fitted, and the table of what came of it.

``python tests/studies/cases.py --folder FOLDER`` runs all of it, or what is missing in the folder,
and prints the table of ``results.md``; ``python -m pytest -m study tests/studies`` runs the same as
a test.
"""

import argparse
from math import log
from pathlib import Path

import numpy as np
import pandas as pd

import ssmkit

FITS, TRIALS = 300, 150
PRIORS = {
    "v": {"name": "Normal", "mu": 0.0, "sigma": 2.0},
    "a": {"name": "LogNormal", "mu": 0.0, "sigma": 0.5},
    "z": {"name": "Beta", "alpha": 10.0, "beta": 10.0},
    "t": {"name": "LogNormal", "mu": log(0.3), "sigma": 0.5},
}
ANGLE = {"name": "TruncatedNormal", "mu": 0.2, "sigma": 0.3, "lower": -0.1, "upper": 1.3}
SLOPE = {"name": "Normal", "mu": 0.0, "sigma": 1.0}
CASES = {
    "ddm": ("ddm", False),
    "ddm v ~ 1 + x": ("ddm", True),
    "angle": ("angle", False),
    "angle v ~ 1 + x": ("angle", True),
}


def study(case, folder=None, *, fits=FITS, trials=TRIALS, show=False, **settings):
    """Run one case; ``x`` is a fixed standard normal covariate."""
    model, regression = CASES[case]
    priors = PRIORS | ({"theta": ANGLE} if model == "angle" else {})
    data = None
    if regression:
        data = pd.DataFrame({"x": np.random.default_rng(0).normal(size=trials)})
        trials = None
        priors["v"] = {
            "formula": "v ~ 1 + x",
            "prior": {"Intercept": priors["v"], "x": SLOPE},
        }
    own = None if folder is None else Path(folder, case.replace(" ", "").replace("~", "_"))
    return ssmkit.calibrate(
        model,
        fits=fits,
        trials=trials,
        data=data,
        random_state=0,
        folder=own,
        p_outlier=0,
        progressbar=show,
        **(priors | settings),
    )


def rows(case, found):
    """Return the lines of the table for one case."""
    n, seconds = len(found.fits), found.fits["seconds"].median()
    return [
        f"| {case} | {name} | {row.deviation:+.3f} | {row.band:+.3f} | {row['at']:.2f} "
        f"| {row.p:.3f} | {'yes' if row.inside else '**no**'} | {n} | {seconds:.2f} |"
        for name, row in found.table.iterrows()
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True, help="where each fit is kept")
    parser.add_argument("--fits", type=int, default=FITS)
    options = parser.parse_args()
    print("| model | parameter | deviation | band there | at | p | inside | fits | s a fit |")
    print("|---|---|---|---|---|---|---|---|---|")
    for case in CASES:
        found = study(case, options.folder, fits=options.fits)
        print(*rows(case, found), sep="\n")
        print(f"<!-- {'; '.join(repr(found).splitlines()[-4:])} -->", flush=True)


if __name__ == "__main__":
    main()

"""One fit in a process of its own, timed from the inside; prints one line of JSON.

Called as ``python _fit.py PACKAGE CASE DATA.csv OTHER.csv``. It uses nothing but what both packages
document, and so runs in either's environment.
"""

import json
import sys
import time
import warnings
from importlib import import_module

CASES = {
    "ddm": ({}, {"draws": 1000, "tune": 500, "chains": 2}),
    "only-v": ({"a": 1.5, "z": 0.5, "t": 0.5}, {"draws": 1000, "tune": 500, "chains": 2}),
    "angle": ({"model": "angle"}, {"draws": 500, "tune": 500, "chains": 2}),
}


def main() -> None:
    package, case, *paths = sys.argv[1:]
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    import numpy as np
    import pandas as pd

    hssm = import_module(package)
    hssm.HSSM  # noqa: B018 - a lazy package is loaded here
    model_arguments, sample_arguments = CASES[case]
    said = {"import": time.perf_counter() - start}
    for name, path in zip(("fit", "refit"), paths, strict=True):
        data = pd.read_csv(path)
        start = time.perf_counter()
        model = hssm.HSSM(data=data, **model_arguments)
        traces = model.sample(**sample_arguments, cores=2, random_seed=1, progressbar=False)
        said[name] = time.perf_counter() - start
        if name == "fit":
            from arviz_stats.base import array_stats

            posterior = traces["posterior"]
            free = [x for x in posterior.data_vars if np.ndim(posterior[x]) == 2]
            said["ess"] = min(
                float(array_stats.ess(posterior[x].to_numpy(), chain_axis=0, draw_axis=1))
                for x in free
            )
            said["means"] = {str(x): round(float(posterior[x].mean()), 3) for x in sorted(free)}
    print("RESULT", json.dumps(said))


if __name__ == "__main__":
    main()

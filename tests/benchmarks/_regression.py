"""One regression in a process of its own, timed from the inside; prints one line of JSON.

Called as ``python _regression.py PACKAGE DATA.csv FORMULA DRAWS TUNE CHAINS``. It uses nothing but
what both packages document, and so runs in either's environment.
"""

import json
import resource
import sys
import time
import warnings
from importlib import import_module


def main() -> None:
    package, path, formula, *numbers = sys.argv[1:]
    draws, tune, chains = map(int, numbers)
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    import numpy as np
    import pandas as pd

    hssm = import_module(package)
    hssm.HSSM  # noqa: B018 - a lazy package is loaded here
    said = {"import": time.perf_counter() - start}
    data = pd.read_csv(path)
    start = time.perf_counter()
    model = hssm.HSSM(data=data, include=[{"name": "v", "formula": formula}])
    traces = model.sample(
        draws=draws, tune=tune, chains=chains, cores=2, random_seed=1, progressbar=False
    )
    said["fit"] = time.perf_counter() - start
    from arviz_stats.base import array_stats

    posterior = traces["posterior"]
    scalars = [x for x in posterior.data_vars if np.ndim(posterior[x]) == 2]
    said["ess"] = min(
        float(array_stats.ess(posterior[x].to_numpy(), chain_axis=0, draw_axis=1)) for x in scalars
    )
    said["means"] = {str(x): round(float(posterior[x].mean()), 3) for x in sorted(scalars)}
    said["kept"] = "log_likelihood" in getattr(traces, "children", ())
    # Kilobytes on Linux.
    said["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print("RESULT", json.dumps(said))


if __name__ == "__main__":
    main()

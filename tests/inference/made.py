"""Posteriors made by hand, so that what is wrong with them is known."""

import numpy as np

from ssmkit import _compat

TYPICAL = {"v": (0.5, 0.1), "a": (1.2, 0.05), "z": (0.5, 0.02), "t": (0.3, 0.02)}


def traces(changed=None, *, chains=4, draws=1000, stats=None, responses=(100, 100), attrs=None):
    """Return traces of independent normal draws, with some variables given."""
    rng = np.random.default_rng(0)
    shape = (chains, draws)
    values = {name: rng.normal(mean, sd, shape) for name, (mean, sd) in TYPICAL.items()}
    values |= changed or {}
    rt = rng.uniform(0.4, 2.0, sum(responses))
    observed = np.column_stack([rt, np.repeat([-1.0, 1.0], responses)])
    groups = {
        "posterior": values,
        "sample_stats": {
            "diverging": np.zeros(shape, bool),
            "tree_depth": np.full(shape, 3),
            "energy": rng.normal(size=shape),
        }
        | (stats or {}),
        "observed_data": {"rt,response": observed},
    }
    return _compat.build_traces(
        groups, dims={"rt,response": ["__obs__", "rt_response"]}, attrs=attrs
    )

"""Pictures of a posterior: one plot a file, each a function of the draws alone.

Every plot takes a sampled model or its traces, ``var_names`` and ``truth``, and returns a
matplotlib figure. In each file ``curves`` gives the numbers and ``draw`` the picture of them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "calibration": ["plot_calibration"],
        "cartoon": ["plot_cartoon"],
        "compare": ["plot_compare"],
        "correlation": ["plot_correlation"],
        "forest": ["plot_forest"],
        "pair": ["plot_pair"],
        "posterior": ["plot_posterior"],
        "predictive": ["plot_predictive"],
        "prior": ["plot_prior"],
        "quantile_probability": ["plot_quantile_probability"],
        "rank": ["plot_rank"],
        "recovery": ["plot_recovery"],
        "trace": ["plot_trace"],
    },
)

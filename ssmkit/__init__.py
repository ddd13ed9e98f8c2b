"""A notebook-first teaching kit for Bayesian sequential sampling models.

Everything public is here and is loaded when it is first used, so that importing the package costs
nothing: ``import ssmkit`` loads none of PyMC, Bambi, JAX, ArviZ or ipywidgets.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["lessons", "likelihoods", "modelconfig", "plots", "widgets"],
    submod_attrs={
        "data": ["check_data", "code_responses", "convert", "ez_ddm", "load_data"],
        "errors": ["Problem", "SsmkitError", "SsmkitWarning"],
        "inference.compare": ["compare"],
        "model": ["HSSM"],
        "modelconfig": [
            "get_default_model_config",
            "list_models",
            "register_model",
            "train_network",
        ],
        "plots": [
            "plot_calibration",
            "plot_cartoon",
            "plot_compare",
            "plot_correlation",
            "plot_forest",
            "plot_pair",
            "plot_posterior",
            "plot_predictive",
            "plot_prior",
            "plot_quantile_probability",
            "plot_rank",
            "plot_recovery",
            "plot_trace",
        ],
        "simulate": ["simulate_data"],
        "spec": ["Link", "ModelSpec", "Param", "Prior", "implied_prior"],
        "studies": ["calibrate", "recover"],
        "widgets": ["build", "explore"],
    },
)

__version__ = "0.1.0"

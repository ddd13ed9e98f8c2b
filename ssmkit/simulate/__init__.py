"""Data from a model: exact draws from the kit's own densities, or paths by ssm-simulators."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={"dataset": ["simulate_data"], "trials": ["simulate_trials"]},
)

"""What exists: models, their parameters, bounds and default priors, and their densities by name.

A model is a literal table in a small file of its family (``ddm.py``, ``angle.py``). Everything here
is light: JAX is loaded when a density is first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["defaults", "density", "distributions"],
    submod_attrs={
        "config": ["Likelihood", "ModelConfig"],
        "own": ["register_model"],
        "own_network": ["train_network"],
        "registry": ["get_config", "get_default_model_config", "list_models"],
    },
)

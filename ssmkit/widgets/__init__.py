"""Builders: a prior, or a model at work, to be turned by hand in a notebook.

A builder is a view of a frozen value: every control calls a method that can be called just as well,
and what it shows is a function of the value alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "explorer": ["Explorer", "explore"],
        "formula_builder": ["FormulaBuilder"],
        "model_builder": ["ModelBuilder", "build"],
        "prior_builder": ["PriorBuilder"],
    },
)

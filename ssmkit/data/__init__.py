"""Data: real data sets, what is wrong with a data frame, codes of responses, first estimates."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "check": ["check_data"],
        "coding": ["code_responses"],
        "conventions": ["convert"],
        "ez": ["ez_ddm"],
        "load": ["load_data"],
    },
)

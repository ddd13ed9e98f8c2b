"""The model that a person holds in hand."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"hssm": ["HSSM"]})

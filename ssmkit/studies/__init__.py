"""Many fits at once: is the posterior right (calibration), and what can a design find (recovery).

Both draw parameters, simulate data exactly and fit them, one fit after the other and each from a
seed of its own; what was fitted is kept in a folder, so that a study can be stopped and taken up.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={"calibration": ["calibrate"], "recovery": ["recover"]},
)

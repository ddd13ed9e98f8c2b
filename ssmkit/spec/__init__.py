"""What is asked: priors, parameters, formulas, lapses and the whole model, as frozen plain values.

A spec knows nothing of widgets or samplers. It is read from what a person typed, checked against
the registry and the data, written to JSON and Python, and printed.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "html": ["summary_html"],
        "implied": ["implied_prior"],
        "lapse": ["Lapse"],
        "missing": ["Missing"],
        "links": ["Link"],
        "model_spec": ["ModelSpec"],
        "param": ["Param"],
        "prior": ["Prior"],
        "regression": ["Regression"],
        "resolved": ["Resolved"],
        "text": ["summary_text"],
        "values": ["Column", "Vector"],
    },
)

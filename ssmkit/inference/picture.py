"""The model as a graph: Graphviz's picture, or lines of text where Graphviz is missing."""

import shutil
from dataclasses import dataclass
from typing import Any

import pymc as pm

from ssmkit.spec import ModelSpec


@dataclass(frozen=True, repr=False)
class TextGraph:
    """The graph of a model as text, shown by itself in a notebook and a terminal."""

    text: str

    def __repr__(self) -> str:
        return self.text


def picture(model: Any, spec: ModelSpec, n_obs: int) -> Any:
    """Return the graph of a model.

    Parameters
    ----------
    model
        The PyMC model.
    spec
        What it was built from.
    n_obs
        Number of trials.

    Returns
    -------
    graphviz.Digraph or TextGraph
        The second where Graphviz's program ``dot`` is not installed.
    """
    if shutil.which("dot"):
        return pm.model_to_graphviz(model)
    items = spec.resolved()
    width = len("p_outlier")
    lines = [f"  {item.name:<{width}}  {_said(item)}" for item in items]
    if spec.lapse is not None and all(item.name != "p_outlier" for item in items):
        lines.append(f"  {'p_outlier':<{width}}  = {spec.lapse.p}")
    arrow = "  " + " " * width + "  ↓"
    end = f"  rt,response  ~ {spec.model}({', '.join(i.name for i in items)})   n = {n_obs}"
    note = "(install Graphviz's program dot to see this as a picture)"
    return TextGraph("\n".join([*lines, arrow, end, "", note]))


def _said(item: Any) -> str:
    if item.formula is not None:
        return f"= {item.formula}   ({item.link} link)"
    return f"~ {item.prior}" if item.fixed is None else f"= {item.fixed}"

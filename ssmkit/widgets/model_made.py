"""What a model builder makes: code, JSON, a summary, a model, a fit."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any, Self

from ssmkit.errors import refuse
from ssmkit.spec import ModelSpec, summary_text
from ssmkit.spec.code import to_code
from ssmkit.widgets.shell import Builder

_OURS = "model = "


@dataclass(frozen=True)
class Built:
    """What a model builder shows: a spec, and one that is pinned beside it."""

    spec: ModelSpec
    pinned: "Built | None" = None


class Made(Builder[Built]):
    """The part of a model builder that hands out what was put together."""

    data: Any = None
    fitted: Any = None
    said: str = ""

    @property
    def spec(self) -> ModelSpec:
        """The model as it is asked for."""
        return self.state.spec

    def to_code(self) -> str:
        """Return the call of ``HSSM`` that builds this model; the data frame is called ``data``."""
        return self.spec.to_code()

    def cell(self) -> str:
        """Return the code of a cell that builds this model and fits it."""
        self.spec.require_writable()
        call = to_code(self.spec, len(_OURS))
        return f"from ssmkit import HSSM\n\n{_OURS}{call}\ntraces = model.sample()"

    def to_json(self) -> str:
        """Return the model as JSON."""
        return self.spec.to_json()

    def summary(self) -> str:
        """Return the model as the block of text that the field's users know."""
        return summary_text(self.spec, 0 if self.data is None else len(self.data), self.data)

    def insert(self) -> Self:
        """Put the code into the next cell, where the notebook lets a cell do so.

        Jupyter adds it below the cell that calls this, or below the next one that is run when a
        button calls it.
        """
        from IPython import get_ipython

        shell = get_ipython()
        if shell is None:
            refuse("insert", "there is no notebook to put a cell into", "copy the code instead")
        shell.set_next_input(self.cell())
        return self._say("The code comes below the next cell that you run.")

    def model(self) -> Any:
        """Return the model, an ``HSSM``."""
        from ssmkit.model import HSSM

        if self.data is None:
            refuse("data", "there are no data for the model", "write ssmkit.build(data)")
        return HSSM.from_spec(self.spec, self.data)

    def fit(self, **settings: Any) -> Any:
        """Build the model and sample from its posterior; ``.fitted`` keeps the model.

        Parameters
        ----------
        **settings
            Of ``HSSM.sample``.

        Returns
        -------
        InferenceData or DataTree
        """
        model, start = self.model(), perf_counter()
        self._say("Sampling: the first fit of a model takes some seconds more.")
        traces = model.sample(**settings)
        self.fitted = model
        self._say(f"Fitted in {perf_counter() - start:.1f} s: the model is in builder.fitted.")
        return traces

    def _say(self, words: str) -> Self:
        self.said = words
        return self._remember(self._history)

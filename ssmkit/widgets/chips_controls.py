"""The controls of chips in bins: where the bins are, and a number box for the chips in each."""

from typing import TYPE_CHECKING, Any

from ssmkit.widgets.chips import MOST, Chips
from ssmkit.widgets.controls import Control, Listener, Number, Write
from ssmkit.widgets.svg import written

if TYPE_CHECKING:
    from ssmkit.widgets.prior_builder import PriorBuilder


def chips_controls(builder: "PriorBuilder", low: float, high: float) -> list[Control]:
    """Return the controls of the chips of a builder.

    Parameters
    ----------
    builder
        The builder.
    low, high
        Where the parameter usually is.

    Returns
    -------
    list of Control
    """
    room = 0.5 * (high - low)
    ends = (low - room, high + room)
    return [
        Number("bins from", lambda: builder.bins.low, lambda x: builder.chips(low=x), *ends),
        Number("bins to", lambda: builder.bins.high, lambda x: builder.chips(high=x), *ends),
        *(Count(builder, place) for place in range(len(builder.bins.counts))),
    ]


class Count(Listener):
    """The chips in one bin: a labelled number box, which the arrow keys turn up and down."""

    def __init__(self, builder: "PriorBuilder", place: int) -> None:
        self._builder, self._place = builder, place
        self.label = f"chips {place}"

    def widget(self, write: Write) -> Any:
        """Make the box."""
        import ipywidgets as w

        self._box = w.BoundedIntText(
            min=0,
            max=MOST,
            style={"description_width": "150px"},
            layout=w.Layout(width="230px"),
        )
        self._listen(self._box, write, self._take)
        self.show()
        return self._box

    def _take(self, count: int) -> None:
        counts = [*self._builder.bins.counts]
        counts[self._place] = count
        self._builder.chips(counts)

    def show(self) -> None:
        """Show the bin and its chips."""
        bins: Chips = self._builder.bins
        low, high = bins.edges[self._place : self._place + 2]
        with self._unheard():
            self._box.description = f"chips {written(low)} to {written(high)}"
            self._box.value = bins.counts[self._place]

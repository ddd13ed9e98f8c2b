"""How every picture looks: its own paper and ink, whatever the notebook's theme."""

import contextlib
import io
import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ssmkit.plots._palette import BLUE, CHAINS, DIVERGENT, INK, LINE, PAPER, SOFT, TINTS, TRUTH

if TYPE_CHECKING:
    from matplotlib.layout_engine import ConstrainedLayoutEngine

DPI = 90

__all__ = ["BLUE", "CHAINS", "DIVERGENT", "INK", "LINE", "PAPER", "SOFT", "TINTS", "TRUTH"]

_RC: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.labelsize": 9,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "figure.facecolor": PAPER,
    "font.size": 9,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "xtick.color": LINE,
    "xtick.labelcolor": SOFT,
    "xtick.labelsize": 8,
    "ytick.color": LINE,
    "ytick.labelcolor": SOFT,
    "ytick.labelsize": 8,
}


def style() -> contextlib.AbstractContextManager[None]:
    """Return the context in which a picture is made and rendered; settings outside play no part."""
    return matplotlib.style.context(["default", _RC])


class Picture(Figure):
    """A matplotlib figure that is shown once, where it is returned, and always in its own style.

    It is unknown to pyplot: nothing is displayed twice, nothing stays open. Notebooks in which
    pyplot was never loaded know no way to show a figure; it brings its own.
    """

    def draw(self, renderer: Any) -> None:
        """Render in the picture's own style."""
        with style():
            super().draw(renderer)

    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Save on the picture's own paper."""
        super().savefig(fname, **{"facecolor": self.get_facecolor(), **kwargs})

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png")
        return buffer.getvalue()


class _Canvas(FigureCanvasAgg):
    """Writes PNG with a palette: a third of the size, so that notebooks stay small."""

    def print_png(
        self, filename_or_obj: Any, *, metadata: Any = None, pil_kwargs: Any = None, **_: Any
    ) -> None:
        # matplotlib has applied what else it passes (colours, orientation) before it calls.
        FigureCanvasAgg.draw(self)
        image = Image.fromarray(np.asarray(self.buffer_rgba())).convert("RGB")
        # Of Pillow's methods this one keeps rare colours, such as the truth's, most faithfully.
        image = image.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        texts = PngInfo()
        for key, value in (metadata or {}).items():
            texts.add_text(key, value)
        settings = {"optimize": True, "dpi": (self.figure.dpi,) * 2, "pnginfo": texts}
        image.save(filename_or_obj, "png", **(settings | (pil_kwargs or {})))


@contextlib.contextmanager
def picture(width: float, height: float) -> Iterator[Picture]:
    """Give an empty picture of a size in inches, to be drawn on in its style; then lay it out."""
    with style():
        figure = Picture(figsize=(width, height), dpi=DPI, layout="constrained")
        _Canvas(figure)
        engine = cast("ConstrainedLayoutEngine", figure.get_layout_engine())
        engine.set(w_pad=0.07, h_pad=0.05)
        yield figure
        # Once and for all: laid out again at each rendering, no two would be quite the same.
        engine.execute(figure)
        figure.set_layout_engine("none")


def legend(figure: Figure, *, chains: int = 0, truth: bool = False) -> None:
    """Say above the picture which colour is which chain, and which is the truth."""
    marks = [Line2D([], [], color=CHAINS[i % len(CHAINS)], lw=2.5) for i in range(chains)]
    names = [f"chain {i}" for i in range(chains)]
    if truth:
        marks, names = [*marks, Line2D([], [], color=TRUTH, lw=2)], [*names, "true value"]
    if marks:
        across = max(1, min(len(marks), int(figure.get_figwidth() / 0.85)))
        figure.legend(
            marks,
            names,
            loc="outside upper right",
            ncols=across,
            handlelength=1.1,
            columnspacing=1.2,
            borderaxespad=0.2,
        )


def footnote(figure: Figure, *sentences: str) -> None:
    """Write what a reader needs to know below the picture."""
    text = " ".join(sentence for sentence in sentences if sentence)
    if text:
        lines = textwrap.fill(text, int(figure.get_figwidth() * 15))
        figure.supxlabel(lines, x=0.01, ha="left", fontsize=8, color=SOFT)


def wrapped(label: str, width: int) -> str:
    """Break a long name after its ``|`` and ``_``."""
    lines = [""]
    for piece in re.split(r"(?<=[|_])", label):
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def number(value: float, places: int) -> str:
    """Return a number with a true minus sign, and without one for a rounded zero."""
    return f"{value:z.{places}f}".replace("-", "\N{MINUS SIGN}")


def bare(axes: Axes) -> None:
    """Leave an axis of densities without a scale: heights are read against each other only."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def ramp(count: int) -> Any:
    """Return ``count`` colours in order, dark to light, for values that are no chains."""
    return mpl.colormaps["viridis"](np.linspace(0, 0.9, count))

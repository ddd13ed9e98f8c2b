"""Take the pictures of the builders, in a JupyterLab and a Chromium that the tests start as well.

``python tools/pictures.py`` renews the picture in the README. ``python tools/pictures.py FOLDER``
takes every builder in both themes and at two widths of the page instead, to be looked at.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
# Instead of this folder, in which a file is called as a folder of the tests is.
sys.path[0] = str(ROOT / "tests")

from browser.lab import THEMES, Lab, Notebook, browser  # noqa: E402 - found by the line above
from browser.shown import CELLS, FACES, SETUP  # noqa: E402

README = ROOT / "pictures" / "model_builder.png"
BUILD = """model = ssmkit.build(data, model="angle")
model.formula("v", "1 + x + cond").formula("a", "1 + cond")"""
LAST = "Use the log link"
"""The button below which the README's picture ends."""


def for_readme(lab: Lab) -> None:
    """Take the upper part of a model builder, twice as sharp as a page is."""
    with browser() as chromium:
        size = {"width": 1366, "height": 2400}
        page = chromium.new_page(viewport=size, device_scale_factor=2)
        notebook = Notebook(page, lab.write("readme", [SETUP, BUILD]))
        notebook.run_all()
        builder = notebook.builder(1)
        box = builder.bounding_box()
        last = builder.get_by_role("button", name=LAST).bounding_box()
        clip = {**box, "height": last["y"] + last["height"] + 8 - box["y"]}
        taken = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    README.parent.mkdir(exist_ok=True)
    # A page has few colours: 128 of them keep it sharp at a third of the size.
    taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(README, optimize=True)


def for_looking(lab: Lab, folder: Path) -> None:
    """Take every builder, in both themes and at two widths."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        for theme in THEMES:
            lab.theme(theme)
            page = chromium.new_page(viewport={"width": 1366, "height": 3000})
            notebook = Notebook(page, lab.write(theme.split()[-1], CELLS))
            notebook.run_all()
            for width in (1366, 1920):
                page.set_viewport_size({"width": width, "height": 3000})
                for cell, name in enumerate(FACES, 1):
                    face = notebook.builder(cell)
                    face.scroll_into_view_if_needed()
                    face.screenshot(path=folder / f"{name}_{theme.split()[-1]}_{width}.png")


def main(arguments: list[str]) -> None:
    """Start a lab and take the pictures that are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(folder)
        try:
            if arguments:
                for_looking(lab, Path(arguments[0]))
            else:
                for_readme(lab)
        finally:
            lab.close()


if __name__ == "__main__":
    main(sys.argv[1:])

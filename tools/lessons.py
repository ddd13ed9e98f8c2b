"""Run the lessons from top to bottom, and save them with their outputs as they are committed.

``python tools/lessons.py`` runs them all, ``python tools/lessons.py 02`` one. A lesson is saved
only when it ran without an error, shows no warning and is small; badges and version are renewed.
"""

import runpy
import sys
import tomllib
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
BADGES = runpy.run_path(str(ROOT / "tools" / "badges.py"))
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
FIGURE_KB, LESSON_KB = 60, 500
# What a cell may say of itself to the front end; times of running and widgets' states go.
CELL_METADATA = ("tags", "jupyter")


def run(path: Path) -> None:
    """Run one lesson, and save it unless something is wrong with it."""
    notebook = nbformat.read(path, as_version=4)
    renew_version(notebook)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": path.parent}}).execute()
    clean(notebook)
    wrong = complaints(notebook)
    if wrong:
        raise SystemExit("\n".join(f"{path.name}: {what}" for what in wrong))
    nbformat.write(notebook, path)
    path.write_text(BADGES["renewed"](path), "utf-8")


def renew_version(notebook: nbformat.NotebookNode) -> None:
    """Let the lesson's set-up cell and its metadata name the version of pyproject.toml."""
    old = notebook.metadata.get("ssmkit", {}).get("version", VERSION)
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    setup.source = setup.source.replace(old, VERSION)
    notebook.metadata["ssmkit"] = {"version": VERSION}


def clean(notebook: nbformat.NotebookNode) -> None:
    """Keep what a reader sees, and nothing that differs from machine to machine."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    ours = notebook.metadata["ssmkit"]
    notebook.metadata.clear()
    notebook.metadata.update(kernelspec=kernel, language_info={"name": "python"}, ssmkit=ours)
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata}
        for output in cell.get("outputs", ()):
            # Without its state, which is not kept, a widget is an error box; its picture is not.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what keeps a lesson from being committed."""
    size = len(nbformat.writes(notebook)) / 1000
    wrong = [f"{size:.0f} kB, more than {LESSON_KB}"] if size > LESSON_KB else []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error" or output.get("name") == "stderr":
                said = output.get("text") or output.get("evalue")
                wrong.append(f"cell {cell.id} shows a warning or an error: {said}")
            image = len(output.get("data", {}).get("image/png", "")) * 0.75 / 1000
            if image > FIGURE_KB:
                wrong.append(f"cell {cell.id} has a figure of {image:.0f} kB")
    return wrong


if __name__ == "__main__":
    for lesson in sorted((ROOT / "tutorials").glob(f"{''.join(sys.argv[1:2])}*.ipynb")):
        sys.stdout.write(f"{lesson.name}\n")
        run(lesson)

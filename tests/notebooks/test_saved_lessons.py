"""What is committed of a lesson: its outputs, its version, its links, its exercises."""

import re
import runpy
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
TOOL = runpy.run_path(str(ROOT / "tools" / "lessons.py"))
PATHS = sorted((ROOT / "tutorials").glob("*.ipynb"))

each_lesson = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@each_lesson
def test_a_lesson_is_of_this_version_and_says_so_in_its_first_cell(path):
    notebook = read(path)
    assert notebook.metadata.ssmkit.version == VERSION
    assert set(re.findall(r"\d+\.\d+\.\d+", code(notebook)[0].source)) == {VERSION}


@each_lesson
def test_a_lesson_was_saved_after_running_from_top_to_bottom(path):
    notebook = read(path)
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))
    assert TOOL["complaints"](notebook) == []


@each_lesson
def test_a_lesson_keeps_nothing_of_the_machine_that_ran_it(path):
    notebook = read(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "ssmkit"}
    assert all(set(cell.metadata) <= set(TOOL["CELL_METADATA"]) for cell in notebook.cells)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    nbformat.validate(notebook)


@each_lesson
def test_links_to_other_lessons_lead_somewhere(path):
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\((\w+\.ipynb)(?:#([\w-]+))?\)", text)
    assert links
    for name, heading in links:
        lines = "\n".join(cell.source for cell in read(path.with_name(name)).cells).splitlines()
        headings = [line.lstrip("# ").replace(" ", "-") for line in lines if line.startswith("#")]
        assert not heading or heading in headings


# The machinery of notebooks that Colab has calls Python by names that are going out of use.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.full
@each_lesson
def test_the_solutions_pass_the_checks(path):
    notebook = read(path)
    cells = {cell.id: cell for cell in notebook.cells}
    solutions = [name for name in cells if name.endswith("-solution")]
    assert solutions
    for name in solutions:
        solution = re.search(r"```python\n(.*?)```", cells[name].source, re.DOTALL).group(1)
        cells[name.removesuffix("-solution")].source = solution
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": ROOT}}).execute()
    for name, cell in cells.items():
        if name.endswith("-check"):
            said = "".join(output.get("text", "") for output in cell.outputs)
            assert "Nothing to check" not in said
    assert TOOL["complaints"](notebook) == []

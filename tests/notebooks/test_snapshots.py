"""What is left of a builder where no widget is: its picture and its words."""

import re

import nbformat
import pytest
from browser.shown import CELLS, FACES
from nbclient import NotebookClient

# What each says of itself in the state it is shown in.
SAID = {
    "model": "HSSM(",
    "prior": "t ~ HalfNormal(sigma=0.7), chosen by you.",
    "formula": "Read as v ~ 1 + cond + x + cond:x + (1 | participant).",
    "explorer": "ddm at v = 1.4",
}


# The machinery of notebooks that Colab has calls Python by names that are going out of use.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.full
def test_a_page_made_without_the_states_of_widgets_shows_what_was_built():
    from nbconvert import HTMLExporter

    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=300, store_widget_state=False).execute()
    assert "widgets" not in notebook.metadata
    page, _ = HTMLExporter().from_notebook_node(notebook)
    outputs = page.split('<div class="jp-Cell-outputWrapper">')[1:]
    assert len(outputs) == len(FACES)
    image = r'<img alt="[^"]{20,}"[^>]*src="data:image/svg\+xml;base64,\w{100}'
    for output, said in zip(outputs, SAID.values(), strict=True):
        assert re.search(image, output)
        assert said in output
        assert "widget-view" not in output

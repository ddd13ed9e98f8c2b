"""The builders in a real JupyterLab: they are drawn, and the browser has nothing to complain of."""

import pytest

pytestmark = pytest.mark.full
FACES = {
    "model": "import ssmkit\nssmkit.build()",
    "prior": "from ssmkit.widgets import PriorBuilder\nPriorBuilder()",
}


@pytest.mark.parametrize("face", FACES)
def test_a_builder_is_drawn_and_the_browser_has_nothing_to_complain_of(face, open_notebook):
    notebook = open_notebook(FACES[face])
    notebook.run_all()
    assert notebook.builder(0).locator("button").count() > 3
    assert notebook.errors == []

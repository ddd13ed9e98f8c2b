"""The builders in a real JupyterLab, light and dark: they fit, can be read, and stay silent."""

import pytest
from browser.lab import THEMES
from browser.shown import CELLS, FACES

pytestmark = pytest.mark.full
# ipywidgets gives the handles of its sliders no name and takes none for them. The box beside the
# slider is labelled and takes the same numbers.
NAMELESS = [[".noUi-handle"]]


@pytest.fixture(scope="module", params=THEMES)
def notebook(request, opener):
    notebook = opener(*CELLS, theme=request.param)
    notebook.run_all()
    models = notebook.builder(1)
    models.get_by_role("button", name="Show all models").click()
    models.get_by_role("button", name="Take angle_sdv").wait_for()
    return notebook


@pytest.fixture(params=enumerate(FACES, 1), ids=list(FACES))
def face(request, notebook):
    cell, name = request.param
    face = notebook.builder(cell)
    face.evaluate("(node, name) => node.setAttribute('data-face', name)", name)
    return face


def test_axe_finds_nothing_that_keeps_a_person_out(face, notebook):
    from axe_playwright_python.sync_playwright import Axe

    # JupyterLab's body is 0 pixels high and hides what is beyond: axe would believe it, and look at
    # the colours of nothing; nor does it look at what one would have to scroll to.
    notebook.page.add_style_tag(content="body { height: 100vh }")
    notebook.page.set_viewport_size({"width": 1366, "height": 12_000})
    name = face.get_attribute("data-face")
    around = {"include": [[f"[data-face={name}]"]], "exclude": NAMELESS}
    found = Axe().run(notebook.page, around, {"resultTypes": ["passes", "violations"]}).response
    serious = [x for x in found["violations"] if x["impact"] in ("serious", "critical")]
    assert [(x["id"], [node["html"] for node in x["nodes"]]) for x in serious] == []
    looked = [
        node["any"][0]["data"]
        for x in found["passes"]
        if x["id"] == "color-contrast"
        for node in x["nodes"]
    ]
    assert sum("contrastRatio" in (data or {}) for data in looked) > 10


@pytest.mark.parametrize("width", [1366, 1920])
def test_a_builder_is_no_wider_than_its_page(width, face, notebook):
    notebook.page.set_viewport_size({"width": width, "height": 900})
    wide = """node => [node, ...node.querySelectorAll("*")]
        .filter(x => x.scrollWidth > x.clientWidth + 1 && x.clientWidth > 1)
        .filter(x => x.tagName !== "INPUT" && getComputedStyle(x).overflowX !== "visible")
        .map(x => `${x.tagName}.${x.className} ${x.scrollWidth} > ${x.clientWidth}`)"""
    assert face.evaluate(wide) == []


def test_words_in_a_picture_are_as_large_as_can_be_read(face, notebook):
    notebook.page.set_viewport_size({"width": 1366, "height": 900})
    shown = """nodes => nodes.map(x => [x.getScreenCTM(), parseFloat(getComputedStyle(x).fontSize)])
        .map(([now, size]) => size * Math.hypot(now.a, now.b))"""
    sizes = face.locator("svg[role=img] text").evaluate_all(shown)
    assert min(sizes) > 9


def test_the_theme_is_the_one_that_was_asked_for(notebook, request):
    dark = notebook.page.locator("body[data-jp-theme-light=false]").count()
    assert dark == ("Dark" in request.node.callspec.params["notebook"])


def test_the_browser_has_nothing_to_complain_of(notebook):
    assert notebook.errors == []

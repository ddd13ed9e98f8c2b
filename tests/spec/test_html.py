"""The notebook's table: complete, escaped, and well formed."""

import re
from xml.etree import ElementTree as ET

import pytest

from ssmkit.modelconfig import list_models
from ssmkit.spec import Column, Lapse, ModelSpec, Param, Prior, summary_html


def rows_of(html):
    tree = ET.fromstring(html.replace("<br>", "<br/>"))  # noqa: S314 (our own HTML)
    rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
    return rows[0], {name: rest for name, *rest in rows[1:]}


@pytest.mark.parametrize("model", list_models())
def test_every_parameter_has_a_row_and_every_default_says_so(model):
    spec = ModelSpec(model)
    header, rows = rows_of(summary_html(spec, 1000))
    assert header == ["Parameter", "Prior", "Bounds", "Chosen by"]
    assert list(rows) == list(spec.config.list_params)
    assert all(row[-1] == "the model's default" for row in rows.values())


def test_what_a_person_chose_is_marked_as_theirs():
    spec = ModelSpec(
        "ddm",
        params=(Param("v", prior=Prior("Normal", mu=0, sigma=1)), Param("a", prior=1.5)),
        lapse=Lapse(Prior("Beta", alpha=1, beta=19)),
    )
    _, rows = rows_of(summary_html(spec, 1000))
    assert rows["v"] == ["Normal(mu: 0.0, sigma: 1.0)", "-∞ to ∞", "you"]
    assert rows["a"] == ["fixed at 1.5", "0 to ∞", "you: fixed, not estimated"]
    assert rows["p_outlier"] == ["Beta(alpha: 1.0, beta: 19.0)", "0 to 1", "you"]


def test_the_head_and_the_notes_tell_the_rest():
    html = summary_html(ModelSpec("ddm"), 1234)
    assert "1,234 observations of rt, response; analytical likelihood" in html
    assert (
        "Lapses: 0.05 of the trials, with reaction times from Uniform(lower: 0.0, upper: 20.0) s."
        in html
    )
    assert "No lapses" in summary_html(ModelSpec("ddm", lapse=None), 1)


def test_a_free_sv_is_warned_about():
    assert "doubles the uncertainty of v" in summary_html(ModelSpec("ddm_sdv"), 10)
    fixed = ModelSpec("ddm_sdv", params=(Param("sv", prior=0.5),))
    assert "doubles" not in summary_html(fixed, 10)


def test_a_regression_has_a_row_for_its_formula_and_one_for_each_term():
    prior = {"x": Prior("Normal", mu=0, sigma=1), "1|g": 0.5}
    spec = ModelSpec(params=(Param("a", "x + (1|g)", prior, "log"),))
    _, rows = rows_of(summary_html(spec, 10))
    assert list(rows)[1:5] == ["a ~ x + (1|g)", "a_Intercept", "a_x", "a_1|g"]
    assert rows["a ~ x + (1|g)"] == ["log link", "0 to ∞", "you: read as 1 + x + (1|g)"]
    assert rows["a_Intercept"] == ["Normal(mu: 0.0, sigma: 0.5)", "", "a default"]
    assert rows["a_x"] == ["Normal(mu: 0.0, sigma: 1.0)", "", "you"]
    assert rows["a_1|g"] == ["fixed at 0.5", "", "you: fixed, not estimated"]
    open_ = ModelSpec(params=(Param("a", "1"),), prior_settings=None)
    assert rows_of(summary_html(open_, 10))[1]["a_Intercept"] == ["chosen by Bambi", "", "Bambi"]


def test_text_of_a_person_cannot_become_markup():
    spec = ModelSpec("ddm", params=(Param("v", prior=Column("<script>alert(1)</script>")),))
    html = summary_html(spec, 10)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    spec = ModelSpec("ddm", params=(Param("v", "`<script>`"),))
    assert "<script" not in summary_html(spec, 10)


def test_colours_are_the_pages_own():
    html = summary_html(ModelSpec("ddm"), 10)
    colours = re.findall(r"(?<![-\w])color:([^;\"]+)", html)
    assert set(colours) == {"inherit"}
    assert not re.search(r"background:(?!none)", html)

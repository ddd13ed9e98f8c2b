from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.widgets import svg

FRAME = svg.Frame(50, 10, 200, 100, (0.0, 2.0), (0.0, 1.0))
ANY = st.floats(allow_nan=True, allow_infinity=True)


def drawn(*parts, says="what is seen"):
    return ET.fromstring(svg.picture(300, 200, parts, says))  # noqa: S314 - our own


def test_a_picture_says_what_is_seen_and_has_its_own_paper():
    root = drawn(says='a < b & "c"')
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'a < b & "c"'
    assert root[0].get("fill") == "#ffffff"
    assert " id=" not in svg.picture(1, 1, [], "x")


def test_a_point_is_where_its_numbers_say():
    assert FRAME.across(1.0) == 100
    assert FRAME.down(0.25) == 75


@settings(deadline=None)
@given(st.lists(st.tuples(ANY, ANY), max_size=8))
def test_whatever_is_drawn_is_a_picture(rows):
    x, y = np.array(rows, dtype=float).reshape(-1, 2).T
    parts = [svg.line(FRAME, x, y), svg.area(FRAME, x, y, "#fff"), svg.points(FRAME, x, y, "#000")]
    found = drawn(FRAME.holding(*parts))
    words = "".join(found.itertext()) + "".join(str(e.attrib) for e in found.iter())
    assert "inf" not in words
    assert "nan" not in words


def test_a_line_has_a_gap_where_a_number_is_missing():
    assert svg.line(FRAME, [0, 1, 2, 2], [0, np.nan, 1, 0]).count("M") == 2


def test_words_are_escaped():
    found = drawn(svg.text(0, 0, "<script>&"))
    assert found[1].text == "<script>&"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 3), (0.1, 0.17), (0, 1e6), (2, 2)])
def test_ticks_are_round_and_within(low, high):
    found = svg.ticks(low, high)
    assert all(low <= tick <= high for tick in found)
    assert 1 <= len(found) <= 12
    assert all(len(svg.written(tick)) < 8 for tick in found)


def test_axes_bands_and_legends_are_drawn():
    parts = [
        svg.x_axis(FRAME, "time (s)", absolute=True),
        svg.y_axis(FRAME, "density"),
        FRAME.holding(svg.band(FRAME, 0.5, 1.0, "#eee"), svg.rule(FRAME, 1.0, dashes="4 3")),
        svg.legend(10, 10, [("default", "#000", "4 3"), ("pinned", "#111", "")]),
    ]
    words = "".join(drawn(*parts).itertext())
    for word in ("time (s)", "density", "default", "pinned", "0.5"):
        assert word in words


def test_a_picture_travels_as_an_image_with_the_same_words():
    image = svg.as_image(svg.picture(10, 10, [], "a <b>"))
    assert image.startswith('<img alt="a &lt;b&gt;"')
    assert "data:image/svg+xml;base64," in image

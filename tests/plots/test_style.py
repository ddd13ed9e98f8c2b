"""Paper, ink and words of the pictures."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from ssmkit.plots import _style


def linear(colour):
    """Return linear RGB, as WCAG 2 defines it."""
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]


def luminance(colour):
    return np.dot(linear(colour), (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize("ink", [_style.INK, _style.SOFT])
def test_words_are_readable_on_their_paper(ink):
    """WCAG 2 AA: a contrast of 4.5 or more."""
    assert (luminance(_style.PAPER) + 0.05) / (luminance(ink) + 0.05) >= 4.5


@pytest.mark.parametrize("lost", [0, 1], ids=["protanope", "deuteranope"])
def test_the_truth_is_told_from_four_chains_without_a_cone(lost):
    """Cones as in Vienot, Brettel and Mollon (1999); 5 % of white's excitation is plain to see."""
    to_lms = np.array(
        [[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714], [0.02996, 0.18431, 1.46709]]
    )
    colours = (_style.TRUTH, *_style.CHAINS[:4])
    cones = np.array([to_lms @ linear(colour) / to_lms.sum(axis=1) for colour in colours])
    gaps = np.abs(np.delete(cones[1:] - cones[0], lost, axis=1)).max(axis=1)
    assert gaps.min() > 0.05


def test_a_saved_picture_has_its_own_paper_and_keeps_its_colours():
    with _style.picture(2, 2) as figure:
        figure.subplots().axhline(0.5, color=_style.TRUTH, lw=6)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=50, metadata={"Title": "mine"})
    image = Image.open(buffer)
    assert image.size == (100, 100)
    assert image.info["Title"] == "mine"
    pixels = np.asarray(image.convert("RGB")).reshape(-1, 3)
    assert pixels[0].tolist() == [255, 255, 255]
    wanted = np.round(255 * np.array(to_rgb(_style.TRUTH)))
    assert np.abs(pixels - wanted).max(axis=1).min() <= 8


def test_other_formats_are_matplotlibs():
    with _style.picture(2, 2) as figure:
        figure.subplots()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg")
    assert b"<svg" in buffer.getvalue()


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("v", ["v"]),
        ("v_1|participant_id_sigma", ["v_1|", "participant_", "id_sigma"]),
        ("averyveryverylongname", ["averyveryverylongname"]),
    ],
)
def test_long_names_break_at_their_joints(label, lines):
    assert _style.wrapped(label, 12).split("\n") == lines


@pytest.mark.parametrize(
    ("value", "text"), [(-0.001, "0.00"), (-0.31, "\N{MINUS SIGN}0.31"), (2.0, "2.00")]
)
def test_numbers_have_a_true_minus_and_no_negative_zero(value, text):
    assert _style.number(value, 2) == text


def test_a_legend_names_chains_and_truth():
    with _style.picture(6, 2) as figure:
        figure.subplots()
        _style.legend(figure)
        _style.legend(figure, chains=2, truth=True)
    (legend,) = figure.legends
    assert [t.get_text() for t in legend.get_texts()] == ["chain 0", "chain 1", "true value"]

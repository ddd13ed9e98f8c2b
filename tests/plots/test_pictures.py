"""What holds for every plot of a model or of a table: small, whole, and in its own style."""

import io

import matplotlib as mpl
import matplotlib.style
import pandas as pd
import pytest

import ssmkit

MOST_BYTES = 60 * 1024
TABLE = pd.DataFrame(
    {
        "elpd": [-80.0, -92.0, -95.5],
        "elpd_diff": [0.0, 12.0, 15.5],
        "diff_se": [0.0, 4.0, 6.0],
        "weight": [0.9, 0.07, 0.03],
        "bad_k": [0.0, 0.0, 0.01],
    },
    index=["ddm", "angle", "v ~ x + (1 | participant_id), a ~ 1"],
)


def by(model):
    return "level" if "level" in model.data else None


PICTURES = {
    "cartoon": ssmkit.plot_cartoon,
    "predictive": lambda model: ssmkit.plot_predictive(model, by=by(model), draws=20),
    "prior": lambda model: ssmkit.plot_prior(model, truth={"v": 0.8}),
    "quantile_probability": lambda model: ssmkit.plot_quantile_probability(
        model, by=by(model), draws=20
    ),
    "compare": lambda _: ssmkit.plot_compare(TABLE),
}
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


def png(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


@every_picture
def test_a_picture_is_small_repeats_itself_and_takes_no_settings_from_outside(draw, regressed):
    plain = png(draw(regressed))
    assert len(plain) < MOST_BYTES
    with matplotlib.style.context("dark_background"):
        mpl.rcParams.update({"font.size": 20, "lines.linewidth": 9, "figure.dpi": 30})
        assert png(draw(regressed)) == plain


@every_picture
@pytest.mark.parametrize("which", ["plain", "regressed"])
def test_all_words_are_on_the_paper_and_none_on_others(draw, which, request):
    figure = draw(request.getfixturevalue(which))
    figure.canvas.draw()
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text().strip()]
    texts = [text for text in texts if text.get_visible() and text.axes is not None]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    paper = figure.bbox
    for word, box in boxes:
        inside = (
            box.x0 >= paper.x0 - 1
            and box.x1 <= paper.x1 + 1
            and box.y0 >= paper.y0 - 1
            and box.y1 <= paper.y1 + 1
        )
        assert inside, word
    for i, (word, box) in enumerate(boxes):
        for other, place in boxes[:i]:
            shared = min(box.x1, place.x1) - max(box.x0, place.x0)
            height = min(box.y1, place.y1) - max(box.y0, place.y0)
            assert shared < 2 or height < 2, (word, other)

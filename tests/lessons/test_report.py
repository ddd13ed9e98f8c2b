import re

import pandas as pd

from ssmkit.lessons.report import Report, to_html

TABLE = pd.DataFrame(
    {"true": [0.8], "mean": [0.81234], "sd": [0.05], "low": [0.7], "high": [0.9]}
    | {"r_hat": [1.001], "ess": [1234.5]},
    index=["v"],
)


def report(**changes):
    plain = {
        "title": "ddm",
        "source": "10 trials",
        "verdicts": ["The chains agree"],
        "table": TABLE,
        "pictures": [(b"\x89PNG", "What is seen")],
        "model": "<p>the model</p>",
        "notes": [],
        "code": "model.sample()",
        "footer": "Seed 0",
    }
    return to_html(Report(**plain | changes))


def test_it_needs_no_other_file_and_no_network():
    page = report()
    assert re.findall(r'src="([^"]{0,22})', page) == ["data:image/png;base64,"]
    assert "href" not in page
    assert "http" not in page


def test_numbers_are_rounded_for_a_reader():
    cells = re.findall(r"<td>(.*?)</td>", report())
    assert cells == ["0.8", "0.812", "0.050", "0.700", "0.900", "1.001", "1,234"]


def test_there_is_no_column_for_a_truth_that_is_not_known():
    assert "true value" in report()
    assert "true value" not in report(table=TABLE.drop(columns="true"))


def test_words_of_a_person_are_escaped_and_the_model_is_not():
    page = report(source="from <b>.csv", notes=["a < b"], code="x < 1", verdicts=["p < .05"])
    assert "<b>.csv" not in page
    for escaped in ("from &lt;b&gt;.csv", "a &lt; b", "x &lt; 1", "p &lt; .05"):
        assert escaped in page
    assert "<p>the model</p>" in page


def test_pictures_have_words_for_those_who_do_not_see_them():
    assert 'alt="What is seen"' in report()
    assert "<figcaption>What is seen</figcaption>" in report()

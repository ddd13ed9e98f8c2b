"""A diagnosis is a sentence a person can act on, and agrees with itself."""

import numpy as np
import pytest
from inference.made import traces

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.inference.diagnosis import diagnose
from ssmkit.spec import ModelSpec

SPEC = ModelSpec("ddm")


def test_all_is_well():
    found = diagnose(traces(), SPEC)
    assert found.ok
    assert found.problems == ()
    assert repr(found).startswith("The chains agree, and nothing speaks against the estimates.")
    assert "0 divergences" in repr(found)


def test_notes_are_read_and_the_estimates_used():
    found = diagnose(traces(responses=(3, 200)), SPEC)
    assert found.ok
    assert "read the notes first" in repr(found)
    assert "To fix it: fix what so few cannot tell: z=0.5" in repr(found)


def test_wrong_draws_stop_and_say_nothing_of_the_posterior():
    apart = np.repeat([[0.0], [0.0], [5.0], [5.0]], 1000, axis=1)
    apart += np.random.default_rng(0).normal(size=apart.shape)
    found = diagnose(traces({"v": apart}, responses=(3, 200)), SPEC)
    assert not found.ok
    assert repr(found).startswith("Do not use these estimates yet.")
    assert "data.response" not in {problem.path for problem in found.problems}
    weights = [problem.severity for problem in found.problems]
    assert weights == sorted(weights)


def test_the_page_says_the_same_and_is_escaped():
    found = diagnose(traces(responses=(3, 200)), SPEC)
    page = found._repr_html_()
    assert found.verdict in page
    assert page.count("<li") == len(found.problems)
    assert (
        "<script"
        not in diagnose(
            traces({"<script>": traces()["posterior"]["v"].to_numpy()}), SPEC
        )._repr_html_()
    )


def test_a_model_diagnoses_itself(fitted):
    found = fitted.diagnose()
    assert list(found.table.index) == ["v", "a", "z", "t"]
    assert found.table.notna().all(axis=None)
    assert found == diagnose(fitted.traces, fitted.spec)


def test_a_model_that_was_not_sampled_has_no_diagnosis(data):
    with pytest.raises(SsmkitError, match=r"model\.sample\(\)"):
        ssmkit.HSSM(data).diagnose()

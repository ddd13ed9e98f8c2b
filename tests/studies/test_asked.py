import pandas as pd
import pytest

import ssmkit
from ssmkit.errors import SsmkitError
from ssmkit.studies import asked


def test_a_name_a_spec_and_a_model_ask_for_the_same():
    data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], 100, random_state=0, exact=True)
    model = ssmkit.HSSM(data, a=1.5, p_outlier=0)
    by_name = asked.read("ddm", None, 100, {"a": 1.5, "p_outlier": 0})
    for one in (asked.read(model, None, None, {}), asked.read(model.spec, None, 100, {})):
        assert one.spec == by_name.spec
        assert len(one.rows) == 100
        assert "rt" not in one.rows


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({"model": "ddm", "trials": 10, "data": pd.DataFrame({"x": [1.0]})}, "leave trials out"),
        ({"model": "ddm", "trials": 0}, "whole number"),
        ({"model": "ddm", "data": pd.DataFrame({"x": []})}, "one row a trial"),
        ({"model": "ddm", "data": [1]}, "one row a trial"),
        ({"model": "dmm"}, "ddm"),
        ({"model": ssmkit.ModelSpec("ddm"), "arguments": {"a": 1.5}}, "put a into the spec"),
    ],
)
def test_what_contradicts_itself_is_refused(call, says):
    with pytest.raises(SsmkitError, match=says):
        asked.read(**({"data": None, "trials": None, "arguments": {}} | call))

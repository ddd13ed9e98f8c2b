"""What a change of a control costs this process; a busy machine takes longer by the clock."""

import time

import numpy as np
import pytest

from ssmkit.widgets import Explorer, PriorBuilder
from ssmkit.widgets.explorer_picture import VIEWS

BUDGET = 0.1


def seconds(change):
    change(0)
    found = []
    for i in range(1, 8):
        start = time.process_time()
        change(i)
        found.append(time.process_time() - start)
    return float(np.median(found))


@pytest.mark.parametrize("param", ["v", "t"])
def test_a_prior_follows_its_control(param):
    builder = PriorBuilder("ddm", param)
    assert builder.widget is not None
    builder.set(sigma=1.0).pin()
    assert seconds(lambda i: builder.set(sigma=1.1 + 0.01 * i)) < BUDGET


@pytest.mark.parametrize("view", VIEWS)
def test_a_model_follows_its_control(view):
    builder = Explorer().view(view).pin()
    assert builder.widget is not None
    assert seconds(lambda i: builder.set(a=1.3 + 0.01 * i)) < BUDGET

from hypothesis import given, settings
from hypothesis import strategies as st

from ssmkit.widgets.history import ROOM, History

STEPS = st.lists(st.sampled_from(["undo", "redo"]) | st.integers(0, 3), max_size=12)


def walked(steps):
    history = History(0)
    for step in steps:
        history = getattr(history, step)() if isinstance(step, str) else history.do(step)
    return history


@settings(deadline=None)
@given(STEPS, st.integers(10, 20))
def test_undo_takes_a_step_back_and_redo_does_it_again(steps, new):
    before = walked(steps)
    after = before.do(new)
    assert after.undo().now == before.now
    assert after.undo().redo() == after


@settings(deadline=None)
@given(STEPS)
def test_undo_ends_at_the_start_and_redo_at_the_latest(steps):
    history = walked(steps)
    while history.past:
        history = history.undo()
    assert history.now == 0
    assert history.undo() == history
    last = history
    while last.future:
        last = last.redo()
    assert last.redo() == last


def test_the_same_state_is_no_step():
    assert History(1).do(1) == History(1)


def test_a_drag_is_one_step():
    history = History(0).do(1).do(2).do(3, merge=True).do(4, merge=True)
    assert history.undo().now == 1


def test_there_is_an_end_to_what_is_kept():
    history = History(0)
    for i in range(1, ROOM + 50):
        history = history.do(i)
    assert len(history.past) == ROOM

import pytest

from ssmkit import SsmkitError
from ssmkit.lessons import copy_lessons, find_lesson, list_lessons


def test_our_lessons_are_numbered_from_zero_and_no_number_occurs_twice():
    lessons = list_lessons()
    numbers = [lesson.number for lesson in lessons]
    assert numbers[:4] == [0, 1, 2, 3]
    assert numbers == sorted(set(numbers))
    assert all(lesson.title != lesson.name for lesson in lessons)


def test_the_title_is_the_first_heading(two_lessons):
    assert [lesson.title for lesson in list_lessons()] == ["Start here", "Simulate"]


@pytest.mark.parametrize("which", [1, "1", "01", "01_simulate", "simulate", "01_simulate.ipynb"])
def test_every_way_of_naming_a_lesson(two_lessons, which):
    assert find_lesson(which).name == "01_simulate"


@pytest.mark.parametrize(
    ("which", "says"),
    [("simulat", "Did you mean 'simulate'?"), (7, "a number from 0 to 1")],
)
def test_a_lesson_that_does_not_exist(two_lessons, which, says):
    with pytest.raises(SsmkitError) as error:
        find_lesson(which)
    assert says in str(error.value)


def test_a_copy_never_overwrites(two_lessons, tmp_path):
    folder = tmp_path / "mine"
    assert [path.name for path in copy_lessons(folder)] == [
        "00_start_here.ipynb",
        "01_simulate.ipynb",
    ]
    (folder / "00_start_here.ipynb").write_text("what I wrote")
    (folder / "01_simulate.ipynb").unlink()
    assert [path.name for path in copy_lessons(folder)] == ["01_simulate.ipynb"]
    assert (folder / "00_start_here.ipynb").read_text() == "what I wrote"


def test_a_copy_into_a_file_is_refused(two_lessons, tmp_path):
    (tmp_path / "mine").write_text("")
    with pytest.raises(SsmkitError, match="is a file"):
        copy_lessons(tmp_path / "mine")


def test_no_lessons_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr("ssmkit.lessons.catalogue._SHIPPED", tmp_path)
    with pytest.raises(SsmkitError, match="pip install --force-reinstall ssmkit"):
        list_lessons()

import warnings

import pytest

from ssmkit.errors import refuse, warn
from ssmkit.lessons.cli import main


def test_list(two_lessons, capsys):
    assert main(["lessons", "list"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in printed] == [
        ["00_start_here", "Start here"],
        ["01_simulate", "Simulate"],
    ]


def test_copy_tells_what_it_left_alone(two_lessons, tmp_path, capsys):
    main(["lessons", "copy", str(tmp_path / "mine")])
    main(["lessons", "copy", str(tmp_path / "mine")])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("2 lessons copied")
    assert second.endswith("2 left as they were there")


def test_lab_passes_on_what_it_does_not_know(monkeypatch):
    seen = {}
    monkeypatch.setattr("ssmkit.lessons.lab.open_lab", lambda **given: seen.update(given))
    main(["lab", "--folder", "mine", "--no-browser", "--port", "8890"])
    assert seen["options"] == ["--no-browser", "--port", "8890"]
    assert seen["folder"].name == "mine"


def test_open_opens_the_lesson_named(two_lessons, monkeypatch):
    seen = []
    monkeypatch.setattr("ssmkit.lessons.lab.open_lab", lambda *given: seen.extend(given))
    main(["lessons", "open", "simulate", "--no-browser"])
    lesson, folder, options = seen
    assert (lesson.number, folder.name, options) == (1, "ssmkit-lessons", ["--no-browser"])


def test_a_misspelt_option_of_our_own_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["demo", "--sead", "3"])
    assert "--sead" in capsys.readouterr().err


def test_errors_are_printed_with_what_to_type_and_no_traceback(monkeypatch, capsys):
    def run_demo(*_, **__):
        refuse("model", "there is no model 'dmm'", "type --model ddm")

    monkeypatch.setattr("ssmkit.lessons.demo.run_demo", run_demo)
    assert main(["demo"]) == 1
    assert capsys.readouterr().err == (
        "ssmkit: model: there is no model 'dmm'. To fix it: type --model ddm\n"
    )


def test_our_warnings_are_notes_and_others_stay_warnings(monkeypatch, capsys):
    def run_demo(*_, **__):
        warn("data.rt", "some are fast", "look at them")
        warnings.warn("not ours", UserWarning, stacklevel=1)

    monkeypatch.setattr("ssmkit.lessons.demo.run_demo", run_demo)
    with pytest.warns(UserWarning, match="not ours"):
        assert main(["demo"]) == 0
    printed = capsys.readouterr().err
    assert printed == "note: data.rt: some are fast. To fix it: look at them\n"

import importlib.util
import sys

import pytest
from lessons.serving import open_page

from ssmkit import SsmkitError
from ssmkit.lessons.lab import fresh_folder, open_lab

SSMKIT = f"{sys.executable} -c 'from ssmkit.lessons.cli import main; main()'"
WITHOUT_LAB = importlib.util.find_spec("jupyterlab") is None


def test_a_fresh_folder_is_one_that_is_not_there(tmp_path):
    first = fresh_folder(tmp_path / "lessons")
    first.mkdir()
    second = fresh_folder(tmp_path / "lessons")
    second.mkdir()
    assert [first.name, second.name] == ["lessons", "lessons-2"]
    assert fresh_folder(tmp_path / "lessons").name == "lessons-3"


def test_without_jupyterlab_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    with pytest.raises(SsmkitError, match=r"pip install 'ssmkit\[lab\]'"):
        open_lab(folder=tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


@pytest.mark.full
@pytest.mark.skipif(WITHOUT_LAB, reason="JupyterLab is an extra that is not installed here")
def test_lab_serves_a_fresh_copy_with_lesson_00_open(tmp_path):
    address, page, printed = open_page(f"{SSMKIT} lab", seconds=60, cwd=tmp_path)
    assert "/lab/tree/00_" in address
    assert "token=" in address
    assert "JupyterLab" in page
    assert "lessons copied to ssmkit-lessons/" in printed
    assert list((tmp_path / "ssmkit-lessons").glob("00_*.ipynb"))


@pytest.mark.full
@pytest.mark.skipif(WITHOUT_LAB, reason="JupyterLab is an extra that is not installed here")
def test_open_goes_on_in_the_folder_that_is_there(tmp_path):
    address, _, _ = open_page(f"{SSMKIT} lessons open 1", seconds=60, cwd=tmp_path)
    assert "/lab/tree/01_" in address
    _, _, printed = open_page(f"{SSMKIT} lessons open 1", seconds=60, cwd=tmp_path)
    assert "0 lessons copied to ssmkit-lessons/" in printed

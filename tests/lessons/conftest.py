import json

import pytest


def notebook(title):
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [f"# {title}\n", "Words"]},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def two_lessons(tmp_path, monkeypatch):
    """A course of two lessons in place of ours: these laws are not about what ours say."""
    folder = tmp_path / "originals"
    folder.mkdir()
    (folder / "00_start_here.ipynb").write_text(notebook("Start here"))
    (folder / "01_simulate.ipynb").write_text(notebook("Simulate"))
    monkeypatch.setattr("ssmkit.lessons.catalogue._SHIPPED", folder)
    return folder

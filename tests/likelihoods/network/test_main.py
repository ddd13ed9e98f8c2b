import json
import sys

import pytest

from ssmkit.likelihoods.network.__main__ import main


def run(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["network", *words])
    main()


def test_train_writes_a_network_and_its_card(monkeypatch, tmp_path, capsys):
    run(monkeypatch, "train", "ddm", "--steps", "20", "--out", str(tmp_path))
    card = json.loads(capsys.readouterr().out)
    assert card == json.loads((tmp_path / "ddm.json").read_text())
    assert card["command"].endswith("train ddm --seed 0 --steps 20")
    assert {path.name for path in tmp_path.iterdir()} == {"ddm.json", "ddm.npz"}


def test_card_prints_the_one_that_is_there(monkeypatch, capsys):
    run(monkeypatch, "card", "angle")
    assert json.loads(capsys.readouterr().out)["model"] == "angle"


def test_a_model_without_a_network_ends_with_a_message(monkeypatch, capsys):
    with pytest.raises(SystemExit):
        run(monkeypatch, "card", "lba2")
    assert "invalid choice" in capsys.readouterr().err

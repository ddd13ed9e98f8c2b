import pytest

import ssmkit
from ssmkit.data import load
from ssmkit.errors import SsmkitError


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    """The home cannot be reached, and nothing was fetched before."""
    import requests

    def offline(*_, **__):
        raise requests.exceptions.ConnectionError

    monkeypatch.setattr("requests.get", offline)
    monkeypatch.setenv("SSMKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SSMKIT_DATA", raising=False)


def test_the_published_table(cavanagh):
    assert cavanagh.shape == (3988, 7)
    assert list(cavanagh.columns) == ["subj_idx", "stim", "rt", "response", "theta", "dbs", "conf"]
    assert sorted(cavanagh["subj_idx"].unique()) == list(range(14))
    assert set(cavanagh["response"]) == {0.0, 1.0}
    assert set(ssmkit.load_data("cavanagh2011", coded=True)["response"]) == {-1.0, 1.0}


def test_another_name():
    with pytest.raises(SsmkitError, match="Did you mean 'cavanagh2011'"):
        ssmkit.load_data("cavanagh2001")


@pytest.mark.usefixtures("no_network")
def test_offline_it_says_where_to_put_the_file():
    with pytest.raises(SsmkitError, match="could not be fetched") as caught:
        ssmkit.load_data("cavanagh2011")
    assert "SSMKIT_DATA" in caught.value.problems[0].fix
    assert "cavanagh_theta_nn.csv" in caught.value.problems[0].fix


@pytest.mark.usefixtures("no_network")
def test_another_file_of_that_name_is_refused(monkeypatch, tmp_path):
    (tmp_path / "cavanagh_theta_nn.csv").write_text("rt,response\n0.5,1\n")
    monkeypatch.setenv("SSMKIT_DATA", str(tmp_path))
    with pytest.raises(SsmkitError, match="its SHA-256 differs"):
        ssmkit.load_data("cavanagh2011")


@pytest.mark.usefixtures("no_network")
def test_a_folder_without_the_file_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.setenv("SSMKIT_DATA", str(tmp_path))
    with pytest.raises(SsmkitError, match="could not be fetched"):
        ssmkit.load_data("cavanagh2011")


@pytest.mark.usefixtures("no_network")
def test_what_is_fetched_is_checked(monkeypatch):
    def other(*_, **__):
        raise ValueError("SHA256 hash of downloaded file does not match the known hash")

    monkeypatch.setattr("pooch.retrieve", other)
    with pytest.raises(SsmkitError, match="its SHA-256 differs") as caught:
        ssmkit.load_data("cavanagh2011")
    assert load._SOURCES["cavanagh2011"].url in caught.value.problems[0].message

"""The model as a graph, with Graphviz's program and without."""

import shutil

import pytest

import ssmkit


def test_without_dot_the_graph_is_text_that_names_everything(data, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    graph = ssmkit.HSSM(data, z=0.5).graph()
    text = repr(graph)
    for part in ("v          ~ Normal(mu: 0.0, sigma: 2.0)", "z          = 0.5", "n = 200"):
        assert part in text


def test_with_dot_it_is_graphviz(data, monkeypatch):
    pytest.importorskip("graphviz")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dot")
    source = ssmkit.HSSM(data).graph().source
    assert all(f"{name} [label=" in source or f"{name} " in source for name in "vazt")

"""A mapping that is a value."""

import pickle

import pytest

from ssmkit.spec.frozen import Frozen


def test_it_is_a_mapping_that_cannot_change():
    frozen = Frozen({"x": 1.0, "y": 2.0})
    assert dict(frozen) == {"x": 1.0, "y": 2.0}
    assert list(frozen) == ["x", "y"]
    assert frozen == {"y": 2.0, "x": 1.0}
    with pytest.raises(AttributeError, match="cannot change"):
        frozen.other = 1
    with pytest.raises(TypeError):
        frozen["x"] = 3.0


def test_equal_ones_have_one_hash_and_survive_pickling():
    frozen = Frozen({"x": 1.0, "y": Frozen({"z": True})})
    assert hash(frozen) == hash(Frozen(reversed(list(frozen.items()))))
    assert pickle.loads(pickle.dumps(frozen)) == frozen  # noqa: S301 (our own pickle)

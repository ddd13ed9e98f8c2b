from types import SimpleNamespace

import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig.lapse import frozen_lapse


def test_nothing_given_is_uniform_to_20_seconds():
    assert frozen_lapse().support() == (0.0, 20.0)
    assert frozen_lapse().pdf(3.0) == 0.05


def test_a_dict_and_an_object_mean_the_same():
    args = {"alpha": 2.0, "beta": 3.0}
    by_dict = frozen_lapse({"name": "Gamma", **args})
    by_object = frozen_lapse(SimpleNamespace(name="Gamma", args=args))
    assert by_dict.pdf(0.7) == by_object.pdf(0.7)


@pytest.mark.parametrize(
    ("lapse", "path", "words"),
    [
        ("Uniform", "lapse", "is no distribution"),
        ({"lower": 0.0}, "lapse", "is no distribution"),
        ({"name": "Unifrom"}, "lapse", "Did you mean 'Uniform'"),
        ({"name": "Uniform", "low": 0.0}, "lapse.low", "Did you mean 'lower'"),
        ({"name": "Uniform", "lower": 5.0, "upper": 1.0}, "lapse", "lower < upper"),
    ],
)
def test_what_is_no_distribution(lapse, path, words):
    with pytest.raises(SsmkitError, match=words) as caught:
        frozen_lapse(lapse)
    assert caught.value.problems[0].path == path

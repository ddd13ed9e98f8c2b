import pytest

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.glossary import _words, define, meaning, terms, use


@pytest.mark.parametrize("name", list_models())
def test_every_model_and_parameter_is_said_with_its_unit_and_a_term(name):
    assert use(name).endswith(".")
    for param in get_config(name).list_params:
        own = meaning(name, param)
        assert own.unit
        assert own.hint.endswith(define(own.term))


def test_terms_are_sentences_and_none_is_said_twice():
    assert all(says[0].isupper() and says.endswith(".") for says in terms().values())
    assert len(set(terms().values())) == len(terms())
    assert [term for term in terms() if term.lower() != term] == []


def test_nothing_is_said_of_models_that_there_are_not():
    assert {*_words()["use"], *_words()["model"]} <= {*list_models()}


def test_a_term_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(SsmkitError, match="Did you mean 'boundary'"):
        define("bondary")


def test_what_is_a_persons_own_has_no_words():
    assert meaning("mine", "k").hint == ""
    assert use("mine") == ""

"""Links: onto their range and back, the same as Bambi's."""

from math import inf

import numpy as np
import pytest
from bambi.families.link import Link as BambiLink

from ssmkit.errors import SsmkitError
from ssmkit.spec import Link
from ssmkit.spec.links import choose_link

LINKS = [
    *map(Link, ["identity", "log", "logit", "probit", "cloglog", "inverse", "inverse_squared"]),
    Link("gen_logit", (0.3, 3.0)),
    Link("gen_logit", (-1.5, 1.5)),
]
LINE = np.linspace(-4, 3, 36)
POSITIVE = np.linspace(0.05, 4, 36)


def line_of(link):
    return POSITIVE if link.name.startswith("inverse") else LINE


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_back_and_forth_is_where_it_started(link):
    values = link.backward(line_of(link))
    assert np.allclose(link.forward(values), line_of(link), rtol=1e-9, atol=1e-9)
    lo, hi = link.range
    assert ((values >= lo) & (values <= hi)).all()


@pytest.mark.parametrize("link", LINKS[:7], ids=str)
def test_the_named_links_are_bambis(link):
    theirs = BambiLink(link.name)
    assert np.allclose(link.backward(line_of(link)), theirs.linkinv(line_of(link).copy()))
    values = link.backward(line_of(link))
    assert np.allclose(link.forward(values), theirs.link(values.copy()))


def test_a_gen_logit_is_a_logit_stretched_onto_its_bounds():
    assert np.allclose(
        Link("gen_logit", (1.0, 3.0)).backward(LINE), 1 + 2 * Link("logit").backward(LINE)
    )


def test_the_ends_of_a_range_are_reached_without_a_warning():
    assert Link("logit").forward([0.0, 1.0]).tolist() == [-inf, inf]
    assert Link("logit").backward([-800.0, 800.0]).tolist() == [0.0, 1.0]
    assert Link("log").forward(0.0) == -inf


@pytest.mark.parametrize(
    ("x", "link"),
    [
        ("log", Link("log")),
        (Link("log"), Link("log")),
        ({"name": "gen_logit", "bounds": [0, 3]}, Link("gen_logit", (0.0, 3.0))),
        (BambiLink("logit"), Link("logit")),
    ],
    ids=["name", "Link", "dict", "Bambi"],
)
def test_every_way_to_write_a_link(x, link):
    assert Link.from_any(x) == link


def test_it_reprs_as_code():
    for link in LINKS:
        assert eval(repr(link), {"Link": Link}) == link  # noqa: S307 (our own repr)


@pytest.mark.parametrize(
    ("x", "path", "message"),
    [
        ("lgo", "link", "no link 'lgo'. Did you mean 'log'?"),
        (3, "link", "no link 3"),
        ({"bounds": (0, 1)}, "link", "is no link"),
        ({"name": "log", "scale": 2}, "link", "is no link"),
        ({"name": "log", "bounds": (0, 1)}, "link.bounds", "the link log has no bounds of its own"),
        ({"name": "gen_logit", "bounds": (0, inf)}, "link.bounds", "an interval with two ends"),
    ],
)
def test_what_is_no_link_is_refused(x, path, message):
    with pytest.raises(SsmkitError) as caught:
        Link.from_any(x)
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message) == (path, True)


@pytest.mark.parametrize(
    ("asked", "bounds", "settings", "link"),
    [
        (None, (0.0, inf), None, Link()),
        (None, (-inf, inf), "log_logit", Link()),
        (None, (0.0, inf), "log_logit", Link("log")),
        (None, (0.0, 1.0), "log_logit", Link("gen_logit", (0.0, 1.0))),
        (None, (-1.5, 1.5), "log_logit", Link("gen_logit", (-1.5, 1.5))),
        (Link(), (0.0, 1.0), "log_logit", Link()),
        (Link("gen_logit"), (0.2, 0.8), None, Link("gen_logit", (0.2, 0.8))),
    ],
)
def test_the_settings_choose_where_nothing_is_asked(asked, bounds, settings, link):
    assert choose_link(asked, bounds, settings) == link


def test_a_gen_logit_needs_two_ends_from_somewhere():
    with pytest.raises(SsmkitError, match='write link="log" for a parameter that is above 0'):
        choose_link(Link("gen_logit"), (0.0, inf), None)

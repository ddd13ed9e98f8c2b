import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from widgets.faces import part, parts, shown

from ssmkit import Prior
from ssmkit.errors import SsmkitError
from ssmkit.modelconfig.distributions import frozen
from ssmkit.widgets import PriorBuilder
from ssmkit.widgets.chips import Chips, distance, from_chips, nearest
from ssmkit.widgets.prior_builder import FAMILIES

LAID = Chips(0.0, 1.0, (0, 1, 3, 6, 4, 2, 1, 0, 0, 0))


@pytest.mark.parametrize("name", [name for name in FAMILIES if name != "Uniform"])
def test_no_neighbour_of_the_prior_that_is_found_is_nearer_to_the_chips(name):
    found = from_chips(name, LAID)
    least = distance(found, LAID)
    for arg, value in found.args.items():
        if arg in {"nu", "lower", "upper"}:
            continue
        for factor in (0.97, 1.03):
            near = Prior(name, **{**found.args, arg: factor * value})
            assert distance(near, LAID) > least


@settings(max_examples=20, deadline=None)
@given(counts=st.lists(st.integers(0, 20), min_size=4, max_size=8).filter(any))
def test_a_root_is_what_a_search_finds(counts):
    chips = Chips.of(0.1, 0.9, counts)
    for name in ("Gamma", "Beta", "Weibull"):
        found = from_chips(name, chips)

        def cost(logs, name=name):
            args = dict(zip(("alpha", "beta"), map(float, np.exp(logs)), strict=True))
            return distance(Prior(name, **args), chips)

        start = np.log([*found.args.values()]) + 0.1
        other = minimize(cost, start, method="Nelder-Mead")
        assert distance(found, chips) < other.fun + 1e-3


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("counts", [(0, 0, 1, 0), (0, 1, 1, 0), (99, 0, 0, 0), (1, 0, 0, 1)])
def test_few_chips_give_a_prior_as_wide_as_their_bins(name, counts):
    law = frozen(name, (p := from_chips(name, Chips(0.0, 1.0, counts))).args)
    assert p.name == name
    low, high = law.ppf([0.05, 0.95])
    assert high - low > 0.1


def test_a_uniform_is_as_wide_as_the_bins_with_chips():
    found = from_chips("Uniform", Chips(0.0, 1.0, (0, 1, 0, 2)))
    assert found == Prior("Uniform", lower=0.25, upper=1.0)


def test_degrees_of_freedom_and_bounds_are_kept():
    assert from_chips("StudentT", LAID, Prior("StudentT", nu=9, mu=0, sigma=1)).args["nu"] == 9
    like = Prior("TruncatedNormal", mu=0.3, sigma=1, lower=0, upper=1)
    found = from_chips("TruncatedNormal", Chips(0.0, 1.0, (9, 4, 1, 0)), like)
    assert (found.args["lower"], found.args["upper"]) == (0, 1)
    # Piled up at a bound, it is the tail of a wider normal that has its middle nearer to the bound.
    assert found.args["mu"] < from_chips("Normal", Chips(0.0, 1.0, (9, 4, 1, 0))).args["mu"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Chips.of(1, 0, (1, 1)), "no bins lie"),
        (lambda: Chips.of(0, np.inf, (1, 1)), "no bins lie"),
        (lambda: Chips.of(0, 1, (1,)), "no chips in bins"),
        (lambda: Chips.of(0, 1, (1, -1)), "no chips in bins"),
        (lambda: Chips.of(0, 1, (1, 0.5)), "no chips in bins"),
        (lambda: from_chips("Normal", Chips(0.0, 1.0, (0, 0))), "no chips"),
        (lambda: from_chips("Gamma", Chips(-1.0, 1.0, (1, 1))), "above 0"),
        (lambda: from_chips("Beta", Chips(0.0, 2.0, (1, 1))), "between 0 and 1"),
        (lambda: from_chips("VonMises", LAID), "is not found from chips"),
        (
            lambda: from_chips(
                "TruncatedNormal",
                LAID,
                Prior("TruncatedNormal", mu=0, sigma=1, lower=0.5, upper=1),
            ),
            "beyond the bounds",
        ),
        (lambda: nearest(["Gamma", "Beta"], Chips(-1.0, 0.0, (1, 1))), "no family"),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(SsmkitError, match=message):
        call()


def test_boxes_lay_chips_and_the_prior_follows():
    builder = PriorBuilder("ddm", "z").by("chips")
    before = builder.prior
    boxes = [x for x in parts(builder, "BoundedIntText") if x.description.startswith("chips")]
    assert len(boxes) == 10
    assert builder.prior == before
    boxes[4].value = 3
    boxes[5].value = 5
    assert builder.bins.counts == (0, 0, 0, 0, 3, 5, 0, 0, 0, 0)
    assert builder.prior.name == before.name
    assert "nearest to your 8 chips" in builder.words()
    assert builder.undo().bins.counts[5] == 0
    assert boxes[5].value == 0
    builder.redo()
    part(builder, "Dropdown", "family").value = "Beta"
    assert builder.prior == from_chips("Beta", builder.bins)
    part(builder, "FloatText", "bins to").value = 0.5
    assert builder.bins.high == 0.5
    assert parts(builder, "BoundedIntText")[9].description == "chips 0.45 to 0.5"
    assert builder.prior.args["alpha"] < builder.prior.args["beta"]


def test_chips_are_drawn_and_belong_to_the_prior_that_was_fitted_to_them():
    builder = PriorBuilder("ddm", "v").by("chips").chips([1, 3, 3, 1], -2, 2)
    bare = PriorBuilder("ddm", "v", builder.prior)
    assert builder.picture().count("<rect") - bare.picture().count("<rect") == 8
    assert builder.set(mu=1.0).state.chips is None
    assert "chips" not in builder.words()
    assert builder.undo().choose("a").state.chips is None


def test_the_nearest_family_is_a_button_that_waits_for_chips():
    builder = PriorBuilder("ddm", "t").by("chips")
    button = part(builder, "Button", "Nearest family")
    assert button.disabled
    builder.chips([9, 5, 2, 1], 0, 1)
    assert not button.disabled
    button.click()
    least = min(distance(from_chips(name, builder.bins), builder.bins) for name in FAMILIES)
    assert distance(builder.prior, builder.bins) == pytest.approx(least, abs=1e-6)


def test_chips_where_the_family_has_no_density_are_refused_below_the_controls():
    builder = PriorBuilder("ddm", "v").by("chips").chips([0, 1, 1, 0], -2, 2)
    before = builder.state
    part(builder, "Dropdown", "family").value = "Gamma"
    assert builder.state == before
    assert "Gamma has values above 0" in shown(builder)

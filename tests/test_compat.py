"""The one room that knows versions gives the same on both stacks."""

import numpy as np
import pytest

from ssmkit import _compat
from ssmkit.errors import SsmkitError


@pytest.fixture
def traces():
    draws = np.arange(24.0).reshape(2, 4, 3)
    return _compat.build_traces(
        {
            "posterior": {"v": draws[..., 0], "group": draws},
            "observed_data": {"rt,response": np.zeros((5, 2))},
        },
        dims={"group": ["participant"], "rt,response": ["trial", "column"]},
        attrs={"sampler": "numpyro"},
    )


def test_traces_have_the_dimensions_of_the_field(traces):
    posterior = _compat.posterior(traces)
    assert posterior["v"].dims == ("chain", "draw")
    assert posterior["group"].dims == ("chain", "draw", "participant")
    assert posterior.attrs["sampler"] == "numpyro"
    assert _compat.group(traces, "observed_data")["rt,response"].dims == ("trial", "column")
    assert "chain" not in _compat.group(traces, "observed_data").dims


def test_arviz_reads_them(traces):
    table = _compat.summary(traces)
    assert list(table.index) == ["v", "group[0]", "group[1]", "group[2]"]


def test_a_group_is_added_and_replaced(traces):
    assert _compat.group(traces, "prior") is None
    for value in (1.0, 2.0):
        prior = _compat.build_traces({"prior": {"v": np.full((1, 3), value)}})
        _compat.set_group(traces, "prior", _compat.group(prior, "prior"))
        assert float(_compat.group(traces, "prior")["v"].mean()) == value


def test_a_bare_dataset_is_a_posterior(traces):
    dataset = _compat.posterior(traces)
    assert _compat.posterior(dataset) is dataset


def test_traces_without_a_posterior_are_refused():
    prior = _compat.build_traces({"prior": {"v": np.zeros((1, 3))}})
    with pytest.raises(SsmkitError, match="no posterior group"):
        _compat.posterior(prior)


def test_the_flag_of_jax_is_put_back():
    import jax

    before = jax.config.jax_enable_x64
    with _compat.x64(on=not before):
        assert jax.config.jax_enable_x64 is not before
    assert jax.config.jax_enable_x64 is before
    with _compat.x64_here():
        assert jax.numpy.zeros(1).dtype == np.float64
    _compat.jax_ready()
    assert jax.config.jax_enable_x64 is before


def test_equal_functions_give_equal_graphs():
    import pytensor.tensor as pt

    def twice(x):
        return (2 * x,)

    x, y = pt.vector("x"), pt.vector("y")
    one, two = (_compat.jax_op(twice, [z], 1, "twice") for z in (x, y))
    other = _compat.jax_op(lambda z: (3 * z,), [y], 1, "thrice")
    assert _compat.equal_graphs([one], [two], [x], [y])
    assert not _compat.equal_graphs([one], [other], [x], [y])
    assert one.eval({x: np.array([0.1])}) == pytest.approx(0.2, abs=1e-15)

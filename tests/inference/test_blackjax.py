"""BlackJAX on a distribution that is known: the same program as our own driver's."""

import numpy as np
import pytest

from ssmkit.inference.program import Program

pytestmark = pytest.mark.full


@pytest.mark.parametrize("dense", [True, False])
def test_a_normal_distribution_is_found_and_the_seed_decides_its_draws(dense):
    """Mean and spread within 6 Monte Carlo errors of some 400 effective draws: one in 1e6."""
    pytest.importorskip("blackjax", reason="BlackJAX is an extra: pip install 'ssmkit[samplers]'")
    from ssmkit.inference import blackjax

    centre, sd = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    program = Program(
        shapes=((), ()),
        names=("a", "b"),
        graph=([], []),
        log_density=lambda x, data: -0.5 * (((x - centre) / sd) ** 2).sum() + 0 * data[0].sum(),
        constrained=lambda x, data: list(x),
        pointwise=lambda natural, data: natural,
    )
    settings = {"draws": 500, "tune": 300, "seed": 0, "dense": dense}
    one, two = (
        blackjax.sample(program, [np.zeros(3)], np.zeros((2, 2)), cores=cores, **settings)
        for cores in (1, 2)
    )
    np.testing.assert_array_equal(one.positions, two.positions)
    flat = one.positions.reshape(-1, 2)
    np.testing.assert_allclose((flat.mean(0) - centre) / sd, 0, atol=0.3)
    np.testing.assert_allclose(flat.std(0) / sd, 1, atol=0.25)
    assert one.stats["n_steps"].shape == (2, 500)

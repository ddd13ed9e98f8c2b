from dataclasses import replace

import jax
import numpy as np
import pytest

from ssmkit.errors import SsmkitError
from ssmkit.likelihoods.network.cards import measure
from ssmkit.likelihoods.network.problems import PROBLEMS
from ssmkit.likelihoods.network.training import train

TINY = replace(PROBLEMS["ddm"], width=8, people=200)


def test_training_brings_it_nearer():
    error = [measure(TINY, train(TINY, steps=steps))["mean"] for steps in (1, 600)]
    assert error[1] < 0.3 * error[0]


def test_an_interrupted_training_goes_on_as_if_nothing_had_been(tmp_path):
    def stop(done, steps, loss):
        if done >= 200:
            raise KeyboardInterrupt

    whole = train(TINY, steps=400)
    path = tmp_path / "half.npz"
    with pytest.raises(KeyboardInterrupt):
        train(TINY, steps=400, checkpoint=path, progress=stop)
    made = []
    resumed = train(TINY, steps=400, checkpoint=path, progress=lambda *said: made.append(said))
    assert [done for done, *_ in made] == [400]
    for x, y in zip(jax.tree.leaves(whole.layers), jax.tree.leaves(resumed.layers), strict=True):
        np.testing.assert_array_equal(x, y)
    with pytest.raises(SsmkitError, match="training with another seed"):
        train(TINY, steps=400, seed=1, checkpoint=path)

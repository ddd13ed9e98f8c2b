import numpy as np

from ssmkit.likelihoods.network.mlp import apply, initial, read, save


def test_it_says_what_its_layers_say():
    rng = np.random.default_rng(0)
    net = initial(0, (3, 5, 4, 1), rng.normal(size=3), rng.uniform(1, 2, 3))
    features = rng.normal(size=(2, 7, 3))
    x = (features - net.centre) / net.scale
    for weights, bias in net.layers[:-1]:
        x = np.tanh(x @ weights + bias)
    said = apply(net, features.astype(np.float32))
    np.testing.assert_allclose(said, (x @ net.layers[-1][0])[..., 0], atol=1e-5)
    assert said.dtype == np.float32


def test_what_is_written_is_read(tmp_path):
    net = initial(1, (2, 8, 8, 1), np.zeros(2), np.ones(2))
    save(net, tmp_path / "net.npz")
    back = read(tmp_path / "net.npz")
    x = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    np.testing.assert_array_equal(apply(net, x), apply(back, x))

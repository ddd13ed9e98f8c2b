"""A network for a model of one's own between moving bounds, trained in the session."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ssmkit.errors import refuse
from ssmkit.modelconfig.box import uniform_priors
from ssmkit.modelconfig.registry import add_likelihood, get_config

if TYPE_CHECKING:
    from ssmkit.likelihoods.network.densities import Parts
    from ssmkit.likelihoods.network.mlp import Net
    from ssmkit.likelihoods.network.problems import Problem
    from ssmkit.modelconfig.config import ModelConfig

_FAR = 6.0
"""Log densities so far from the straight bound's are not learnt."""


def train_network(
    model: str,
    path: str | Path,
    *,
    seed: int = 0,
    width: int = 32,
    people: int = 4_096,
    steps: int = 20_000,
    progressbar: bool = True,
) -> dict[str, Any]:
    """Train a network on the exact density of a model of one's own, and add it to the model.

    Parameters
    ----------
    model
        A model registered with ``boundary`` or ``drift``.
    path
        The file of weights, ``.npz``. If it is there, it is read and nothing is trained; an
        interrupted training goes on from a file beside it. The card is written beside it too.
    seed
        Of the people, the weights and the order of the trials.
    width
        Units of each of the three hidden layers.
    people
        Rows of parameters to train on, from the model's box, ``params`` of ``register_model``.
    steps
        Steps of the optimiser.
    progressbar
        Whether to show one.

    Returns
    -------
    dict
        The card: box, training, and the error against the exact density on people whom the network
        has not seen.

    Raises
    ------
    SsmkitError
        When the model has no bounds of one's own, has another network already, or the file is of
        another model.

    Notes
    -----
    Afterwards ``HSSM(model=..., loglik_kind="approx_differentiable")`` uses it: worth it where the
    parameters of the bound differ from trial to trial, which takes the solver a solution a trial.
    Outside the box the density is 0. The network learns what is left of the density for a straight
    bound through the curved one.

    Examples
    --------
    >>> import tempfile, ssmkit
    >>> import jax.numpy as jnp
    >>> def bound(tau, a, tau_half):
    ...     return a / (1 + tau / tau_half)
    >>> ssmkit.register_model("closing", params={"tau_half": (0.5, 5)}, boundary=bound)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     card = ssmkit.train_network(
    ...         "closing", f"{folder}/closing.npz", people=64, steps=50, progressbar=False
    ...     )
    >>> card["error_of_log_density"]["mean"] < 1.0
    True
    """
    config = get_config(model)
    if not callable(config.boundary):
        refuse(
            "model",
            f"{model!r} is not a model of your own between bounds",
            "register it with ssmkit.register_model(..., boundary=...)",
        )
    from ssmkit.likelihoods.network.bar import trained_with_bar
    from ssmkit.likelihoods.network.cards import write_card
    from ssmkit.likelihoods.network.mlp import read, save
    from ssmkit.likelihoods.network.own_parts import parts_moving

    path = Path(path)
    if path.suffix != ".npz":
        refuse("path", f"{str(path)!r} is no .npz file", f"write {path.with_suffix('.npz').name!r}")
    parts = parts_moving(config.bound(), config.drift)
    card_path = path.with_suffix(".json")
    if path.is_file():
        card = json.loads(card_path.read_text("utf-8"))
        if (card["model"], card["box"]) != (model, {k: list(x) for k, x in _box(config).items()}):
            refuse(
                "path",
                f"{str(path)!r} is the network of {card['model']!r} over the box {card['box']}",
                "name another file",
            )
        net = read(path)
    else:
        problem = _problem(config, parts, width, people, steps)
        checkpoint = path.with_suffix(".checkpoint.npz")
        net = trained_with_bar(model, problem, seed, steps, checkpoint, shown=progressbar)
        save(net, path)
        command = f"ssmkit.train_network({model!r}, {path.name!r}, seed={seed}, width={width}, "
        command += f"people={people}, steps={steps})"
        card = write_card(model, problem, net, seed, steps, card_path, command=command)
        checkpoint.unlink()
    _add(config, parts, net)
    return card


def _problem(
    config: "ModelConfig", parts: Callable[..., "Parts"], width: int, people: int, steps: int
) -> "Problem":
    from ssmkit.likelihoods.network.problems import Problem

    exact, names = config.likelihood("analytical").loglik, config.list_params

    def in_order(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda rt, response, **values: function(rt, response, *map(values.get, names))

    return Problem(
        exact=in_order(exact),
        parts=in_order(parts),
        box=_box(config),
        width=width,
        people=people,
        steps=steps,
        far=_FAR,
    )


def _box(config: "ModelConfig") -> dict[str, tuple[float, float]]:
    """Return where a network is trained: the non-decision time only shifts."""
    return {name: ends for name, ends in config.box.items() if name != "t"}


def _add(config: "ModelConfig", parts: Callable[..., "Parts"], net: "Net") -> None:
    import jax

    from ssmkit.likelihoods.network.densities import density

    def log_f(rt: Any, response: Any, *params: Any) -> Any:
        return density(parts(rt, response, *params), net)

    likelihood = replace(
        config.likelihood("analytical"),
        kind="approx_differentiable",
        loglik=log_f,
        bounds=dict(config.box),
        default_priors=uniform_priors(config.box),
        equation=(),
    )
    add_likelihood(config.name, likelihood, jax.tree.leaves(net))

"""Training with a progress bar."""

from pathlib import Path

from tqdm.auto import tqdm

from ssmkit.likelihoods.network.mlp import Net
from ssmkit.likelihoods.network.problems import Problem
from ssmkit.likelihoods.network.training import train


def trained_with_bar(
    name: str, problem: Problem, seed: int, steps: int, checkpoint: Path, *, shown: bool = True
) -> Net:
    """Train a network, see :func:`ssmkit.likelihoods.network.train`, under a bar of its name."""
    with tqdm(total=steps, unit="step", desc=name, disable=not shown) as bar:

        def progress(done: int, _: int, loss: float) -> None:
            bar.update(done - bar.n)
            bar.set_postfix(loss=f"{loss:.2e}")

        return train(problem, seed=seed, steps=steps, checkpoint=checkpoint, progress=progress)

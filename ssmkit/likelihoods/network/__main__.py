"""``python -m ssmkit.likelihoods.network train MODEL``, or ``card MODEL``."""

import argparse
import json
from pathlib import Path

from ssmkit.likelihoods.network.bar import trained_with_bar
from ssmkit.likelihoods.network.cards import read_card, write_card
from ssmkit.likelihoods.network.mlp import save
from ssmkit.likelihoods.network.problems import PROBLEMS


def main() -> None:
    """Train a network and print its card, or print the card of one that is there."""
    parser = argparse.ArgumentParser(prog="python -m ssmkit.likelihoods.network")
    todo = parser.add_subparsers(dest="todo", required=True)
    training = todo.add_parser("train", help="train a network; an interrupted one goes on")
    training.add_argument("model", choices=sorted(PROBLEMS))
    training.add_argument("--seed", type=int, default=0)
    training.add_argument("--steps", type=int, help="steps of the optimiser")
    training.add_argument("--out", type=Path, default=Path("networks"), help="folder to write to")
    card = todo.add_parser("card", help="print a card")
    card.add_argument("model", choices=sorted(PROBLEMS))
    options = parser.parse_args()
    if options.todo == "card":
        print(json.dumps(read_card(options.model), indent=2))
        return
    problem = PROBLEMS[options.model]
    steps = options.steps or problem.steps
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / f"{options.model}.checkpoint.npz"
    net = trained_with_bar(options.model, problem, options.seed, steps, checkpoint)
    save(net, options.out / f"{options.model}.npz")
    path = options.out / f"{options.model}.json"
    command = "python -m ssmkit.likelihoods.network train"
    command += f" {options.model} --seed {options.seed} --steps {steps}"
    card = write_card(options.model, problem, net, options.seed, steps, path, command=command)
    print(json.dumps(card, indent=2))
    checkpoint.unlink()


if __name__ == "__main__":
    main()

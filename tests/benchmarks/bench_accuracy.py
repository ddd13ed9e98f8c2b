"""How exact each density is, and how long it takes: the table of the likelihoods in their docs.

``python tests/benchmarks/bench_accuracy.py`` makes it again; with names of models, it prints
their rows. Errors are of the log density, over trials drawn from the model, against something that
shares no formula with it: series in long arithmetic, sums with thousands of nodes, the diffusion
equation solved on a grid. Times are of value and gradient together, in float64.
"""

import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from oracles import truths  # noqa: E402 - its folder was put on the path just above

from ssmkit.modelconfig import get_config, list_models  # noqa: E402 - as above
from ssmkit.modelconfig.density import bounded  # noqa: E402 - as above
from ssmkit.simulate.exact import draw_exact  # noqa: E402 - as above

OUT = ROOT / "ssmkit" / "likelihoods" / "accuracy.md"
PEOPLE, CORNERS, TRIALS = 24, 12, 20
SIZES = (500, 1_000, 10_000, 100_000)
LONGEST = 10.0
TRUTHS = {}
HEAD = """# How exact, and how fast

{date}, {cores} cores, JAX {jax}, float64; `python tests/benchmarks/bench_accuracy.py`. *Mean* and
*largest* are the absolute errors of the log density over trials of {people} people drawn from the
model's box; *corner* is the mean in the worst of {corners} corners of the box. *Shared*: all
trials have the parameters of one person; *trial-wise*: each has its own. Times are of value and
gradient of the sum, in milliseconds, for so many trials; *compile* is the first call at 1,000.

| model | regime | against | mean | largest | corner | 500 | 1,000 | 10,000 | 100,000 | compile, s |
|---|---|---|---|---|---|---|---|---|---|---|
"""


def people(config, rng, *, corners):
    """Draw people from the box, or at its corners a hundredth inside."""
    while True:
        share = rng.uniform(size=len(config.box))
        if corners:
            share = 0.01 + 0.98 * (share > 0.5)
        person = {
            name: low + x * (high - low)
            for x, (name, (low, high)) in zip(share, config.box.items(), strict=True)
        }
        if "t" in person:
            person["t"] = 0.3 + person.get("st", 0.0)
        if all(limit.holds(*(person[name] for name in limit.params)) for limit in config.limits):
            yield person


def errors(config, truth, function, *, corners, trialwise):
    """Return the errors of each person's trials, an array a person."""
    rng = np.random.default_rng(int(corners))
    count = CORNERS if corners else PEOPLE
    out, run = [], jax.jit(function)
    for person, i in zip(people(config, rng, corners=corners), range(count), strict=False):
        vectors = {name: np.full(TRIALS, x) for name, x in person.items()}
        rt, response = draw_exact(config.name, vectors, rng)
        ended = np.isfinite(rt)
        rt, response = np.where(ended, rt, 1.0), np.where(ended, response, config.choices[0])
        given = vectors if trialwise else person
        found = np.asarray(run(rt, response, *given.values()))
        # Every regime has the same people and trials, and the truth takes much the longest.
        key = config.name, corners, i
        if key not in TRUTHS:
            TRUTHS[key] = truth(rt, response, **person)
        out.append(np.abs(found - TRUTHS[key])[ended])
    return out


def seconds(config, function, size, *, trialwise):
    """Return seconds of the first call and of a later one."""
    n_params = len(config.list_params)

    def total(rt, response, *params):
        return jnp.sum(function(rt, response, *params))

    rng = np.random.default_rng(0)
    vectors = {name: np.full(size, x) for name, x in config.example.items()}
    rt, response = draw_exact(config.name, vectors, rng)
    params = [
        x * (1 + 0.02 * rng.uniform(-1, 1, size)) if trialwise else x
        for x in config.example.values()
    ]
    args = [jnp.asarray(x, float) for x in (np.where(np.isfinite(rt), rt, 1.0), response, *params)]
    run = jax.jit(jax.value_and_grad(total, argnums=range(2, 2 + n_params)))
    times = []
    while len(times) < 2 or (len(times) < 12 and sum(times[1:]) < 1.0):
        begun = time.perf_counter()
        jax.block_until_ready(run(*args))
        times.append(time.perf_counter() - begun)
    return times[0], float(np.median(times[1:]))


def row(name, kind, regime):
    """Return the line of one model and regime."""
    config = get_config(name)
    function = bounded(config, kind)
    trialwise = regime != "shared"
    against, truth = truths.of(name)
    box = errors(config, truth, function, corners=False, trialwise=trialwise)
    edge = errors(config, truth, function, corners=True, trialwise=trialwise)
    pooled = np.concatenate(box)
    corner = max(x.mean() for x in edge if len(x))
    numbers, compiling = [], ""
    for size in SIZES:
        # What was left out is no number, and so is what comes after it.
        if numbers and not numbers[-1] * 10 <= 1e3 * LONGEST:
            numbers.append(np.nan)
            continue
        first, later = seconds(config, function, size, trialwise=trialwise)
        numbers.append(1e3 * later)
        if size == 1_000:
            compiling = f"{first:.1f}"
    shown = name if kind == "analytical" else f"{name}, network"
    times = " | ".join("" if np.isnan(x) else f"{x:.3g}" for x in numbers)
    return (
        f"| {shown} | {regime} | {against} | {pooled.mean():.1e} | {pooled.max():.1e} "
        f"| {corner:.1e} | {times} | {compiling} |"
    )


def main():
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 - positional only
    names = sys.argv[1:] or list_models()
    lines = []
    for name in names:
        if name not in truths.KNOWN:
            continue
        for kind in get_config(name).likelihoods:
            solved = name in truths.SOLVED and kind == "analytical"
            for regime in ("shared", "trial-wise") if solved else ("any",):
                lines.append(row(name, kind, regime))
                print(lines[-1], flush=True)
        TRUTHS.clear()
    if not sys.argv[1:]:
        import os

        head = HEAD.format(
            date=time.strftime("%Y-%m-%d"),
            cores=os.cpu_count(),
            jax=jax.__version__,
            people=PEOPLE,
            corners=CORNERS,
        )
        OUT.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""A sketch of a model: its bounds, where evidence starts, and some ways that it may take.

It is drawn by a few lines of arithmetic at the model's example, and is no simulation to learn
numbers from: ``plot_cartoon`` is that.
"""

from collections.abc import Mapping
from math import tan

import numpy as np

from ssmkit.modelconfig.config import ModelConfig
from ssmkit.plots._palette import BLUE, INK, LINE, SOFT
from ssmkit.widgets import svg

SPAN, STEP, PATHS = 2.4, 0.006, 3
_CURVES = {
    "moving.weibull_bound": lambda s, x: x["a"] * np.exp(-((s / x["beta"]) ** x["alpha"])),
    "moving.exponential_bound": lambda s, x: x["a"] * np.exp(-s / x["beta"]),
}
"""The same as in ``ssmkit.likelihoods``, whose first use takes seconds."""
COLOURS = (BLUE, "#e69f00", "#009e73", "#cc79a7")


def sketch(config: ModelConfig, width: float = 300, height: float = 150) -> str:
    """Return the sketch of a model, an ``svg`` element.

    Parameters
    ----------
    config
        The model.
    width, height
        Its size in pixels.

    Returns
    -------
    str

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> "two bounds" in sketch(get_config("ddm"))
    True
    """
    theta = dict(config.example)
    known = set(theta)
    if {"A", "b"} <= known:
        parts, says = _race(theta, width, height), "lines that race to one threshold"
    elif {"v0", "v1", "a"} <= known:
        parts, says = (
            _noisy_race(config, theta, width, height),
            "noisy paths that race to one bound",
        )
    elif {"vh", "vl2", "a"} <= known:
        parts = _walk(config, theta | {"v": theta["vh"], "z": 0.5}, 0, width / 2, height, seed=3)
        second = theta | {"v": theta["vl2"], "z": 0.5, "t": 0.0}
        parts += _walk(config, second, width / 2, width / 2, height, seed=4)
        says = "two decisions in a row, each a path of evidence between two bounds"
    elif {"v", "a"} <= known:
        parts = _walk(config, theta, 0, width, height, seed=1)
        says = "paths of evidence that wander between two bounds until they reach one"
    else:
        words = ", ".join(config.list_params)
        parts, says = [svg.text(12, height / 2, words, SOFT)], f"a model of {words}"
    return svg.picture(width, height, parts, f"{config.name}: {says}")


def _walk(
    config: ModelConfig,
    theta: Mapping[str, float],
    left: float,
    width: float,
    height: float,
    *,
    seed: int,
) -> list[str]:
    a, onset = theta["a"], theta.get("t", 0.0)
    time = np.arange(0, SPAN - onset, STEP)
    bound, push = _bound(config, theta, time), _push(config, theta, time)
    frame = svg.Frame(left + 10, 16, width - 20, height - 38, (0, SPAN), (-1.08 * a, 1.08 * a))
    start = -a + 2 * a * theta.get("z", 0.5)
    rng = np.random.default_rng(seed)
    parts = [svg.band(frame, 0, onset, "#eef1f4")] if onset else []
    for _ in range(PATHS):
        path, up = _path(theta, push, start, bound, rng)
        x = onset + time[: len(path)]
        parts.append(svg.line(frame, x, path, BLUE if up else COLOURS[1], 1.0))
    mean, _ = _path(theta, push, start, bound, None)
    open_ = bound > 0
    x, edge = onset + time[open_], bound[open_]
    parts += [svg.line(frame, x, side * edge, INK, 2.0) for side in (-1, 1)]
    parts.append(svg.line(frame, onset + time[: len(mean)], mean, INK, 1.6))
    parts.append(svg.points(frame, np.array([onset]), np.array([start]), INK, radius=3))
    middle = left + width / 2
    return [frame.holding(*parts), svg.text(middle, height - 7, "time", SOFT, 11, anchor="middle")]


def _bound(config: ModelConfig, theta: Mapping[str, float], time: np.ndarray) -> np.ndarray:
    if "theta" in theta:
        return np.maximum(theta["a"] - time * tan(theta["theta"]), 0.0)
    if config.boundary in _CURVES:
        return _CURVES[config.boundary](time, theta)
    if config.boundary is None:
        return np.full(len(time), theta["a"])
    bound = config.bound()(time, theta["a"], *_own(config, theta))
    return np.maximum(np.asarray(bound, dtype=float), 0.0)


def _push(config: ModelConfig, theta: Mapping[str, float], time: np.ndarray) -> np.ndarray:
    if config.drift is None:
        return np.full(len(time), theta["v"])
    return np.asarray(config.drift(time, theta["v"], *_own(config, theta)), dtype=float)


def _own(config: ModelConfig, theta: Mapping[str, float]) -> list[float]:
    return [theta[name] for name in config.list_params if name not in ("v", "a", "z", "t", "sv")]


def _path(
    theta: Mapping[str, float],
    push: np.ndarray,
    start: float,
    bound: np.ndarray,
    rng: np.random.Generator | None,
) -> tuple[np.ndarray, bool]:
    """Return a path up to its end and whether it is the upper bound; without numbers the mean."""
    leak = theta.get("g", 0.0)
    noise = np.zeros(len(bound)) if rng is None else rng.normal(size=len(bound))
    if rng is not None and "alpha" in theta and "beta" not in theta:
        # A sketch of jumps: now and then a step is many times as long.
        noise *= np.where(rng.random(len(bound)) < 0.02, 7.0, 0.8)
    found, x = [start], start
    for edge, v, kick in zip(bound[1:], push, noise[1:], strict=False):
        x += (v - leak * x) * STEP + STEP**0.5 * kick
        found.append(float(np.clip(x, -edge, edge)))
        if abs(x) >= edge:
            break
    return np.array(found), x > 0


def _noisy_race(
    config: ModelConfig, theta: Mapping[str, float], width: float, height: float
) -> list[str]:
    """Return a path for each racer, reflected at 0, up to the moment at which one has won."""
    onset, rng = theta.get("t", 0.0), np.random.default_rng(2)
    time = np.arange(0, SPAN - onset, STEP)
    bound = _bound(config, theta, time)
    frame = svg.Frame(10, 16, width - 20, height - 38, (0, SPAN), (0, 1.1 * theta["a"]))
    speeds = [x for name, x in theta.items() if name[0] == "v" and name[1:].isdigit()]
    start = theta.get("z", 0.0) * theta["a"]
    steps = (
        np.outer(time, speeds) + np.cumsum(rng.normal(size=(len(time), len(speeds))), 0) * STEP**0.5
    )
    # Reflection at 0: what would be below is pushed up.
    paths = start + steps - np.minimum(np.minimum.accumulate(start + steps), 0.0)
    won = (paths >= bound[:, None]).any(axis=1)
    end = int(np.argmax(won)) + 1 if won.any() else len(time)
    parts = [svg.band(frame, 0, onset, "#eef1f4")] if onset else []
    for i, path in enumerate(paths[:end].T):
        path_ = np.minimum(path, bound[:end])
        parts.append(svg.line(frame, onset + time[:end], path_, COLOURS[i % len(COLOURS)], 1.2))
    parts.append(svg.line(frame, onset + time, bound, INK, 2.0))
    words = svg.text(width / 2, height - 7, "time", SOFT, 11, anchor="middle")
    return [frame.holding(*parts), words]


def _race(theta: Mapping[str, float], width: float, height: float) -> list[str]:
    threshold, onset = theta["b"], theta.get("t", 0.0)
    speeds = {name: x for name, x in theta.items() if name[0] == "v" and name[1:].isdigit()}
    frame = svg.Frame(10, 16, width - 20, height - 38, (0, onset + 1.3), (0, 1.1 * threshold))
    parts = [svg.band(frame, 0, onset, "#eef1f4")] if onset else []
    start = theta["A"] / 2
    for i, (name, speed) in enumerate(speeds.items()):
        end, colour = (threshold - start) / speed, COLOURS[i % len(COLOURS)]
        # Names at different heights, so that they do not stand on each other's lines.
        share = 0.92 - 0.27 * i
        parts.append(svg.line(frame, [onset, onset + end], [start, threshold], colour, 2.0))
        x = float(frame.across(onset + share * end))
        y = float(frame.down(start + share * (threshold - start)))
        parts.append(svg.text(x - 6, y - 3, name, colour, 11, anchor="end"))
    parts.append(svg.line(frame, [0, onset + 1.3], [threshold, threshold], INK, 2.0))
    parts.append(svg.line(frame, [onset, onset], [0, theta["A"]], LINE, 5.0))
    words = svg.text(width / 2, height - 7, "time", SOFT, 11, anchor="middle")
    return [frame.holding(*parts), words]

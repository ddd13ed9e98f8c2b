"""The picture of the field: a path of evidence between bounds, and the times at which it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ssmkit._compat import x64_here
from ssmkit.errors import refuse
from ssmkit.modelconfig import get_config
from ssmkit.modelconfig.density import bounded
from ssmkit.plots._numbers import SECONDS
from ssmkit.simulate.theta import read_theta
from ssmkit.simulate.trajectory import Trajectory, draw_trajectory, require_bounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssmkit.modelconfig.config import ModelConfig

ROOM = 4
# Share of the responses whose times the picture has room for.
SHOWN = 0.97
POINTS, LATEST, MOST_PATHS = 400, 60.0, 50
# Densities stand a little beyond the highest bound.
BASE = 1.06


@dataclass(frozen=True)
class Scene:
    """One set of parameters: its mean path, sample paths, and densities of time and response.

    ``heights`` and ``shares`` are by response, -1 and 1 or whatever the model's codes are.
    """

    title: str
    theta: dict[str, float]
    mean: Trajectory
    paths: tuple[Trajectory, ...]
    rt: np.ndarray
    heights: tuple[np.ndarray, np.ndarray]
    shares: tuple[float, float]


@dataclass(frozen=True)
class Cartoon:
    """A scene for each set of parameters."""

    scenes: tuple[Scene, ...]
    codes: tuple[int, int]
    note: str


def plot_cartoon(
    model: Any = "ddm",
    theta: Any = None,
    *,
    data: Any = None,
    n_paths: int = 8,
    random_seed: int = 0,
) -> "Figure":
    """Show how a diffusion model decides: start, drift, bounds, some paths, and when they end.

    Parameters
    ----------
    model
        Name of a model, or a sampled model, which is shown at its posterior mean.
    theta
        Parameters: a dict of numbers, or of vectors of up to four, or a list in the model's order;
        None takes the posterior mean, or by name an example of the model.
    data
        Up to four rows of predictors at which a sampled model is shown; None takes the average of
        the trials that were fitted.
    n_paths
        Sample paths.
    random_seed
        Seed of the paths.

    Returns
    -------
    Figure
        A panel for each set of parameters. The areas above and below the bounds are the
        probabilities of the responses, on one scale.

    Raises
    ------
    SsmkitError
        For a model that is no path between two bounds, one that has not been sampled, or more than
        four sets of parameters.

    Notes
    -----
    Bounds and drift are those of the model's simulator; densities are its likelihood's, without
    lapses.

    Examples
    --------
    >>> len(plot_cartoon("angle", {"v": 1, "a": 1.5, "z": 0.5, "t": 0.3, "theta": 0.4}).axes)
    1
    """
    return draw(curves(model, theta, data=data, n_paths=n_paths, random_seed=random_seed))


def curves(
    model: Any = "ddm",
    theta: Any = None,
    *,
    data: Any = None,
    n_paths: int = 8,
    random_seed: int = 0,
) -> Cartoon:
    """Return the numbers that :func:`plot_cartoon` draws."""
    spec = getattr(model, "spec", None)
    config = get_config(model if spec is None else spec.model)
    require_bounds(config)
    if not 0 <= n_paths <= MOST_PATHS:
        refuse("n_paths", f"{n_paths} paths cannot be told apart", "write n_paths=8")
    if theta is not None or spec is None:
        rows = read_theta(config, config.example if theta is None else theta)
        table, note = _varying(rows), ""
    else:
        rows, table, note = _posterior_mean(model, data)
    count = len(next(iter(rows.values())))
    if count > ROOM:
        refuse(
            "data" if theta is None else "theta",
            f"{count} sets of parameters are asked for, and there is room for {ROOM}",
            "give fewer rows, as in data=data.head(2)",
        )
    thetas = [{name: float(x[i]) for name, x in rows.items()} for i in range(count)]
    last = max(_last(config, theta) for theta in thetas)
    titles = [
        ", ".join(f"{name} = {_short(x[i])}" for name, x in table.items()) for i in range(count)
    ]
    scenes = tuple(
        _scene(config, theta, title or config.name, last, n_paths, random_seed)
        for theta, title in zip(thetas, titles, strict=True)
    )
    return Cartoon(scenes, config.choices, note)


def _posterior_mean(model: Any, data: Any) -> tuple[dict[str, np.ndarray], dict[str, Any], str]:
    """Return parameters a row, the predictors that tell the rows apart, and what was averaged."""
    from ssmkit.spec.formula import names

    if data is not None and len(data) > ROOM:
        refuse(
            "data",
            f"it has {len(data):,} rows, and this picture has room for {ROOM}",
            "give the rows to show, as in data=data.head(2)",
        )
    found = model.trialwise(data)
    means = {name: found[name].mean(("chain", "draw")).to_numpy() for name in found.data_vars}
    rows = {name: means[name] for name in model.spec.config.list_params}
    if data is None:
        vary = [name for name, values in rows.items() if np.ptp(values) > 1e-9]
        averaged = f", averaged over trials ({', '.join(vary)} vary)" if vary else ""
        rows = {name: values.mean(keepdims=True) for name, values in rows.items()}
        return rows, {}, f"At the posterior mean{averaged}."
    formulas = [param.formula for param in model.spec.params if param.formula is not None]
    used = dict.fromkeys(word for formula in formulas for word in names(formula)[0])
    table = {name: data[name].to_numpy() for name in used if name in data.columns}
    return rows, table, "At the posterior mean of each row."


def _varying(rows: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: values for name, values in rows.items() if np.ptp(values) > 0}


def _short(value: Any) -> str:
    word = f"{value:.3g}" if isinstance(value, int | float | np.number) else str(value)
    return word.replace("-", "\N{MINUS SIGN}") if word.startswith("-") else word


def _last(config: "ModelConfig", theta: Mapping[str, float]) -> float:
    """Return the time by which there is a response to :data:`SHOWN` of the trials that have one."""
    steps = np.concatenate([[0.0], np.geomspace(1e-3, LATEST, POINTS - 1)])
    with x64_here():
        height = _heights(config, _earliest(theta) + steps, theta).sum(axis=0)
    below = np.cumsum(0.5 * (height[1:] + height[:-1]) * np.diff(steps))
    return _earliest(theta) + float(steps[1:][np.argmax(below >= SHOWN * below[-1])])


def _earliest(theta: Mapping[str, float]) -> float:
    """Return the time before which there is no response; ``st`` is half of the range of ``t``."""
    return max(theta.get("t", 0.0) - theta.get("st", 0.0), 0.0)


def _scene(
    config: "ModelConfig",
    theta: dict[str, float],
    title: str,
    last: float,
    n_paths: int,
    seed: int,
) -> Scene:
    rt = np.linspace(_earliest(theta), last, POINTS)
    with x64_here():
        low, high = map(float, _programs(config.name)[1](list(theta.values())))
        heights = _heights(config, rt, theta)
    rng, span = np.random.default_rng(seed), last - theta.get("t", 0.0)
    mean = draw_trajectory(config, theta, rng, max_t=span, delta_t=span / 2000, noise=False)
    paths = tuple(
        draw_trajectory(config, theta, rng, max_t=span, delta_t=min(1e-3, span / 500))
        for _ in range(n_paths)
    )
    return Scene(title, theta, mean, paths, rt, (heights[0], heights[1]), (low, high))


def _heights(config: "ModelConfig", rt: np.ndarray, theta: Mapping[str, float]) -> np.ndarray:
    """Return the density of each response, (response, time)."""
    return np.exp(np.asarray(_programs(config.name)[0](rt, list(theta.values()))))


@cache
def _programs(model: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return compiled the log density of each response, and their probabilities."""
    import jax

    config = get_config(model)
    codes, density = np.array(config.choices)[:, None], bounded(config)
    choice = config.likelihood().function("choice")
    return (
        jax.jit(lambda rt, theta: density(rt, codes, *theta)),
        jax.jit(lambda theta: choice(*theta)),
    )


def draw(cartoon: Cartoon) -> "Figure":
    """Draw a panel a scene, on the same scales."""
    from ssmkit.plots import _style

    count = len(cartoon.scenes)
    across = min(count, 2)
    down = -(-count // across)
    width = 5.4 if count == 1 else 4.0
    tops = [float(scene.mean.bound.max()) for scene in cartoon.scenes]
    peak = max(float(np.max(scene.heights)) for scene in cartoon.scenes)
    scale = 0.9 * max(tops) / peak
    # Room on either side for the highest density, and for the words beside it.
    low, high = (
        max(
            BASE * top + max(scale * 1.05 * float(scene.heights[side].max()), 0.4 * max(tops))
            for top, scene in zip(tops, cartoon.scenes, strict=True)
        )
        for side in (0, 1)
    )
    with _style.picture(width * across, 3.3 * down + 0.35) as figure:
        grid = figure.subplots(down, across, squeeze=False, sharex=True)
        for axes, scene, top in zip(grid.flat, cartoon.scenes, tops, strict=False):
            _panel(axes, scene, top, scale, cartoon.codes)
            axes.set(xlim=(0, scene.rt[-1]), ylim=(-low, high))
        for i, axes in enumerate(grid.flat):
            if i >= count:
                axes.remove()
            elif i + across >= count:
                axes.set_xlabel("time (s)")
                axes.tick_params(labelbottom=True)
        for axes in grid[:, 0]:
            axes.set_ylabel("evidence")
        undecided = any(not path.response for scene in cartoon.scenes for path in scene.paths)
        _style.footnote(
            figure,
            "Thick: the bounds and the mean drift v from the start z, after the time t. Areas: how "
            "probable each response is at each time.",
            "Grey: paths that take longer." if undecided else "",
            cartoon.note,
        )
    return figure


def _panel(axes: "Axes", scene: Scene, top: float, scale: float, codes: tuple[int, int]) -> None:
    from ssmkit.plots import _style

    colours = dict(zip(codes, (_style.CHAINS[4], _style.BLUE), strict=True))
    onset = scene.theta.get("t", 0.0)
    time, bound = onset + scene.mean.time, scene.mean.bound.copy()
    bound[np.maximum.accumulate(bound <= 0)] = np.nan
    axes.axvspan(0, onset, color="#eef1f4", lw=0, zorder=0)
    for path in scene.paths:
        x = onset + path.shift + path.time[: len(path.evidence)]
        axes.plot(
            x, path.evidence, color=colours.get(path.response, _style.LINE), lw=0.6, alpha=0.75
        )
    for side, code, height, share in zip((-1, 1), codes, scene.heights, scene.shares, strict=True):
        axes.plot(time, side * bound, color=_style.INK, lw=1.8)
        base = BASE * side * top
        edge = base + side * scale * height
        axes.fill_between(scene.rt, base, edge, color=colours[code], alpha=0.3, lw=0)
        axes.plot(scene.rt, edge, color=colours[code], lw=1.3)
        axes.annotate(
            f"response {_short(code)}: {100 * share:.0f} %",
            (1, 1 if side > 0 else 0),
            (-2, -4 * side),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="top" if side > 0 else "bottom",
            fontsize=8.5,
        )
    evidence = scene.mean.evidence
    axes.plot(time[: len(evidence)], evidence, color=_style.INK, lw=1.8)
    axes.plot((0, onset), (evidence[0],) * 2, color=_style.INK, lw=1, ls=":")
    axes.plot(onset, evidence[0], "o", color=_style.INK, ms=4.5, zorder=4)
    values = [f"{k} = {_short(x)}{' s' if k in SECONDS else ''}" for k, x in scene.theta.items()]
    axes.set_title(scene.title, pad=17)
    axes.annotate(
        ", ".join(values),
        (0, 1),
        (0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        color=_style.SOFT,
        fontsize=8,
    )
    ends = float(scene.mean.bound[0])
    axes.set_yticks([-ends, 0, ends], [_style.number(x, 1) for x in (-ends, 0, ends)])
    axes.tick_params(labelleft=True)
    axes.spines["left"].set_bounds(-ends, ends)

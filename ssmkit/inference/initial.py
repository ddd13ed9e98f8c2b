"""Where chains start: estimates from the data, moved into the prior, spread by a seed."""

from typing import Any

import numpy as np
import pandas as pd

from ssmkit._compat import bambi_components
from ssmkit.data import ez_ddm
from ssmkit.errors import refuse
from ssmkit.inference.built import Built
from ssmkit.inference.variables import shape_of
from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec import Prior

# Half width of the uniform spread of chains around the start, in the unconstrained space: wide
# enough that R-hat means something, narrow enough that no chain starts where the density is zero.
SPREAD = 0.3
TRIES = 12


def natural(built: Built, data: pd.DataFrame) -> dict[str, Any]:
    """Return a start for each free parameter and coefficient, coefficients on the link's scale.

    Parameters
    ----------
    built
        The model.
    data
        Its data.

    Returns
    -------
    dict
        The non-decision time starts below the fastest response, drift and boundary at their
        EZ-diffusion estimates (Wagenmakers, van der Maas and Grasman, 2007), everything else at
        the model's example; and each at the median of its prior where this start lies in the
        outer thousandth of it, which for the non-decision time without lapses ends at the
        fastest response. Coefficients start where every trial has that estimate.
        Group effects and their spread are left to PyMC.
    """
    lapses = built.spec.lapse is not None
    data = data[data["rt"] > 0]  # the others have no time
    guess = dict(built.spec.config.example) | _from_data(data, lapses=lapses)
    start: dict[str, Any] = {}
    components = {} if built.bambi is None else bambi_components(built.bambi)
    for item in built.items:
        # Above the fastest response a non-decision time gives the data no probability at all.
        bounded = item.name == "t" and not lapses
        ceiling = (
            float(np.min(data["rt"].to_numpy(dtype=float), initial=np.inf)) if bounded else np.inf
        )
        if item.formula is not None:
            start |= _coefficients(item, guess.get(item.name), components[item.name], ceiling)
        elif item.fixed is None:
            low, high = item.truncation
            bounds = (low, min(high, ceiling))
            start[item.name] = _inside(guess.get(item.name), item.prior, bounds)
    return start


def _coefficients(item: Any, value: float | None, component: Any, ceiling: float) -> dict[str, Any]:
    """Return coefficients that give every trial one value: the data's or the prior's."""
    intercept = component.intercept_term
    prior = item.priors.get("Intercept")
    if value is None or not item.bounds[0] < value < item.bounds[1]:
        target = float(_law(prior).median()) if isinstance(prior, Prior) else 0.0
    else:
        target = float(item.link.forward(value))
    columns = {name: np.atleast_2d(term.data.T).T for name, term in component.common_terms.items()}
    sizes = {name: x.shape[1] for name, x in columns.items()}
    out: dict[str, Any] = {name: np.zeros(size) for name, size in sizes.items()}
    if intercept is not None:
        out = {"Intercept": target} | out
    elif columns:
        design = np.column_stack(list(columns.values()))
        solved = np.linalg.lstsq(design, np.full(len(design), target), rcond=None)[0]
        out = dict(zip(sizes, np.split(solved, np.cumsum(list(sizes.values()))[:-1]), strict=True))
    highest = _on_line(item.link, ceiling)
    return {
        # A coefficient that is a value of the parameter ends where the parameter does.
        f"{item.name}_{name}": _all_inside(
            values, item.priors.get(name), highest if np.allclose(values, target) else np.inf
        )
        for name, values in out.items()
        if not isinstance(item.priors.get(name), float)
    }


def _on_line(link: Any, ceiling: float) -> float:
    """Return the ceiling on the line of the predictors; none where the link turns it round."""
    if not np.isfinite(ceiling) or not link.forward(ceiling / 2) < link.forward(ceiling):
        return np.inf
    return float(link.forward(ceiling))


def _all_inside(values: Any, prior: Prior | None, highest: float) -> Any:
    if not isinstance(prior, Prior):
        return values
    inside = [_inside(float(x), prior, (-np.inf, highest)) for x in np.ravel(values)]
    return np.array(inside).reshape(np.shape(values))


def _from_data(data: pd.DataFrame, *, lapses: bool) -> dict[str, float]:
    rt = data["rt"].to_numpy(dtype=float)
    if len(rt) == 0:
        return {"z": 0.5, "p_outlier": 0.03}
    # Where the fastest responses may be lapses they do not hold t below them: a start there would
    # leave the chains in a second mode, in which fast guesses are decisions.
    t = 0.6 * float(np.quantile(rt, 0.05)) if lapses else 0.5 * float(np.min(rt))
    guess = {"t": t, "z": 0.5, "sv": 0.3, "theta": 0.05, "p_outlier": 0.03}
    if set(np.unique(data["response"])) <= {-1.0, 1.0} and len(rt) > 5:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # EZ's own advice is not for a start value
            estimate = ez_ddm(data[["rt", "response"]])
        values = {name: float(np.asarray(estimate[name]).ravel()[0]) for name in ("v", "a")}
        if all(np.isfinite(x) for x in values.values()):
            guess |= {
                "v": float(np.clip(values["v"], -4, 4)),
                "a": float(np.clip(values["a"], 0.3, 3)),
            }
    return guess


def _law(prior: Prior) -> Any:
    return frozen(prior.name, prior.args)


def _inside(value: float | None, prior: Prior, bounds: tuple[float, float]) -> float:
    law, (floor, ceiling) = _law(prior), bounds
    low, high = law.cdf(floor), law.cdf(ceiling)
    if value is not None and floor < value < ceiling:
        # So far out in the tail that no quantile can be told from another, the data decide.
        share = (law.cdf(value) - low) / (high - low) if high - low > 1e-12 else 0.5
        if 0.001 < share < 0.999:
            return float(value)
    return float(law.ppf(low + 0.5 * (high - low)))


def unconstrained(model: Any, values: dict[str, Any]) -> np.ndarray:
    """Return the flat unconstrained position of natural values, in the order of the model.

    Parameters
    ----------
    model
        The PyMC model.
    values
        Natural values by name; other variables start where PyMC starts them.
    """
    import pytensor
    import pytensor.tensor as pt
    from pytensor.compile.mode import Mode

    moved = []
    others = {} if all(rv.name in values for rv in model.free_RVs) else model.initial_point(0)
    for rv in model.free_RVs:
        if rv.name not in values:
            moved.append(pt.as_tensor(others[model.rvs_to_values[rv].name]))
            continue
        value = pt.as_tensor(
            np.broadcast_to(np.squeeze(np.asarray(values[rv.name], float)), shape_of(model, rv))
        )
        transform = model.rvs_to_transforms[rv]
        moved.append(value if transform is None else transform.forward(value, *rv.owner.inputs))
    # Some logarithms of some numbers: to compile them would take longer than to fit the model.
    function = pytensor.function([], moved, mode=Mode(linker="py", optimizer=None))
    return np.concatenate([np.ravel(x).astype(float) for x in function()])


def density(program: Any, data: list[np.ndarray]) -> Any:
    """Return the log density as a function of one position, compiled with the program."""
    from ssmkit.inference.program import aot, as_inputs

    arrays = as_inputs(data)
    example = np.zeros(program.size, arrays.dtype)
    shelf = ("density", arrays.shapes)
    if shelf not in program.compiled:
        program.compiled[shelf] = aot(program.log_density, example, arrays.values)()
    call = program.compiled[shelf]
    return lambda position: float(call(position.astype(arrays.dtype), arrays.values))


def spread(start: np.ndarray, chains: int, seed: int, log_density: Any) -> np.ndarray:
    """Spread the chains around a start, nearer where the density is zero further out.

    Parameters
    ----------
    start
        Unconstrained position, (size,).
    chains
        Number of chains.
    seed
        Seed of the spread.
    log_density
        Function of a position.

    Returns
    -------
    ndarray
        (chains, size), each of finite density.

    Raises
    ------
    SsmkitError
        When the density is zero at the start itself.
    """
    rng = np.random.default_rng([seed, 0x55])
    out = np.empty((chains, len(start)))
    for chain in range(chains):
        step = rng.uniform(-SPREAD, SPREAD, len(start))
        for attempt in range(TRIES + 1):
            shrink = 0.0 if attempt == TRIES else 0.5**attempt
            out[chain] = start + shrink * step
            if np.isfinite(log_density(out[chain])):
                break
        else:
            refuse(
                "initvals",
                "the model gives the data zero probability at the starting values",
                "check that t starts below the fastest reaction time, or pass initvals={'t': ...}",
            )
    return out

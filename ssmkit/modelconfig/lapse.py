"""What a lapse may be given as, read into one distribution of its reaction time."""

from collections.abc import Mapping
from typing import Any

from ssmkit.errors import refuse, report
from ssmkit.modelconfig.distributions import check_arguments, frozen

DEFAULT_LAPSE: Mapping[str, Any] = {"name": "Uniform", "lower": 0.0, "upper": 20.0}


def frozen_lapse(lapse: Any = None, path: str = "lapse") -> Any:
    """Return the distribution of the reaction times of lapses.

    Parameters
    ----------
    lapse
        None for Uniform(0, 20) seconds; a dict with a ``name`` and arguments; or anything that has
        a ``name`` and ``args``, such as :class:`ssmkit.Prior`.
    path
        Where it was written, for the messages.

    Returns
    -------
    scipy.stats.rv_continuous_frozen

    Raises
    ------
    SsmkitError
        When it names no distribution, or one with wrong arguments.

    Examples
    --------
    >>> frozen_lapse({"name": "Uniform", "lower": 0.0, "upper": 10.0}).mean()
    np.float64(5.0)
    """
    lapse = DEFAULT_LAPSE if lapse is None else lapse
    if isinstance(lapse, Mapping):
        args = {key: value for key, value in lapse.items() if key != "name"}
        name = lapse.get("name")
    else:
        name, args = getattr(lapse, "name", None), getattr(lapse, "args", None)
    if not isinstance(name, str) or not isinstance(args, Mapping):
        refuse(path, f"{lapse!r} is no distribution", f"write {path}={dict(DEFAULT_LAPSE)!r}")
    report(check_arguments(name, args, path))
    return frozen(name, args)

"""Parameters of the diffusion model from one convention of the field to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from ssmkit.errors import did_you_mean, refuse

Values = dict[str, Any]


@dataclass(frozen=True)
class Convention:
    """What a program calls the parameters, and what it measures them in.

    Parameters
    ----------
    names
        Our name to theirs; what is not there they do not have.
    whole
        Whether the bound is the whole separation, and not half of it.
    start
        Whether the start is a share of the separation, a distance from the lower bound in units of
        evidence, or one from the middle.
    start_range
        Whether the range of the start is half of it or its width, in units of evidence, the width
        as a share of the separation, or the width over twice the distance to the nearer bound.
    earliest
        Whether the non-decision time is the earliest, and not the mean.
    time_width
        Whether its range is the width, and not half of it.
    noise
        Standard deviation of the evidence over a second.
    noise_name
        The name under which another noise may be given.
    """

    names: Mapping[str, str]
    whole: bool = True
    start: Literal["share", "evidence", "middle"] = "share"
    start_range: Literal["half", "width", "share", "room"] = "share"
    earliest: bool = False
    time_width: bool = True
    noise: float = 1.0
    noise_name: str | None = None


def _names(text: str) -> dict[str, str]:
    """Return our names in order, each with theirs."""
    pairs = zip(("v", "a", "z", "t", "sv", "sz", "st"), text.split(), strict=True)
    return {ours: theirs for ours, theirs in pairs if theirs != "-"}


CONVENTIONS = {
    "ssmkit": Convention(
        _names("v a z t sv sz st"), whole=False, start_range="half", time_width=False
    ),
    "hssm": Convention(_names("v a z t sv sz st"), whole=False),
    "hddm": Convention(_names("v a z t sv sz st")),
    "brms": Convention(_names("mu bs bias ndt - - -")),
    "rtdists": Convention(
        _names("v a z t0 sv sz st0"),
        start="evidence",
        start_range="width",
        earliest=True,
        noise_name="s",
    ),
    "fast-dm": Convention(_names("v a zr t0 sv szr st0")),
    "emc2": Convention(
        _names("v a Z t0 sv SZ st0"), start_range="room", earliest=True, noise_name="s"
    ),
    "pyddm": Convention(
        _names("drift B x0 nondectime - sz halfwidth"),
        whole=False,
        start="middle",
        start_range="half",
        time_width=False,
        noise_name="noise",
    ),
    "ratcliff": Convention(
        _names("v a z Ter eta sz st"),
        start="evidence",
        start_range="width",
        noise=0.1,
        noise_name="s",
    ),
}


def convert[Params: Mapping[str, Any] | pd.DataFrame](
    params: Params, to: str = "ssmkit", from_: str = "ssmkit"
) -> Params:
    """Convert parameters of the diffusion model between the conventions of the field's programs.

    Parameters
    ----------
    params
        A dict of numbers or arrays, or a data frame with a column for each parameter and perhaps
        others, by the names of the convention that they come from. Not all need be there.
    to, from_
        Conventions: ``"ssmkit"``, ``"hddm"``, ``"hssm"``, ``"brms"``, ``"rtdists"``,
        ``"fast-dm"``, ``"emc2"``, ``"pyddm"`` or ``"ratcliff"``.

    Returns
    -------
    dict or pandas.DataFrame
        The same model, as the given kind, by the target's names; other columns of a data frame are
        untouched.

        =========  =======================  ========================  ===========================
        from/to    drift, bound, start      non-decision time         variability
        =========  =======================  ========================  ===========================
        ssmkit     v, a (half), z (share)   t (mean)                  sv, sz (half, evidence),
                                                                      st (half)
        hssm       v, a (half), z (share)   t (mean)                  sv, sz (width, share),
                                                                      st (width)
        hddm       v, a (whole), z (share)  t (mean)                  sv, sz (width, share),
                                                                      st (width)
        brms       mu, bs (whole), bias     ndt                       none
                   (share)
        rtdists    v, a (whole), z          t0 (earliest)             sv, sz (width, evidence),
                   (evidence)                                         st0 (width)
        fast-dm    v, a (whole), zr         t0 (mean)                 sv, szr (width, share),
                   (share)                                            st0 (width)
        emc2       v, a (whole), Z (share)  t0 (earliest)             sv, SZ (share of the room),
                                                                      st0 (width)
        pyddm      drift, B (half), x0      nondectime (mean)         sz (half, evidence),
                   (from the middle)                                  halfwidth (half)
        ratcliff   v, a (whole), z          Ter (mean)                eta, sz (width, evidence),
                   (evidence)                                         st (width)
        =========  =======================  ========================  ===========================

    Raises
    ------
    SsmkitError
        For an unknown convention, a name that the convention does not have, a parameter that the
        target has no place for, or one that cannot be converted without another.

    Notes
    -----
    All are in units of noise 1 a second, but Ratcliff's, whose noise is 0.1. Noise of another size
    may be among the given parameters where the program has a name for it: ``s`` for rtdists, EMC2
    and Ratcliff, ``noise`` for PyDDM. What is returned has the target's usual noise. In EMC2, Z and
    SZ are on the natural scale, not the probit one, and SZ is the width over twice the distance to
    the nearer bound. In rtdists and EMC2 the non-decision time lasts from ``t0`` to ``t0 + st0``.
    Sources: the manuals of the programs (HDDM: Wiecki, Sofer & Frank, 2013; fast-dm: Voss & Voss,
    2007), and Ratcliff & McKoon (2008).

    Examples
    --------
    >>> person = {"v": 1.0, "a": 0.75, "z": 0.5, "t": 0.3}
    >>> convert(person, to="brms")
    {'mu': 1.0, 'bs': 1.5, 'bias': 0.5, 'ndt': 0.3}
    >>> convert({"v": 0.1, "a": 0.125, "z": 0.05, "Ter": 0.3}, from_="ratcliff")
    {'v': 1.0, 'a': 0.625, 'z': 0.4, 't': 0.3}
    """
    source, target = _convention(from_, "from_"), _convention(to, "to")
    table = isinstance(params, pd.DataFrame)
    known = {theirs: ours for ours, theirs in source.names.items() if theirs in params}
    others = [name for name in params if name not in known and name != source.noise_name]
    if (others and not table) or not known:
        _refuse_name(others, from_, source)
    given = {ours: _numbers(params[theirs]) for theirs, ours in known.items()}
    noise = source.noise
    if source.noise_name is not None and source.noise_name in params:
        noise = _numbers(params[source.noise_name])
    values = _write(_read(given, noise, source, from_), target, to)
    new = {target.names[ours]: value for ours, value in values.items()}
    if not table:
        return {name: x.item() if x.ndim == 0 else x for name, x in new.items()}
    clash = [name for name in others if name in new]
    if clash:
        refuse(
            f"params.{clash[0]}",
            f"the column {clash[0]!r} is no parameter of {from_}, and {to} calls a parameter so",
            "rename the column, or leave it out",
        )
    out = params.drop(columns=[name for name in (source.noise_name,) if name in params])
    out = out.rename(columns={name: target.names.get(ours, name) for name, ours in known.items()})
    gone = [name for name, ours in known.items() if ours not in values]
    return out.drop(columns=gone).assign(**new)


def _read(given: Values, noise: Any, source: Convention, name: str) -> Values:
    """Return the parameters in our convention."""
    out = {key: given[key] / noise for key in ("v", "sv") if key in given}
    if "a" in given:
        out["a"] = given["a"] / noise / (2.0 if source.whole else 1.0)
    if "z" in given:
        out["z"] = given["z"]
        if source.start != "share":
            out["z"] = given["z"] / noise / (2.0 * _needed(out, "a", "z", source, name))
        if source.start == "middle":
            out["z"] = out["z"] + 0.5
    if "sz" in given:
        out["sz"] = given["sz"] * _half_range(out, noise, source, name)
    if "st" in given:
        out["st"] = given["st"] / (2.0 if source.time_width else 1.0)
    if "t" in given:
        out["t"] = given["t"] + (out.get("st", 0.0) if source.earliest else 0.0)
    return {key: out[key] for key in given}


def _write(ours: Values, target: Convention, name: str) -> Values:
    """Return parameters of our convention in another one."""
    out = _with_a_place(ours, target, name)
    for key in ("v", "sv", "a"):
        if key in out:
            out[key] = out[key] * target.noise
    if "a" in out and target.whole:
        out["a"] = 2.0 * out["a"]
    if "z" in out and target.start != "share":
        shift = 0.5 if target.start == "middle" else 0.0
        a = _needed(ours, "a", "z", target, name)
        out["z"] = (ours["z"] - shift) * 2.0 * a * target.noise
    if "sz" in out:
        out["sz"] = ours["sz"] / _half_range(ours, target.noise, target, name)
    if "st" in out and target.time_width:
        out["st"] = 2.0 * ours["st"]
    if "t" in out and target.earliest:
        out["t"] = ours["t"] - ours.get("st", 0.0)
    return out


def _with_a_place(ours: Values, target: Convention, name: str) -> Values:
    """Leave out what is 0 and has no place in the target; refuse what is not 0."""
    for key, value in ours.items():
        if key not in target.names and np.any(value != 0):
            refuse(
                f"params.{key}",
                f"{name} has no parameter for what ssmkit calls {key}",
                f"leave it out, if a model without it is meant, or choose another target than"
                f" {name!r}",
            )
    return {key: value for key, value in ours.items() if key in target.names}


def _half_range(ours: Values, noise: Any, convention: Convention, name: str) -> Any:
    """Return what one unit of the range of the start is, as half a range in our evidence."""
    if convention.start_range == "half":
        return 1.0 / noise
    if convention.start_range == "width":
        return 0.5 / noise
    a = _needed(ours, "a", "sz", convention, name)
    if convention.start_range == "share":
        return a
    z = _needed(ours, "z", "sz", convention, name)
    return 2.0 * a * np.minimum(z, 1.0 - z)


def _needed(ours: Values, key: str, what: str, convention: Convention, name: str) -> Any:
    if key not in ours:
        theirs = convention.names
        refuse(
            f"params.{theirs[key]}",
            f"{name} measures {theirs[what]} by {theirs[key]}, which is not given",
            f"give the parameter that ssmkit calls {key} and {name} {theirs[key]} too",
        )
    return ours[key]


def _convention(name: str, path: str) -> Convention:
    if name not in CONVENTIONS:
        refuse(
            path,
            f"there is no convention {name!r}.{did_you_mean(name, CONVENTIONS)}",
            f"use one of {', '.join(CONVENTIONS)}",
        )
    return CONVENTIONS[name]


def _refuse_name(others: list[Any], name: str, source: Convention) -> None:
    usage = f"give some of {', '.join(source.names.values())}"
    if not others:
        refuse("params", "there are no parameters to convert", usage)
    users = [
        convention
        for convention, theirs in CONVENTIONS.items()
        if others[0] in theirs.names.values()
    ]
    hint = did_you_mean(others[0], source.names.values())
    if users:
        hint = f" It is a name of {' and '.join(users)}: was from_={users[0]!r} meant?"
    refuse(f"params.{others[0]}", f"{name} has no parameter {others[0]!r}.{hint}", usage)


def _numbers(value: Any) -> np.ndarray:
    return np.asarray(value, dtype=float)

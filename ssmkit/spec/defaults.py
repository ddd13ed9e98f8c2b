"""The default priors of the terms of a regression, stated on the natural scale of the parameter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from ssmkit.modelconfig.distributions import frozen
from ssmkit.spec.links import Link
from ssmkit.spec.prior import Prior
from ssmkit.spec.resolved import intersection
from ssmkit.spec.terms import INTERCEPT, Terms
from ssmkit.spec.values import Bounds

FAMILY = ("ddm", "ddm_sdv", "full_ddm")
"""Models whose drift keeps the priors that the field's users know."""
SETTINGS = ("safe", "scaled", None)


@dataclass(frozen=True)
class Scale:
    """What is known of a parameter before any data.

    Parameters
    ----------
    natural
        Prior on the natural scale.
    link
        The link on which ``slope`` and ``group`` are stated.
    slope
        Standard deviation of a slope, for one standard deviation of the predictor.
    group
        Scale of the half-normal prior of the standard deviation of groups.
    tuned
        Mean and standard deviation of the intercept on links where the moments of ``natural`` were
        not taken.
    """

    natural: Prior
    link: Link
    slope: float
    group: float
    tuned: Mapping[Link, tuple[float, float]] = field(default_factory=dict)


LAPSE_SHARE = Prior("Beta", alpha=1, beta=19)
"""The share of trials that are lapses, where nothing else is said of it: 5 % on average."""
_WIDE_A = Link("gen_logit", (0.3, 3.0))
_WIDE_THETA = Link("gen_logit", (-0.1, 1.3))
_DRIFT = Scale(Prior("Normal", mu=0, sigma=2), Link(), 1.0, 0.7)
# By name, or as "model.name" where a model gives the name a meaning of its own.
SCALES = {
    "v": _DRIFT,
    "vh": _DRIFT,
    "vl1": _DRIFT,
    "vl2": _DRIFT,
    "a": Scale(Prior("LogNormal", mu=0, sigma=0.5), Link("log"), 0.3, 0.3, {_WIDE_A: (-1.05, 0.8)}),
    "z": Scale(
        Prior("Beta", alpha=10, beta=10),
        Link("logit"),
        0.3,
        0.3,
        {Link("logit"): (0.0, 0.46), Link("gen_logit", (0.0, 1.0)): (0.0, 0.46)},
    ),
    "t": Scale(Prior("LogNormal", mu=-1.2, sigma=0.5), Link("log"), 0.2, 0.3),
    "sv": Scale(Prior("HalfNormal", sigma=1), Link("log"), 0.3, 0.3, {Link("log"): (-0.51, 0.7)}),
    "sz": Scale(
        # Of a boundary of 1.
        Prior("TruncatedNormal", mu=0, sigma=0.2, lower=0, upper=0.9),
        Link("log"),
        0.3,
        0.3,
        {Link("log"): (-2.1, 0.8)},
    ),
    "st": Scale(Prior("HalfNormal", sigma=0.15), Link("log"), 0.3, 0.3, {Link("log"): (-2.5, 0.6)}),
    "theta": Scale(
        Prior("TruncatedNormal", mu=0.2, sigma=0.3, lower=-0.1, upper=1.3),
        _WIDE_THETA,
        0.5,
        0.5,
        {_WIDE_THETA: (-1.3, 0.9)},
    ),
    "g": Scale(Prior("Normal", mu=0, sigma=0.5), Link(), 0.3, 0.3),
    # Ballistic accumulators, where the standard deviation of speeds is .1.
    "A": Scale(Prior("LogNormal", mu=-1.2, sigma=0.5), Link("log"), 0.3, 0.3),
    "b": Scale(Prior("LogNormal", mu=-0.29, sigma=0.4), Link("log"), 0.3, 0.3),
    "sd": Scale(Prior("LogNormal", mu=-2.3, sigma=0.5), Link("log"), 0.3, 0.3),
    **{
        f"v{i}": Scale(
            Prior("TruncatedNormal", mu=0.6, sigma=0.3, lower=0.0, upper=inf), Link(), 0.2, 0.2
        )
        for i in range(4)
    },
    "alpha": Scale(Prior("LogNormal", mu=0.69, sigma=0.5), Link("log"), 0.3, 0.3),
    "beta": Scale(Prior("LogNormal", mu=0.92, sigma=0.5), Link("log"), 0.3, 0.3),
    "levy.alpha": Scale(
        Prior("Uniform", lower=1.0, upper=2.0),
        Link("gen_logit", (1.0, 2.0)),
        0.5,
        0.5,
        {Link("gen_logit", (1.0, 2.0)): (0.0, 1.5)},
    ),
    # Racers in the units of the diffusion model.
    **{
        f"race_no_bias{angle}_{n}.v{i}": Scale(
            Prior("TruncatedNormal", mu=1.0, sigma=1.0, lower=0.0, upper=inf), Link(), 0.5, 0.5
        )
        for angle in ("", "_angle")
        for n in (2, 4)
        for i in range(n)
    },
    "p_outlier": Scale(
        LAPSE_SHARE,
        Link("logit"),
        0.5,
        0.5,
        {Link("logit"): (-3.5, 1.0), Link("gen_logit", (0.0, 1.0)): (-3.5, 1.0)},
    ),
}


def scale_of(name: str, model: str) -> Scale | None:
    """Return what is known of a parameter of a model, None where nothing is.

    Examples
    --------
    >>> scale_of("t", "ddm").slope
    0.2
    """
    return SCALES.get(f"{model}.{name}", SCALES.get(name))


def natural_prior(name: str, model: str, default: Prior, settings: str | None) -> Prior:
    """Return the default prior of a parameter that has no formula.

    Examples
    --------
    >>> natural_prior("t", "ddm", Prior("HalfNormal", sigma=2), "scaled")
    Prior("LogNormal", mu=-1.2, sigma=0.5)
    """
    scale = scale_of(name, model)
    return scale.natural if settings == "scaled" and scale is not None else default


def term_priors(
    name: str,
    model: str,
    link: Link,
    bounds: Bounds,
    default: Prior,
    settings: str | None,
    terms: Terms,
) -> dict[str, Prior | None]:
    """Return the default priors of the terms of a regression.

    Parameters
    ----------
    name, model
        The parameter and its model.
    link, bounds
        Of the regression and the parameter.
    default
        Prior of the parameter without formula, for one that :data:`SCALES` does not have.
    settings
        ``"safe"``, ``"scaled"``, or None for no priors.
    terms
        The terms.

    Returns
    -------
    dict
        Term to prior, or to None.

    Notes
    -----
    A cell mean is a value of the parameter, so it gets the prior of the intercept. A slope is the
    change for one standard deviation of its predictor; ``"scaled"`` divides by what that is.

    Examples
    --------
    >>> default, terms = Prior("Normal", mu=0, sigma=2), Terms(("Intercept", "x"), ("1|g",))
    >>> priors = term_priors("v", "ddm", Link(), (-inf, inf), default, "safe", terms)
    >>> print(*priors.values(), sep="; ")
    Normal(mu: 2.0, sigma: 3.0); Normal(mu: 0.0, sigma: 0.25); \
Normal(mu: 0.0, sigma: HalfNormal(sigma: 0.7))
    """
    if settings is None:
        return dict.fromkeys(terms.names)
    scale = scale_of(name, model)
    known = scale is not None
    scale = scale or Scale(default, link, 0.0, 0.0)
    centre = _location(scale, link, bounds)
    if known:
        stretch = _slope_at_median(scale, link, bounds)
        slope, group = scale.slope * stretch, scale.group * stretch
    else:
        slope = group = 0.5 * float(frozen(centre.name, centre.args).std())
    if settings == "safe" and name == "v" and model in FAMILY and link == Link():
        centre, slope = Prior("Normal", mu=2, sigma=3), 0.25

    # The sign of a parameter can only be turned where it may have either.
    signed = link == Link() and bounds == (-inf, inf)

    def unit(term: str) -> float:
        return terms.scales.get(term) or 1.0 if settings == "scaled" else 1.0

    priors: dict[str, Prior | None] = {
        term: centre
        if term == INTERCEPT or term in terms.cells or (signed and term in terms.signs)
        else Prior("Normal", mu=0, sigma=_short(slope / unit(term)))
        for term in terms.common
    } | dict.fromkeys(terms.smooth)
    for term in terms.group:
        spread = Prior("HalfNormal", sigma=_short(group / unit(term)))
        priors[term] = Prior("Normal", mu=centre if term in terms.locations else 0.0, sigma=spread)
    return priors


def _location(scale: Scale, link: Link, bounds: Bounds) -> Prior:
    """Return the natural prior as it looks on the link, a normal of the same quantiles."""
    if link.name == "identity":
        return scale.natural
    if link in scale.tuned:
        mu, sigma = scale.tuned[link]
    else:
        low, middle, high = link.forward(_quantiles(scale.natural, link, bounds)).tolist()
        mu, sigma = round(middle, 2), _short(abs(high - low) / 2)
    return Prior("Normal", mu=mu, sigma=sigma)


def _slope_at_median(scale: Scale, link: Link, bounds: Bounds) -> float:
    """Return how much steeper the link is at the median than the one that slopes are stated on."""
    if link == scale.link:
        return 1.0
    middle = _quantiles(scale.natural, link, bounds)[1]
    inner = intersection(intersection(link.range, scale.link.range), bounds)
    step = 1e-4 * min(abs(middle) + 0.01, middle - inner[0], inner[1] - middle)
    if step <= 0:
        return 1.0
    ends = [middle - step, middle + step]
    (one, two), (three, four) = link.forward(ends).tolist(), scale.link.forward(ends).tolist()
    # Bounds so near each other that numbers between them are all the same have no slope.
    return abs((two - one) / (four - three)) if four != three else 1.0


def _quantiles(prior: Prior, link: Link, bounds: Bounds) -> list[float]:
    """Return the quantiles .16, .5 and .84 of a prior within what the link and the bounds allow."""
    distribution = frozen(prior.name, prior.args)
    lo, hi = intersection(link.range, bounds)
    start, end = distribution.cdf(lo), distribution.cdf(hi)
    if end - start > 1e-6:
        return [float(distribution.ppf(start + p * (end - start))) for p in (0.16, 0.5, 0.84)]
    # The prior has no mass there: what is asked is far from what is known, and anything may be.
    return [lo + p * (hi - lo) for p in (0.16, 0.5, 0.84)]


def _short(x: float) -> float:
    return float(f"{x:.2g}")

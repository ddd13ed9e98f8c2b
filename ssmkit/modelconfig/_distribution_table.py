"""The literal table of univariate distributions: PyMC's names and arguments, SciPy's densities."""

from collections.abc import Callable, Mapping
from math import exp, inf, sqrt
from types import MappingProxyType

from ssmkit.modelconfig._distribution import REQUIRED, Distribution, Form


def _as(**keywords: str) -> Callable[..., dict[str, float]]:
    """Translate by renaming: SciPy's keyword to our argument."""

    def translate(**args: float) -> dict[str, float]:
        return {keyword: args[arg] for keyword, arg in keywords.items()}

    return translate


def _by_precision(form: Form, precision: str = "tau") -> Form:
    """Return the form that gives a precision in the place of sigma."""
    defaults = {
        (precision if arg == "sigma" else arg): (REQUIRED if arg == "sigma" else default)
        for arg, default in form.defaults.items()
    }

    def translate(**args: float) -> dict[str, float]:
        sigma = args.pop(precision) ** -0.5
        return form.translate(**args, sigma=sigma)

    return Form(defaults, form.family, translate)


def _needs(*args: str) -> dict[str, None]:
    return dict.fromkeys(args, REQUIRED)


def _truncated(mu: float, sigma: float, lower: float, upper: float) -> dict[str, float]:
    return {"a": (lower - mu) / sigma, "b": (upper - mu) / sigma, "loc": mu, "scale": sigma}


def _beta_of_moments(mu: float, nu: float) -> dict[str, float]:
    return {"a": mu * nu, "b": (1 - mu) * nu}


def _inverse_gamma_of_moments(mu: float, sigma: float) -> dict[str, float]:
    ratio = (mu / sigma) ** 2
    return {"a": ratio + 2, "scale": mu * (ratio + 1)}


def _wald(mu: float, lam: float, alpha: float) -> dict[str, float]:
    return {"mu": mu / lam, "scale": lam, "loc": alpha}


def _row(
    name: str,
    *forms: Form,
    positive: str = "",
    laws: Mapping[str, Callable[[Mapping[str, float]], bool]] | None = None,
) -> Distribution:
    return Distribution(name, forms, frozenset(positive.split()), MappingProxyType(laws or {}))


_NORMAL = Form({"mu": 0.0, "sigma": 1.0}, "norm", _as(loc="mu", scale="sigma"))
_HALF_NORMAL = Form({"sigma": 1.0}, "halfnorm", _as(scale="sigma"))
_TRUNCATED_NORMAL = Form(
    {"mu": 0.0, "sigma": 1.0, "lower": -inf, "upper": inf}, "truncnorm", _truncated
)
_LOG_NORMAL = Form(
    {"mu": 0.0, "sigma": 1.0}, "lognorm", lambda mu, sigma: {"s": sigma, "scale": exp(mu)}
)
_SKEW_NORMAL = Form(
    {"alpha": 1.0, "mu": 0.0, "sigma": 1.0},
    "skewnorm",
    _as(a="alpha", loc="mu", scale="sigma"),
)
_STUDENT_T = Form(
    {"nu": REQUIRED, "mu": 0.0, "sigma": 1.0}, "t", _as(df="nu", loc="mu", scale="sigma")
)
_HALF_STUDENT_T = Form({"nu": REQUIRED, "sigma": 1.0}, "half_t", _as(df="nu", scale="sigma"))
_ORDERED = {"lower < upper": lambda a: a["lower"] < a["upper"]}

_ROWS = (
    _row("Normal", _NORMAL, _by_precision(_NORMAL), positive="sigma tau"),
    _row("HalfNormal", _HALF_NORMAL, _by_precision(_HALF_NORMAL), positive="sigma tau"),
    _row(
        "TruncatedNormal",
        _TRUNCATED_NORMAL,
        _by_precision(_TRUNCATED_NORMAL),
        positive="sigma tau",
        laws=_ORDERED,
    ),
    _row("LogNormal", _LOG_NORMAL, _by_precision(_LOG_NORMAL), positive="sigma tau"),
    _row("SkewNormal", _SKEW_NORMAL, _by_precision(_SKEW_NORMAL), positive="sigma tau"),
    _row("StudentT", _STUDENT_T, _by_precision(_STUDENT_T, "lam"), positive="nu sigma lam"),
    _row(
        "HalfStudentT",
        _HALF_STUDENT_T,
        _by_precision(_HALF_STUDENT_T, "lam"),
        positive="nu sigma lam",
    ),
    _row(
        "Uniform",
        Form(
            {"lower": 0.0, "upper": 1.0},
            "uniform",
            lambda lower, upper: {"loc": lower, "scale": upper - lower},
        ),
        laws=_ORDERED,
    ),
    _row(
        "Beta",
        Form(_needs("alpha", "beta"), "beta", _as(a="alpha", b="beta")),
        Form(
            _needs("mu", "sigma"),
            "beta",
            lambda mu, sigma: _beta_of_moments(mu, mu * (1 - mu) / sigma**2 - 1),
        ),
        Form(_needs("mu", "nu"), "beta", _beta_of_moments),
        positive="alpha beta sigma nu",
        laws={
            "0 < mu < 1": lambda a: 0 < a.get("mu", 0.5) < 1,
            "sigma < sqrt(mu * (1 - mu))": lambda a: (
                "sigma" not in a or a["sigma"] ** 2 < a["mu"] * (1 - a["mu"])
            ),
        },
    ),
    _row(
        "Gamma",
        Form(_needs("alpha", "beta"), "gamma", lambda alpha, beta: {"a": alpha, "scale": 1 / beta}),
        Form(
            _needs("mu", "sigma"),
            "gamma",
            lambda mu, sigma: {"a": (mu / sigma) ** 2, "scale": sigma**2 / mu},
        ),
        positive="alpha beta mu sigma",
    ),
    _row(
        "InverseGamma",
        Form(_needs("alpha", "beta"), "invgamma", _as(a="alpha", scale="beta")),
        Form(_needs("mu", "sigma"), "invgamma", _inverse_gamma_of_moments),
        positive="alpha beta mu sigma",
    ),
    _row(
        "Exponential",
        Form({"lam": 1.0}, "expon", lambda lam: {"scale": 1 / lam}),
        Form(_needs("scale"), "expon", _as(scale="scale")),
        positive="lam scale",
    ),
    _row(
        "Cauchy",
        Form(_needs("alpha", "beta"), "cauchy", _as(loc="alpha", scale="beta")),
        positive="beta",
    ),
    _row("HalfCauchy", Form(_needs("beta"), "halfcauchy", _as(scale="beta")), positive="beta"),
    _row(
        "Weibull",
        Form(_needs("alpha", "beta"), "weibull_min", _as(c="alpha", scale="beta")),
        positive="alpha beta",
    ),
    _row("Laplace", Form(_needs("mu", "b"), "laplace", _as(loc="mu", scale="b")), positive="b"),
    _row(
        "Logistic",
        Form({"mu": 0.0, "s": 1.0}, "logistic", _as(loc="mu", scale="s")),
        positive="s",
    ),
    _row(
        "Gumbel",
        Form(_needs("mu", "beta"), "gumbel_r", _as(loc="mu", scale="beta")),
        positive="beta",
    ),
    _row(
        "ExGaussian",
        Form(
            {"mu": 0.0, "sigma": 1.0, "nu": REQUIRED},
            "exponnorm",
            lambda mu, sigma, nu: {"K": nu / sigma, "loc": mu, "scale": sigma},
        ),
        positive="sigma nu",
    ),
    _row(
        "Triangular",
        Form(
            {"lower": 0.0, "upper": 1.0, "c": 0.5},
            "triang",
            lambda lower, upper, c: {
                "c": (c - lower) / (upper - lower),
                "loc": lower,
                "scale": upper - lower,
            },
        ),
        laws=_ORDERED | {"lower <= c <= upper": lambda a: a["lower"] <= a["c"] <= a["upper"]},
    ),
    _row(
        "AsymmetricLaplace",
        Form(
            _needs("kappa", "mu", "b"),
            "laplace_asymmetric",
            lambda kappa, mu, b: {"kappa": kappa, "loc": mu, "scale": 1 / b},
        ),
        Form(
            _needs("q", "mu", "b"),
            "laplace_asymmetric",
            lambda q, mu, b: {"kappa": sqrt(q / (1 - q)), "loc": mu, "scale": 1 / b},
        ),
        positive="kappa b",
        laws={"0 < q < 1": lambda a: 0 < a.get("q", 0.5) < 1},
    ),
    _row(
        "Moyal",
        Form({"mu": 0.0, "sigma": 1.0}, "moyal", _as(loc="mu", scale="sigma")),
        positive="sigma",
    ),
    _row(
        "Rice",
        Form(
            _needs("nu", "sigma"),
            "rice",
            lambda nu, sigma: {"b": nu / sigma, "scale": sigma},
        ),
        Form(_needs("b", "sigma"), "rice", _as(b="b", scale="sigma")),
        positive="nu b sigma",
    ),
    _row(
        "Wald",
        Form({"mu": REQUIRED, "lam": REQUIRED, "alpha": 0.0}, "invgauss", _wald),
        Form(
            {"mu": REQUIRED, "phi": REQUIRED, "alpha": 0.0},
            "invgauss",
            lambda mu, phi, alpha: _wald(mu, mu * phi, alpha),
        ),
        positive="mu lam phi",
    ),
    _row(
        "Pareto",
        Form(_needs("alpha", "m"), "pareto", _as(b="alpha", scale="m")),
        positive="alpha m",
    ),
    _row("ChiSquared", Form(_needs("nu"), "chi2", _as(df="nu")), positive="nu"),
)

TABLE: Mapping[str, Distribution] = MappingProxyType({row.name: row for row in _ROWS})

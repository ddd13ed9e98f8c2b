"""What a paper says of a fit: a Methods paragraph and a table of results."""

from typing import Any

import pandas as pd

from ssmkit._compat import group, posterior
from ssmkit.errors import refuse
from ssmkit.inference.convergence import MASS
from ssmkit.inference.diagnosis import Diagnosis, diagnose
from ssmkit.spec import ModelSpec, Prior

FORMATS = ("markdown", "latex")
_KINDS = {
    "analytical": "its analytical likelihood",
    "approx_differentiable": "a neural network's approximation of its likelihood",
    "blackbox": "a likelihood of our own, evaluated as a Python function",
}
_SAMPLERS = {
    "numpyro": "the No-U-Turn sampler of NumPyro",
    "blackjax": "the No-U-Turn sampler of BlackJAX",
    "nutpie": "the No-U-Turn sampler of nutpie",
    "pymc": "the No-U-Turn sampler of PyMC",
    "slice": "PyMC's slice sampler",
}
_COLUMNS = {"mean": "Mean", "sd": "SD", "low": "3 %", "high": "97 %"}
# Characters that LaTeX reads as commands; ~ and ^ have no short escape.
_LATEX = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def report(
    traces: Any,
    spec: ModelSpec,
    data: pd.DataFrame,
    format: str = "markdown",  # noqa: A002 - reads as it is typed
) -> str:
    """Return a Methods paragraph and a table of the estimates.

    Parameters
    ----------
    traces
        What sampling returned.
    spec
        The model that was fitted.
    data
        Its data.
    format
        ``"markdown"`` or ``"latex"``.

    Returns
    -------
    str

    Raises
    ------
    SsmkitError
        For another format.
    """
    if format not in FORMATS:
        refuse("format", f"there is no format {format!r}", 'type format="markdown" or "latex"')
    found = diagnose(traces, spec, data)
    sentences = [
        _model(spec, len(data)),
        _regressions(spec),
        _priors(spec, data),
        _lapses(spec),
        _sampling(posterior(traces).attrs, posterior(traces).sizes),
        _quality(found, group(traces, "sample_stats")),
    ]
    paragraph = " ".join(sentence for sentence in sentences if sentence)
    if format == "latex":
        return f"{_tex(paragraph)}\n\n{_latex_table(found.table)}"
    return f"{paragraph}\n\n{_markdown_table(found.table)}"


def _model(spec: ModelSpec, n_obs: int) -> str:
    return (
        f"We fitted the model {spec.model} ({spec.config.description}; noise of unit variance a "
        f"second) to {n_obs:,} trials by Bayesian inference with {_KINDS[spec.kind]}."
    )


def _regressions(spec: ModelSpec) -> str:
    regressed = [item for item in spec.resolved() if item.formula is not None]
    if not regressed:
        return ""
    said = [f"{item.name} ~ {item.formula} ({item.link.name} link)" for item in regressed]
    return f"Parameters that differed between trials were regressions: {_list(said)}."


def _priors(spec: ModelSpec, data: pd.DataFrame) -> str:
    chosen, default, fixed = [], [], []
    for item in spec.resolved(data):
        if item.formula is not None:
            for term, prior in item.priors.items():
                name = f"{item.name}_{term}"
                if isinstance(prior, Prior):
                    (default if term in item.defaults else chosen).append(f"{name} ~ {prior}")
                elif prior is not None:
                    fixed.append(f"{name} = {prior}")
        elif item.fixed is None:
            (default if item.default else chosen).append(f"{item.name} ~ {item.prior}")
        else:
            fixed.append(f"{item.name} = {item.fixed}")
    said = []
    if chosen:
        said.append(f"We chose the priors {_list(chosen)}.")
    if default:
        which = "for the rest" if chosen else "throughout"
        said.append(f"The software's default priors were used {which}: {_list(default)}.")
    if fixed:
        said.append(f"Not estimated, but fixed, was {_list(fixed)}.")
    return " ".join(said)


def _lapses(spec: ModelSpec) -> str:
    if spec.lapse is None:
        return "No lapses were modelled."
    share = (
        f"a share of {spec.lapse.p}" if isinstance(spec.lapse.p, float) else "an estimated share"
    )
    return (
        f"In {share} of the trials the response was taken to be a lapse, with both responses "
        f"equally likely and a time from {spec.lapse.distribution} seconds."
    )


def _sampling(attrs: Any, sizes: Any) -> str:
    how = _SAMPLERS.get(attrs.get("sampler"), "draws of its posterior")
    tuning = f" after {attrs['tuning_steps']:,} of warm-up" if "tuning_steps" in attrs else ""
    seed = f" (seed {attrs['random_seed']})" if "random_seed" in attrs else ""
    versions = f" Software: {attrs['versions'].replace('=', ' ')}." if "versions" in attrs else ""
    return (
        f"We used {how}, {sizes['chain']} chains of {sizes['draw']:,} draws each{tuning}{seed}."
        f"{versions}"
    )


def _quality(found: Diagnosis, stats: Any) -> str:
    worst, least = found.table["r_hat"].max(), found.table[["ess_bulk", "ess_tail"]].min(axis=None)
    said = f"R-hat was at most {worst:.3f}, " if worst == worst else ""  # noqa: PLR0124 - no NaN
    said += f"every parameter had at least {least:,.0f} effective draws"
    if stats is not None and "diverging" in stats:
        said += f", and {int(stats['diverging'].sum())} draws diverged"
    said = f"{said[0].upper()}{said[1:]} (Vehtari et al., 2021)."
    # A paper must not go out with draws that should not be used.
    return said if found.ok else f"{said} [{found.verdict} {found.problems[0].message}.]"


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"


def _rows(table: pd.DataFrame) -> list[list[str]]:
    return [
        [str(name), *(f"{row[key]:.3f}" for key in _COLUMNS), f"{row['r_hat']:.3f}",
         f"{min(row['ess_bulk'], row['ess_tail']):,.0f}"]
        for name, row in table.iterrows()
    ]  # fmt: skip


_HEADER = ["Parameter", *_COLUMNS.values(), "R-hat", "ESS"]
_CAPTION = (
    f"Posterior mean, standard deviation and central {MASS:.0%} interval of each parameter, with "
    "R-hat and the lesser of bulk and tail effective draws."
).replace("94%", "94 %")


def _markdown_table(table: pd.DataFrame) -> str:
    rows = [[cell.replace("|", "\\|") for cell in row] for row in _rows(table)]
    lines = [_HEADER, ["---", *["---:"] * (len(_HEADER) - 1)], *rows]
    return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), "", _CAPTION])


def _latex_table(table: pd.DataFrame) -> str:
    rows = [" & ".join(map(_tex, row)) + r" \\" for row in [_HEADER, *_rows(table)]]
    return "\n".join(
        [
            r"\begin{table}",
            rf"\caption{{{_tex(_CAPTION)}}}",
            rf"\begin{{tabular}}{{l{'r' * (len(_HEADER) - 1)}}}",
            r"\hline",
            rows[0],
            r"\hline",
            *rows[1:],
            r"\hline",
            r"\end{tabular}",
            r"\end{table}",
        ]
    )


def _tex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)

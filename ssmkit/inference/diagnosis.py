"""What a fit can be trusted with, in plain words, with what to type next."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from ssmkit._compat import group, posterior
from ssmkit.errors import Problem
from ssmkit.inference.convergence import estimates, sampler_problems
from ssmkit.inference.identification import identification_problems
from ssmkit.spec import ModelSpec

# A bar at the side of a note shows its weight on light and dark pages; the word says it too.
_BAR = {"error": "#d55e00", "warning": "#e69f00"}
_WORD = {"error": "Stop", "warning": "Note"}


@dataclass(frozen=True)
class Diagnosis:
    """What was found in a fit.

    Parameters
    ----------
    problems
        What was found; errors first. An error says not to use the draws yet.
    numbers
        The measurements in one sentence.
    table
        From :func:`ssmkit.inference.convergence.estimates`.

    Examples
    --------
    >>> print(Diagnosis((), "R-hat is at most 1.001", pd.DataFrame()))
    The chains agree, and nothing speaks against the estimates.
    R-hat is at most 1.001.
    """

    problems: tuple[Problem, ...]
    numbers: str
    table: pd.DataFrame = field(compare=False, repr=False)

    @property
    def ok(self) -> bool:
        """Whether the draws can be used: no problem is an error."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def verdict(self) -> str:
        """One sentence."""
        if not self.ok:
            return "Do not use these estimates yet."
        if self.problems:
            return "The estimates can be used; read the notes first."
        return "The chains agree, and nothing speaks against the estimates."

    def __repr__(self) -> str:
        lines = [self.verdict, f"{self.numbers}."]
        for problem in self.problems:
            lines += ["", f"{_WORD[problem.severity]}: {problem}"]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li style="list-style:none;margin:.5em 0;padding:.1em .8em;'
            f'border-left:4px solid {_BAR[p.severity]}"><strong>{_WORD[p.severity]}:</strong> '
            f"{escape(p.message)}.<br>To fix it: {escape(p.fix)}</li>"
            for p in self.problems
        )
        return (
            '<div style="color:inherit;line-height:1.4;font-size:.95em">'
            f'<p style="margin:.4em 0"><strong>{escape(self.verdict)}</strong> '
            f'{escape(self.numbers)}.</p><ul style="margin:0;padding:0">{items}</ul></div>'
        )


def diagnose(traces: Any, spec: ModelSpec, data: pd.DataFrame | None = None) -> Diagnosis:
    """Judge a fit: the sampler's work, then what the data could tell.

    Parameters
    ----------
    traces
        InferenceData or DataTree of any ArviZ.
    spec
        The model that was fitted.
    data
        Its data; without them the terms of formulas are read from their text alone.

    Returns
    -------
    Diagnosis

    Raises
    ------
    SsmkitError
        When there is no posterior in the traces.

    Examples
    --------
    >>> import ssmkit
    >>> data = ssmkit.simulate_data("ddm", [0.5, 1.5, 0.5, 0.3], size=200, random_state=0)
    >>> model = ssmkit.HSSM(data, a=1.5, z=0.5, t=0.3)
    >>> traces = model.sample(draws=500, chains=2, random_seed=0, progressbar=False)
    >>> diagnose(traces, model.spec).ok
    True
    """
    table = estimates(traces)
    problems = sampler_problems(traces, table)
    if all(problem.severity != "error" for problem in problems):
        # Of draws that are not the posterior's there is nothing to say about the posterior.
        problems += identification_problems(traces, spec, data)
    problems.sort(key=lambda problem: problem.severity != "error")
    return Diagnosis(tuple(problems), _numbers(traces, table), table)


def _numbers(traces: Any, table: pd.DataFrame) -> str:
    sizes, stats = posterior(traces).sizes, group(traces, "sample_stats")
    said = [f"{sizes['chain']} x {sizes['draw']:,} draws"]
    if sizes["chain"] > 1:
        said.append(f"R-hat at most {table['r_hat'].max():.3f}")
    said.append(f"at least {table[['ess_bulk', 'ess_tail']].min(axis=None):,.0f} effective draws")
    if stats is not None and "diverging" in stats:
        diverging = int(stats["diverging"].sum())
        said.append(f"{diverging:,} divergence{'' if diverging == 1 else 's'}")
    return ", ".join(said)

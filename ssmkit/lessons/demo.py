"""The main job from a terminal: data, a fit, how good it is, pictures, a report in a folder."""

import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ssmkit.data import check_data, code_responses
from ssmkit.errors import Problem, SsmkitError, SsmkitWarning, refuse
from ssmkit.modelconfig import get_config

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ssmkit.model import HSSM

CODED_0_1 = "data.response[0/1]"
MIDDLE = "z is fixed at 0.5: correct and wrong are no sides that the start could lean to"
TRIALS, LAPSES = 1000, 0.05
CAREFUL = {"draws": 4000, "target_accept": 0.95}
"""What the verdict advises where chains do not agree: with it the model is fitted once more."""


@dataclass(frozen=True)
class Job:
    """Data to fit, the Python that makes them, the truth where known, what is not estimated."""

    data: "pd.DataFrame"
    source: str
    code: str
    truth: dict[str, float] | None = None
    fixed: dict[str, float] = field(default_factory=dict)


def run_demo(
    model: str = "ddm",
    *,
    data: str | Path | None = None,
    recode: str | None = None,
    out: str | Path = "ssmkit-demo",
    seed: int = 0,
) -> Path:
    """Simulate or read data, fit a model, and write tables, pictures and a report.

    Parameters
    ----------
    model
        A model of :func:`ssmkit.list_models`.
    data
        A CSV file with columns ``rt`` (seconds) and ``response``; when left out, data are
        simulated, and the report compares the estimates with the truth.
    recode
        What response 1 means where responses are coded 0 and 1, which are turned into -1 and 1:
        ``"correct"`` (the start is then fixed in the middle) or ``"upper"``, the upper bound.
    out
        Folder of the report. Files of an earlier report there are replaced.
    seed
        The same seed gives the same numbers.

    Returns
    -------
    Path
        The report, an HTML file that holds its pictures.

    Raises
    ------
    SsmkitError
        The data cannot be fitted as they are; it says what to do.
    """
    from ssmkit.lessons.estimates import agree, divergences, estimates, verdicts
    from ssmkit.lessons.report import Report, to_html

    began = time.monotonic()
    get_config(model, "--model")
    job = simulated(model, seed) if data is None else own(Path(data), model, recode=recode)
    print(f"{len(job.data):,} trials {job.source}", flush=True)
    fit, notes = _model(job, model)
    notes += [MIDDLE] if job.fixed else []
    for note in notes:
        print(f"note: {note}")
    for settings in ({}, CAREFUL):
        draws = settings.get("draws", 1000)
        print(f"Fitting {model}: 4 chains of 1,000 + {draws:,} draws ...", flush=True)
        fit.sample(random_seed=seed, progressbar=False, **settings)
        table = estimates(fit, job.truth)
        if agree(table, *divergences(fit)):
            break
    said = verdicts(table, *divergences(fit))
    print(
        f"\n{table.round({'ess': 0}).astype({'ess': int}).round(3)}\n", *said, sep="\n", flush=True
    )

    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    job.data.to_csv(out / "data.csv", index=False)
    table.to_csv(out / "estimates.csv", index_label="parameter")
    (out / "model.json").write_text(fit.spec.to_json(), "utf-8")
    shown = []
    for name, (figure, caption) in _pictures(fit, job.truth).items():
        figure.savefig(out / f"{name}.png")
        shown.append(((out / f"{name}.png").read_bytes(), caption))
    seconds = time.monotonic() - began
    report = Report(
        title=f"{model}: {'recovery from simulated data' if job.truth else 'fit to data'}",
        source=f"{len(job.data):,} trials {job.source}; one set of parameters for all of them.",
        verdicts=said,
        table=table,
        pictures=shown,
        model=fit._repr_html_(),
        notes=notes,
        code=_code(job, fit, {"random_seed": seed, **settings}),
        footer=f"Seed {seed}; {seconds:.0f} s in all; {_versions()}.",
    )
    path = out / "report.html"
    path.write_text(to_html(report), "utf-8")
    print(f"\nDone in {seconds:.0f} s. The report: {path.resolve().as_uri()}")
    return path


def simulated(model: str, seed: int) -> Job:
    """Simulate data with lapses, as the model assumes them."""
    from ssmkit import simulate_data

    truth = dict(get_config(model).example)
    settings = {"random_state": seed, "p_outlier": LAPSES, "exact": True}
    data = simulate_data(model, truth, TRIALS, **settings)
    values = ", ".join(f"{name} = {value}" for name, value in truth.items())
    asked = ", ".join(f"{name}={value}" for name, value in settings.items())
    return Job(
        data,
        f"simulated from {model} with {values} and {100 * LAPSES:g} % lapses",
        f'data = ssmkit.simulate_data("{model}", {truth}, size={TRIALS}, {asked})',
        truth,
    )


def own(path: Path, model: str, *, recode: str | None = None) -> Job:
    """Read a person's own data; refuse what cannot be fitted."""
    import pandas as pd

    if not path.is_file():
        refuse("--data", f"there is no file {path}", "give the path of a CSV file")
    try:
        data = pd.read_csv(path)
    except ValueError as error:
        refuse("--data", f"{path} is no CSV file ({error})", "save the table as CSV with a header")
    read = f"import pandas as pd\n\ndata = pd.read_csv({str(path)!r})"
    problems = check_data(data, model)
    if not any(problem.path == CODED_0_1 for problem in problems):
        return Job(data, f"from {path}", read)
    if recode is None:
        raise SsmkitError(map(_offer_recode, problems))
    return Job(
        code_responses(data, **{recode: 1}),
        f"from {path}, responses 0/1 turned into -1/1",
        f"{read}\ndata = ssmkit.code_responses(data, {recode}=1)",
        fixed={"z": 0.5} if recode == "correct" else {},
    )


def _offer_recode(problem: Problem) -> Problem:
    if problem.path != CODED_0_1:
        return problem
    fix = (
        "add to this command --recode correct when 1 is a correct response, or --recode upper when"
        f" it is a side; in Python, {problem.fix}"
    )
    return Problem(problem.path, problem.message, fix, problem.severity)


def _model(job: Job, model: str) -> tuple["HSSM", list[str]]:
    """Make the model, and catch what it has to say about the data."""
    from ssmkit import HSSM

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SsmkitWarning)
        fit = HSSM(job.data, model=model, p_outlier=LAPSES, **job.fixed)
    return fit, [str(each.message) for each in caught if each.category is SsmkitWarning]


def _pictures(fit: "HSSM", truth: dict[str, float] | None) -> "dict[str, tuple[Figure, str]]":
    from ssmkit import plot_pair, plot_posterior, plot_trace
    from ssmkit.lessons import fit_picture

    marks = "mean, 94 % interval and true value" if truth else "mean and 94 % interval"
    return {
        "fit": (
            fit_picture.draw(fit_picture.curves(fit)),
            "Response times of each choice, and the density that the fitted model gives them.",
        ),
        "posterior": (
            plot_posterior(fit, truth=truth),
            f"The posterior of each parameter with its {marks}.",
        ),
        "trace": (
            plot_trace(fit, truth=truth),
            "The chains. Their densities should lie on each other, their draws look like noise.",
        ),
        "pair": (
            plot_pair(fit, truth=truth),
            "Pairs of parameters. In a slanted cloud the data know a mixture of the two best.",
        ),
    }


def _code(job: Job, fit: "HSSM", settings: dict[str, float]) -> str:
    asked = ", ".join(f"{name}={value}" for name, value in settings.items())
    return "\n".join(
        [
            "import ssmkit",
            job.code,
            f"model = ssmkit.{fit.to_code()}",
            f"model.sample({asked})",
            "model.summary()",
        ]
    )


def _versions() -> str:
    import platform
    from importlib.metadata import version

    names = ("ssmkit", "pymc", "numpyro", "jax")
    return ", ".join([*(f"{n} {version(n)}" for n in names), f"Python {platform.python_version()}"])

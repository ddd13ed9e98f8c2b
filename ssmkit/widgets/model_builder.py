"""A model, put together by hand: its parameters, what is wrong with it, and its code."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from ssmkit.data import check_data
from ssmkit.errors import Problem, SsmkitError, refuse
from ssmkit.modelconfig import list_models
from ssmkit.modelconfig.registry import get_config
from ssmkit.spec import Lapse, ModelSpec, Param
from ssmkit.spec.arguments import check_name
from ssmkit.spec.formula import predictors, term_names
from ssmkit.widgets.beliefs import usable, with_param
from ssmkit.widgets.controls import Control, Press
from ssmkit.widgets.model_fixes import Fix, fixed
from ssmkit.widgets.model_foot import above, foot
from ssmkit.widgets.model_inner import OPENED, Opened
from ssmkit.widgets.model_made import Built, Made
from ssmkit.widgets.model_page import code, page, sentences
from ssmkit.widgets.model_rows import rows
from ssmkit.widgets.model_sketch import sketch
from ssmkit.widgets.model_ways import WAYS, way_of
from ssmkit.widgets.prior_text import read_prior, read_value
from ssmkit.widgets.word_list import words_of

if TYPE_CHECKING:
    from ssmkit.modelconfig.config import ModelConfig


class ModelBuilder(Made):
    """Put a model together, see what is wrong with it, and take its code or fit it.

    Parameters
    ----------
    data
        The data frame; None to write the model alone.
    model
        Name of the model to begin with.
    spec
        A spec to begin with instead.

    Raises
    ------
    SsmkitError
        When there is no such model.

    Examples
    --------
    >>> builder = ModelBuilder(model="angle").formula("v", "1 + x").fix("z", 0.5)
    >>> print(builder.to_code())
    HSSM(data, model="angle", z=0.5, include=[{"name": "v", "formula": "v ~ 1 + x"}])
    >>> ModelBuilder.from_code(builder.to_code()).spec == builder.spec
    True
    """

    title = "Model builder"

    def __init__(
        self, data: Any = None, model: str = "ddm", *, spec: ModelSpec | None = None
    ) -> None:
        self.data, notes = usable(data)
        self._known: list[tuple[ModelSpec, tuple[Fix, ...]]] = []
        self._formulas: list[tuple[ModelSpec, tuple[Problem, ...]]] = []
        self._drawn: tuple[ModelConfig, str] | None = None
        self.opened: Opened | None = None
        super().__init__(Built(ModelSpec(model) if spec is None else spec), notes)

    @classmethod
    def from_spec(cls, spec: ModelSpec, data: Any = None) -> Self:
        """Return a builder that begins with a spec."""
        return cls(data, spec=spec)

    @classmethod
    def from_code(cls, source: str, data: Any = None) -> Self:
        """Return a builder that begins with a call of ``HSSM`` in Python, which is not run."""
        return cls(data, spec=ModelSpec.from_code(source))

    @property
    def models(self) -> tuple[str, ...]:
        """The models that there are."""
        return list_models()

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """What is wrong with the model on these data, with what a press would do about it."""
        spec = self.spec
        known = next((found for one, found in self._known if one == spec), None)
        if known is None:
            known = tuple(fixed(problem, spec, self.data) for problem in self._problems(spec))
            self._known = [*self._known[-30:], (spec, known)]
        return known

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the model, and with the data for it."""
        return tuple(fix.problem for fix in self.fixes)

    def _problems(self, spec: ModelSpec) -> tuple[Problem, ...]:
        found: list[Problem] = []
        try:
            if self.data is not None:
                fixed_ones = [p.name for p in spec.params if way_of(p) == "fixed"]
                found += check_data(
                    self.data,
                    spec.model,
                    lapses=spec.lapse is not None,
                    missing_data=spec.missing is not None,
                    fixed=fixed_ones,
                )
            # Formulas one by one: to read one on the data takes a while, and most stay as they are.
            asked = [param for param in spec.params if param.formula is not None]
            plain = [Param(param.name) if param in asked else param for param in spec.params]
            found += replace(spec, params=tuple(plain)).validate(self.data)
            found += [problem for param in asked for problem in self._of_formula(spec, param)]
        except SsmkitError as error:
            found += error.problems
        return tuple(dict.fromkeys(found))

    def _of_formula(self, spec: ModelSpec, param: Param) -> tuple[Problem, ...]:
        alone = replace(spec, params=(param,), lapse=None, missing=None)
        known = next((found for one, found in self._formulas if one == alone), None)
        if known is None:
            place = f"params.{param.name}"
            known = tuple(p for p in alone.validate(self.data) if p.path.startswith(place))
            self._formulas = [*self._formulas[-30:], (alone, known)]
        return known

    @property
    def waiting(self) -> str:
        """Why it cannot be fitted yet; empty when it can."""
        if self.data is None:
            return "Give data to fit the model: ssmkit.build(data)."
        errors = [problem for problem in self.problems if problem.severity == "error"]
        return f"Not ready to be fitted: {errors[0].message}." if errors else ""

    def choose(self, model: str) -> Self:
        """Take another model; what was asked of parameters that it has too is kept."""
        names, spec = get_config(model).list_params, self.spec
        kept = tuple(param for param in spec.asked() if param.name in names)
        others = replace(spec, params=(), noncentered=True, missing=None, loglik=None)
        self.close()
        return self._put(replace(others, model=model, kind=None, params=kept))

    def set(self, **params: Any) -> Self:
        """Ask something of parameters, in any way that ``HSSM`` reads; None takes the default."""
        spec = self.spec
        for name, value in params.items():
            check_name(spec.config, name)
            spec = with_param(spec, Param.from_any(name, value, self.data))
        return self._put(spec)

    def way(self, param: str, way: str) -> Self:
        """Let a parameter be one of the :data:`WAYS`, with something to begin with."""
        now, config = self._param(param), self.spec.config
        if way not in WAYS:
            refuse("way", f"there is no way {way!r}", f"use one of {', '.join(WAYS)}")
        if way == way_of(now):
            return self
        new = {
            "default": lambda: Param(param, bounds=now.bounds),
            "prior": lambda: Param(
                param,
                prior=self.spec.resolve(param).prior or self._default(param),
                bounds=now.bounds,
            ),
            "fixed": lambda: Param(param, prior=config.example.get(param, 1.0), bounds=now.bounds),
            "regression": lambda: Param(param, "1", bounds=now.bounds),
        }[way]
        return self._put(with_param(self.spec, new()))

    def _default(self, param: str) -> Any:
        return with_param(self.spec, Param(param)).resolve(param).prior

    def formula(self, param: str, formula: str | None) -> Self:
        """Give a parameter a formula; None takes it out. Priors of terms that stay are kept."""
        now = self._param(param)
        if formula is None:
            return self._put(with_param(self.spec, Param(param, bounds=now.bounds)))
        text = predictors(formula, param, f"params.{param}.formula")
        prior = now.prior if now.formula is not None else None
        if prior:
            terms = {word for names in term_names(text) for word in names}
            terms |= {"common", "group_specific", *(f"{param}_{term}" for term in terms)}
            prior = {term: x for term, x in prior.items() if term in terms} or None
        return self._put(with_param(self.spec, replace(now, formula=text, prior=prior)))

    def prior(self, param: str, prior: Any, term: str | None = None) -> Self:
        """Give a parameter a prior, or a term of its formula; a number fixes it, None frees it.

        Parameters
        ----------
        param
            The parameter.
        prior
            A prior as ``HSSM`` reads it, or as text: ``"Normal(mu=0, sigma=1)"``.
        term
            The term, as ``"x"`` or ``"1|participant"``.
        """
        now, path = self._param(param), f"params.{param}.prior"
        if isinstance(prior, str):
            prior = None if not prior.strip() else read_value(prior, path)
        if term is None:
            return self._put(
                with_param(self.spec, replace(now, formula=None, link=None, prior=prior))
            )
        if now.formula is None:
            refuse(path, f"{param} has no formula, and so no term {term!r}", "give it a formula")
        kept = {key: x for key, x in (now.prior or {}).items() if key != term}
        mine = {} if prior is None else {term: prior}
        return self._put(with_param(self.spec, replace(now, prior={**kept, **mine} or None)))

    def fix(self, param: str, value: Any) -> Self:
        """Fix a parameter at a number, or at a column of the data."""
        return self._put(with_param(self.spec, Param.from_any(param, value, self.data)))

    def link(self, param: str, link: Any) -> Self:
        """Give a regression a link; None for the one of the settings."""
        now = self._param(param)
        return self._put(with_param(self.spec, replace(now, link=link)))

    def bounds(self, param: str, bounds: Any) -> Self:
        """Hold a parameter to an interval; None for the model's own."""
        return self._put(with_param(self.spec, replace(self._param(param), bounds=bounds)))

    def lapses(self, p: Any = None, distribution: Any = None) -> Self:
        """Change how probable a lapse is (0 for none), or how long one takes."""
        now = self.spec.lapse or Lapse()
        if isinstance(distribution, str):
            distribution = read_prior(distribution, "lapse")
        if isinstance(p, str):
            p = read_prior(p, "p_outlier")
        lapse = Lapse(now.p if p is None else p, distribution or now.distribution)
        return self._put(replace(self.spec, lapse=lapse))

    def settings(self, **settings: Any) -> Self:
        """Change settings of the model: ``link_settings``, ``prior_settings``, ``noncentered``."""
        known = ("link_settings", "prior_settings", "noncentered", "kind")
        for name in settings:
            if name not in known:
                refuse(name, f"there is no setting {name!r}", f"use one of {', '.join(known)}")
        return self._put(replace(self.spec, **settings))

    def read(self, text: str) -> Self:
        """Take the model of a call of ``HSSM`` in Python, which is not run, or of its JSON."""
        read = ModelSpec.from_json if text.lstrip().startswith("{") else ModelSpec.from_code
        return self._put(read(text))

    def take(self, fix: Fix) -> Self:
        """Press the button of something that is wrong."""
        return self if fix.spec is None else self._put(fix.spec)

    def open(self, param: str, which: str = "formula") -> Self:
        """Open the builder of a parameter's ``"formula"``, or of its ``"prior"``, in place.

        A prior may also be that of a term: ``open("v_x", "prior")``.
        """
        self.opened = OPENED[which](self, param)
        return self._remember(self._history)

    def hear(self, spec: ModelSpec, *, merge: bool) -> None:
        """Take the spec of the builder that is open; ``merge`` while a slider of it is dragged."""
        self._remember(self._history.do(replace(self.state, spec=spec), merge=merge))

    def close(self) -> Self:
        """Close the builder that is open."""
        self.opened = None
        return self._remember(self._history)

    def _param(self, name: str) -> Param:
        check_name(self.spec.config, name)
        return self.spec.param(name)

    def _put(self, spec: ModelSpec) -> Self:
        return self._go(replace(self.state, spec=spec))

    def picture(self) -> str:
        """Return the picture: a sketch of how the model decides."""
        config = self.spec.config
        if self._drawn is None or self._drawn[0] is not config:
            self._drawn = (config, sketch(config, 420, 190))
        return self._drawn[1]

    def words(self) -> str:
        """Return what is asked of the model, in sentences."""
        return sentences(self)

    def details(self) -> str:
        """Return the parameters and the summary, as HTML."""
        return page(self)

    def glossary(self) -> str:
        """Return what the words mean that are used here, as HTML."""
        terms = ("prior", "default prior", "regression", "link", "bounds", "lapse")
        return words_of(self.spec.model, self.spec.config.list_params, *terms)

    def _repr_html_(self) -> str:
        return super()._repr_html_() + code(self)

    def _controls(self) -> list[Control]:
        return rows(self)

    def _above(self) -> list[Control]:
        return above(self)

    def _foot(self) -> list[Control]:
        return foot(self)

    def _buttons(self) -> list[Press]:
        return [Press("Fit", lambda: self.fit(progressbar=False), lambda: not self.waiting)]


def build(data: Any = None, model: str = "ddm") -> ModelBuilder:
    """Put a model together by hand: choose, press and type, and take its code or fit it.

    Parameters
    ----------
    data
        The data frame; None to write the model alone.
    model
        Name of the model to begin with.

    Returns
    -------
    ModelBuilder
        It shows itself in a notebook; ``.spec``, ``.model()`` and ``.to_code()`` are what was made.

    Examples
    --------
    >>> build(model="ddm").set(z=0.5, v={"formula": "v ~ 1 + x"}).to_code()
    'HSSM(data, z=0.5, include=[{"name": "v", "formula": "v ~ 1 + x"}])'
    """
    return ModelBuilder(data, model)

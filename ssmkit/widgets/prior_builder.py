"""A prior, turned by hand: what it says of its parameter, and what the model then expects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from ssmkit.errors import refuse, report
from ssmkit.modelconfig.distributions import check_arguments, get_distribution
from ssmkit.plots._beliefs import written
from ssmkit.plots._numbers import SECONDS
from ssmkit.spec import ModelSpec, Prior
from ssmkit.spec.defaults import natural_prior
from ssmkit.widgets.beliefs import Part, chosen, is_default, parts_of, prior_of, with_prior
from ssmkit.widgets.chips import Chips, from_chips, nearest
from ssmkit.widgets.controls import Control, Press
from ssmkit.widgets.intent import alike, from_interval, from_moments
from ssmkit.widgets.prior_controls import controls, reach
from ssmkit.widgets.prior_picture import Density, draw, ends
from ssmkit.widgets.prior_sources import MASS, Sources
from ssmkit.widgets.prior_words import words
from ssmkit.widgets.shell import Builder
from ssmkit.widgets.word_list import words_of

FAMILIES = (
    "Normal",
    "HalfNormal",
    "LogNormal",
    "Gamma",
    "Beta",
    "Uniform",
    "Exponential",
    "TruncatedNormal",
    "StudentT",
    "Laplace",
    "Logistic",
    "Cauchy",
    "HalfCauchy",
    "InverseGamma",
    "Weibull",
)
WAYS = {
    "arguments": "its arguments",
    "interval": "90 % between",
    "moments": "mean and sd",
    "chips": "chips in bins",
}


@dataclass(frozen=True)
class Believed:
    """What a prior builder shows: a spec, the prior of it that is turned, and how.

    ``way`` is one of :data:`WAYS`, ``seed`` that of the draws behind the reaction times; ``chips``
    are those that the prior was fitted to, None where it was set in another way.
    """

    spec: ModelSpec
    part: Part
    way: str = "arguments"
    seed: int = 0
    chips: Chips | None = None
    pinned: "Believed | None" = None


class PriorBuilder(Builder[Believed]):
    """Turn a prior by hand and see what it says, of the parameter and of the data to come.

    Parameters
    ----------
    model
        Name of a model, a :class:`ssmkit.ModelSpec`, or a model made by ``ssmkit.HSSM``, whose
        spec and data are taken.
    param
        The prior to begin with: a parameter (``"v"``) or a term of its formula (``"v_x"``).
    prior
        What it is to begin with; None leaves it as it is.
    data
        The data frame of the formulas.
    random_seed
        Seed of the draws behind the reaction times.

    Raises
    ------
    SsmkitError
        When there is no such model or parameter, or the prior cannot be read.

    Notes
    -----
    Reaction times are those of the model's density, lapses included, at draws of all its priors.
    The same random numbers are drawn whatever the prior, until you ask for others.

    Examples
    --------
    >>> builder = PriorBuilder("ddm", "t").family("Gamma").moments(mean=0.3, sd=0.1)
    >>> builder.prior
    Prior("Gamma", alpha=9.0, beta=30.0)
    >>> print(builder.reset().set(sigma=0.4).to_code())
    HSSM(data, include=[{"name": "t", "prior": {"name": "HalfNormal", "sigma": 0.4}}])
    """

    title = "Prior builder"

    def __init__(
        self,
        model: Any = "ddm",
        param: str = "v",
        prior: Any = None,
        *,
        data: Any = None,
        random_seed: int = 0,
    ) -> None:
        spec = ModelSpec(model) if isinstance(model, str) else getattr(model, "spec", model)
        if not isinstance(spec, ModelSpec):
            refuse("model", f"{model!r} is no model", 'write "ddm", or give a ModelSpec')
        data = getattr(model, "data", None) if data is None else data
        self._sources = Sources(spec, data, getattr(model, "_namespace", None))
        part = chosen(parts_of(self._sources.items(spec)), param)
        if prior is not None:
            item = self._sources.item(spec, part.param)
            spec = with_prior(spec, item, part, Prior.from_any(prior))
        super().__init__(Believed(spec, part, seed=random_seed), self._sources.notes)

    @property
    def spec(self) -> ModelSpec:
        """The spec with the prior as it is now."""
        return self.state.spec

    @property
    def prior(self) -> Prior:
        """The prior as it is now."""
        return self._sources.prior(self.spec, self.state.part)

    def to_code(self) -> str:
        """Return the call of ``HSSM`` that has this prior."""
        return self.spec.to_code()

    def choose(self, param: str) -> Self:
        """Turn another prior: that of a parameter (``"a"``), or of a term (``"v_x"``)."""
        part = chosen(parts_of(self._sources.items(self.spec)), param)
        return self._go(replace(self.state, part=part, chips=None))

    def by(self, way: str) -> Self:
        """Turn it by ``"arguments"``, an ``"interval"``, its ``"moments"``, or ``"chips"``."""
        if way not in WAYS:
            refuse("by", f"there is no way {way!r}", f"use one of {', '.join(map(repr, WAYS))}")
        return self._go(replace(self.state, way=way))

    def give(self, prior: Any) -> Self:
        """Take a prior as a whole, written in any way that ``HSSM`` reads."""
        return self._with(Prior.from_any(prior))

    def set(self, **args: float) -> Self:
        """Change arguments of the prior, such as ``set(mu=1, sigma=0.5)``."""
        now = self.prior
        asked = {**now.args, **args}
        report(check_arguments(now.name, asked, self.state.part.label))
        # A zero has no sign: equal states are to look the same.
        return self._with(Prior(now.name, now.bounds, **{k: x + 0.0 for k, x in asked.items()}))

    def family(self, name: str) -> Self:
        """Take another family, with the same mean and spread where it can have them."""
        get_distribution(name, "family")
        if self.state.chips is not None and self.state.chips.total:
            return self._with(from_chips(name, self.state.chips, self.prior), self.state.chips)
        return self._with(alike(name, self.prior), self.state.chips)

    def interval(self, low: float, high: float, mass: float = 0.9) -> Self:
        """Put a share of the prior between two numbers."""
        return self._with(from_interval(self.prior.name, low, high, mass, self.prior))

    def moments(self, mean: float, sd: float) -> Self:
        """Give the prior a mean and a standard deviation."""
        return self._with(from_moments(self.prior.name, mean, sd))

    @property
    def bins(self) -> Chips:
        """The chips as they are now; without any, bins for them where the parameter usually is."""
        return self.state.chips or Chips.over(*reach(self))

    def chips(
        self,
        counts: Sequence[int] | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> Self:
        """Lay chips into bins, and take the prior of the family that is nearest to them.

        Parameters
        ----------
        counts
            Chips in each bin; None leaves them as they are.
        low, high
            Where the first bin begins and the last one ends; None leaves them where they are.

        Returns
        -------
        PriorBuilder
            Without any chip the prior stays as it is.

        Notes
        -----
        Each chip is spread evenly over its bin. The nearest prior is the one that makes the chips
        most likely: it has the least Kullback-Leibler divergence from their histogram.

        Examples
        --------
        >>> PriorBuilder("ddm", "v").chips([1, 3, 3, 1], low=-2, high=2).prior
        Prior("Normal", mu=0.0, sigma=0.91269)
        """
        now = self.bins
        chips = Chips.of(
            now.low if low is None else low,
            now.high if high is None else high,
            now.counts if counts is None else counts,
        )
        if chips.total == 0:
            return self._go(replace(self.state, chips=chips))
        return self._with(from_chips(self.prior.name, chips, self.prior), chips)

    def nearest(self) -> Self:
        """Take the family, of all that can be chosen, that comes nearest to the chips."""
        return self._with(nearest(FAMILIES, self.bins), self.state.chips)

    def default(self) -> Self:
        """Take the default again."""
        return self._with(None)

    def suggest(self) -> Self:
        """Take what is known of such a parameter in people, on the natural scale."""
        part = self.state.part
        if part.term is None:
            return self._with(natural_prior(part.param, self.spec.model, self.prior, "scaled"))
        scaled = replace(self._defaults(self.state), prior_settings="scaled")
        return self._with(prior_of(self._sources.item(scaled, part.param), part))

    def resample(self) -> Self:
        """Draw other random numbers for the reaction times."""
        return self._go(replace(self.state, seed=self.state.seed + 1))

    def _with(self, prior: Prior | None, chips: Chips | None = None) -> Self:
        item = self._sources.item(self.spec, self.state.part.param)
        spec = with_prior(self.spec, item, self.state.part, prior)
        return self._go(replace(self.state, spec=spec, chips=chips))

    def _defaults(self, state: Believed) -> ModelSpec:
        """Return the spec as it would be had nobody chosen this prior."""
        item = self._sources.item(state.spec, state.part.param)
        return with_prior(state.spec, item, state.part, None)

    def picture(self) -> str:
        """Return the picture: the prior, what it implies, and the reaction times."""
        state, others = self.state, self._others()
        panels = [self._panel(state, others)]
        if self._sources.has_formula(state.part):
            panels.append(self._implied_panel(state, others))
        predictive = self._sources.predict(state.spec, state.seed)
        ghosts = [
            (name, self._sources.predict(other.spec, state.seed)) for name, other in others.items()
        ]
        codes = state.spec.config.choices
        return draw(panels, predictive, [g for g in ghosts if g[1]], codes, self.words())

    def _others(self) -> dict[str, Believed]:
        """Return what is drawn as a ghost: the default and what is pinned, where they differ."""
        state, found = self.state, {}
        item = self._sources.item(state.spec, state.part.param)
        if not is_default(item, state.part):
            found["default"] = replace(state, spec=self._defaults(state))
        if state.pinned is not None and state.pinned.spec != state.spec:
            found["pinned"] = replace(state, spec=state.pinned.spec)
        return found

    def _panel(self, state: Believed, others: Mapping[str, Believed]) -> Density:
        item = self._sources.item(state.spec, state.part.param)
        axis = "seconds" if state.part.param in SECONDS and state.part.term is None else ""
        if state.part.term is not None and item.link.name != "identity":
            axis = f"on the {item.link.name} link"
        curve = self._sources.curve(state.spec, state.part)
        ghosts = tuple(
            (name, ghost)
            for name, other in others.items()
            if (ghost := self._sources.curve(other.spec, state.part)) is not None
        )
        said = written(self.prior)
        if curve is not None:
            said += f"; {100 * MASS:g} % in {ends(*curve.interval)}"
        chips = self.bins if state.way == "chips" else None
        return Density(f"Prior of {state.part.label}", said, curve, ghosts, axis, chips=chips)

    def _implied_panel(self, state: Believed, others: Mapping[str, Believed]) -> Density:
        name, seed = state.part.param, state.seed
        curve, outside = self._sources.implied(state.spec, name, seed)
        item = self._sources.item(state.spec, state.part.param)
        ghosts = tuple(
            (which, self._sources.implied(other.spec, name, seed)[0])
            for which, other in others.items()
        )
        share = f"{100 * outside:.2g} %" if outside else "Nothing"
        said = f"{share} outside its bounds {ends(*item.bounds)}"
        return Density(
            f"What it implies for {item.name} of a trial", said, curve, ghosts, "", implied=True
        )

    def words(self) -> str:
        """Return the prior and what follows from it, in sentences."""
        state, part = self.state, self.state.part
        item = self._sources.item(state.spec, part.param)
        return words(
            label=part.label,
            prior=self.prior,
            default=is_default(item, part),
            curve=self._sources.curve(state.spec, part),
            outside=self._sources.outside(state.spec, part, state.seed),
            bounds=item.bounds,
            predictive=self._sources.predict(state.spec, state.seed),
            codes=state.spec.config.choices,
            chips=state.chips,
        )

    def glossary(self) -> str:
        """Return what the words mean that are used here, as HTML."""
        implied = ("implied prior", "link") if self._sources.has_formula(self.state.part) else ()
        params = (self.state.part.param,)
        return words_of(self.spec.model, params, "prior", *implied, "prior predictive", "lapse")

    def _any_chips(self) -> bool:
        return self.state.chips is not None and self.state.chips.total > 0

    def _shape(self) -> Any:
        bins = len(self.bins.counts) if self.state.way == "chips" else 0
        return self.state.part, self.state.way, self.prior.name, tuple(self.prior.args), bins

    def _controls(self) -> list[Control]:
        return controls(self, list(parts_of(self._sources.items(self.spec))))

    def _buttons(self) -> list[Press]:
        return [
            Press("Default", self.default, hint="Take the default prior again"),
            Press("Suggest", self.suggest, hint="Take what is known of people, on a natural scale"),
            Press(
                "Nearest family", self.nearest, self._any_chips, "The family nearest to the chips"
            ),
            Press("New draws", self.resample, hint="Other random numbers for the reaction times"),
        ]

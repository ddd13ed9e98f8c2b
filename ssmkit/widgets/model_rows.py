"""The controls beside the picture of a model builder."""

from typing import TYPE_CHECKING

from ssmkit.spec import Lapse
from ssmkit.widgets.controls import Control
from ssmkit.widgets.fields import Menu, Text
from ssmkit.widgets.model_row import Row, Wrong
from ssmkit.widgets.prior_text import written_prior

if TYPE_CHECKING:
    from ssmkit.widgets.model_builder import ModelBuilder


def rows(builder: "ModelBuilder") -> list[Control]:
    """Return the controls beside the picture.

    Parameters
    ----------
    builder
        The builder whose methods they call.

    Returns
    -------
    list of Control
    """
    models = [(name, name) for name in builder.models]
    found: list[Control] = [
        Menu("model", lambda: models, lambda: builder.spec.model, builder.choose),
        Wrong(builder, "data"),
    ]
    found += [Row(builder, param.name) for param in builder.spec.params]
    return [*found, *_lapses(builder), Wrong(builder, "lapse"), *_settings(builder)]


def _lapses(builder: "ModelBuilder") -> list[Control]:
    def lapse() -> Lapse:
        return builder.spec.lapse or Lapse(0.0)

    def share() -> str:
        return (
            lapse().p.formula or "" if hasattr(lapse().p, "formula") else written_prior(lapse().p)
        )

    return [
        Text(
            "lapses: share", share, lambda x: builder.lapses(p=x or "0"), placeholder="0.05, or 0"
        ),
        Text(
            "lapses: time",
            lambda: written_prior(lapse().distribution),
            lambda x: builder.lapses(distribution=x),
        ),
    ]


def _settings(builder: "ModelBuilder") -> list[Control]:
    kinds = [(kind, kind) for kind in builder.spec.config.likelihoods]
    links = [("identity", ""), ("log and logit (log_logit)", "log_logit")]
    priors = [("safe", "safe"), ("scaled", "scaled"), ("Bambi's", "")]
    found: list[Control] = [
        Menu(
            "links",
            lambda: links,
            lambda: builder.spec.link_settings or "",
            lambda x: builder.settings(link_settings=x or None),
        ),
        Menu(
            "default priors",
            lambda: priors,
            lambda: builder.spec.prior_settings or "",
            lambda x: builder.settings(prior_settings=x or None),
        ),
    ]
    if len(kinds) > 1 and builder.spec.loglik is None:
        found.append(
            Menu(
                "likelihood",
                lambda: kinds,
                lambda: builder.spec.kind,
                lambda x: builder.settings(kind=x),
            )
        )
    return found

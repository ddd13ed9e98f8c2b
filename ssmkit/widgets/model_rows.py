"""The controls beside the picture of a model builder."""

from typing import TYPE_CHECKING, Any

from ssmkit.modelconfig.glossary import define
from ssmkit.spec import Lapse
from ssmkit.widgets.controls import Control, Write
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
    found.append(Rows(builder))
    return [*found, *_lapses(builder), Wrong(builder, "lapse"), *_settings(builder)]


class Rows:
    """The parameters of the model, made anew only where another model is taken.

    The menu of models is not: it would lose the focus of the keyboard that has just used it.
    """

    def __init__(self, builder: "ModelBuilder") -> None:
        self._builder, self._model = builder, ""
        self._rows: list[Row] = []

    def widget(self, write: Write) -> Any:
        """Make the room for them."""
        import ipywidgets as w

        self._box, self._write = w.VBox(), write
        self.show()
        return self._box

    def show(self) -> None:
        """Show the parameters as they are now."""
        spec = self._builder.spec
        if spec.model != self._model:
            self._model = spec.model
            self._rows = [Row(self._builder, param.name) for param in spec.params]
            self._box.children = [row.widget(self._write) for row in self._rows]
        for row in self._rows:
            row.show()


def _lapses(builder: "ModelBuilder") -> list[Control]:
    def lapse() -> Lapse:
        return builder.spec.lapse or Lapse(0.0)

    def share() -> str:
        return (
            lapse().p.formula or "" if hasattr(lapse().p, "formula") else written_prior(lapse().p)
        )

    return [
        Text(
            "lapses: share",
            share,
            lambda x: builder.lapses(p=x or "0"),
            placeholder="0.05, or 0",
            hint=define("lapse"),
        ),
        Text(
            "lapses: time",
            lambda: written_prior(lapse().distribution),
            lambda x: builder.lapses(distribution=x),
            hint=define("lapse"),
        ),
    ]


def _settings(builder: "ModelBuilder") -> list[Control]:
    links = [("identity", ""), ("log and logit (log_logit)", "log_logit")]
    priors = [("safe", "safe"), ("scaled", "scaled"), ("Bambi's", "")]

    def kinds() -> list[tuple[str, str]]:
        own = builder.spec.loglik is not None
        names = [builder.spec.kind] if own else builder.spec.config.likelihoods
        return [(kind, kind) for kind in names]

    return [
        Menu(
            "links",
            lambda: links,
            lambda: builder.spec.link_settings or "",
            lambda x: builder.settings(link_settings=x or None),
            define("link"),
        ),
        Menu(
            "default priors",
            lambda: priors,
            lambda: builder.spec.prior_settings or "",
            lambda x: builder.settings(prior_settings=x or None),
            define("default prior"),
        ),
        Menu(
            "likelihood",
            kinds,
            lambda: builder.spec.kind,
            lambda kind: builder.settings(kind=kind),
            define("likelihood"),
        ),
    ]

"""The controls of an explorer: model, view, condition, and a number for each parameter."""

from typing import TYPE_CHECKING

from ssmkit.modelconfig import get_config, list_models
from ssmkit.modelconfig.glossary import meaning
from ssmkit.widgets.controls import Choice, Control, Number
from ssmkit.widgets.explorer_picture import VIEWS

if TYPE_CHECKING:
    from ssmkit.widgets.explorer import Explorer


def controls(builder: "Explorer") -> list[Control]:
    """Return the controls of an explorer as it is now.

    Parameters
    ----------
    builder
        The explorer.

    Returns
    -------
    list of Control
    """
    config = get_config(builder.state.model)
    views = [(words, name) for name, words in VIEWS.items()]
    found: list[Control] = [
        Choice("model", lambda: builder.state.model, builder.choose, list_models()),
        Choice("view", lambda: builder.state.view, builder.view, views),
    ]
    if len(builder.conditions) > 1:
        found.append(
            Choice(
                "condition",
                lambda: builder.state.condition,
                builder.condition,
                builder.conditions,
            )
        )
    return found + [
        Number(
            name,
            lambda name=name: builder.params[name],
            lambda x, name=name: builder.set(**{name: x}),
            *config.box[name],
            meaning(config.name, name).hint,
        )
        for name in config.list_params
    ]

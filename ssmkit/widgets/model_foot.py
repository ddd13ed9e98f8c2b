"""What stands around the picture of a model: the formula that is open, the code, all models."""

from typing import TYPE_CHECKING, Any

from ssmkit.errors import SsmkitError
from ssmkit.modelconfig.registry import get_config
from ssmkit.widgets.controls import INDENT, Control, Write
from ssmkit.widgets.fields import Menu, status
from ssmkit.widgets.model_page import card

if TYPE_CHECKING:
    from ssmkit.widgets.model_builder import ModelBuilder


def above(builder: "ModelBuilder") -> list[Control]:
    """Return the control above the picture: the formula that is open."""
    return [Inner(builder)]


def foot(builder: "ModelBuilder") -> list[Control]:
    """Return the controls below: the code, and the other models."""
    return [Code(builder), Gallery(builder)]


class Inner:
    """The builder of a formula or of a prior, in place."""

    def __init__(self, builder: "ModelBuilder") -> None:
        self._builder = builder

    def widget(self, write: Write) -> Any:
        """Make the room for it."""
        import ipywidgets as w

        self._box = w.VBox()
        self._close = w.Button(
            description="Close", layout=w.Layout(width="auto", align_self="flex-start")
        )
        self._close.on_click(lambda _: write(self._builder.close, "close"))
        self.show()
        return self._box

    def show(self) -> None:
        """Show what is open, in step with the model."""
        opened = self._builder.opened
        if opened is None:
            self._box.children = ()
            return
        if not opened.follow():
            self._builder.opened = None
            self._box.children = ()
            return
        children = (opened.builder.widget, self._close)
        if self._box.children != children:
            self._box.children = children


class Code:
    """The code of the model, to be copied, put into a cell, or read back."""

    def __init__(self, builder: "ModelBuilder") -> None:
        self._builder, self._form = builder, "code"

    def widget(self, write: Write) -> Any:
        """Make the field and its buttons."""
        import ipywidgets as w

        forms = [("Python code", "code"), ("JSON", "json")]
        self._menu = Menu("write it as", lambda: forms, lambda: self._form, self._choose)
        self._area = w.Textarea(
            description="code", rows=9, layout=w.Layout(width="min(100%, 780px)")
        )
        self._area.style.description_width = "110px"
        self._wrong, self._said = w.HTML(), w.HTML()
        read = w.Button(description="Read this text", layout=w.Layout(width="auto"))
        read.on_click(lambda _: write(self._read, "read"))
        insert = w.Button(description="Insert as a cell", layout=w.Layout(width="auto"))
        insert.on_click(lambda _: write(self._builder.insert, "insert"))
        menu = self._menu.widget(write)
        buttons = w.HBox([read, insert], layout=w.Layout(margin=INDENT))
        self.show()
        return w.VBox([w.HTML("<hr>"), menu, self._area, self._wrong, buttons, self._said])

    def _choose(self, form: str) -> None:
        self._form = form
        self.show()

    def _read(self) -> None:
        try:
            self._builder.read(self._area.value)
        except SsmkitError as error:
            self._wrong.value = status(error.problems)

    def show(self) -> None:
        """Show the code of the model as it is now."""
        self._menu.show()
        self._wrong.value = status(())
        try:
            self._area.value = (
                self._builder.cell() if self._form == "code" else self._builder.to_json()
            )
        except SsmkitError as error:
            self._area.value = ""
            self._wrong.value = status(error.problems)
        self._said.value = status((), self._builder.said)


class Gallery:
    """Cards of all models, each with a button that takes it; made when it is opened."""

    def __init__(self, builder: "ModelBuilder") -> None:
        self._builder, self._cards = builder, False

    def widget(self, write: Write) -> Any:
        """Make the button; the cards come when it is pressed."""
        import ipywidgets as w

        self._button = w.Button(
            description="Show all models",
            layout=w.Layout(width="auto", align_self="flex-start"),
        )
        self._box = w.HBox(layout=w.Layout(flex_flow="row wrap"))
        self._button.on_click(lambda _: write(lambda: self._toggle(write), "gallery"))
        return w.VBox([w.HTML("<hr>"), self._button, self._box])

    def _toggle(self, write: Write) -> None:
        import ipywidgets as w

        self._cards = not self._cards
        self._button.description = "Hide the models" if self._cards else "Show all models"
        made = []
        for name in self._builder.models if self._cards else ():
            take = w.Button(description=f"Take {name}", layout=w.Layout(width="auto"))
            take.on_click(lambda _, name=name: write(lambda: self._builder.choose(name), name))
            made.append(
                w.VBox([w.HTML(card(get_config(name))), take], layout=w.Layout(margin="4px"))
            )
        self._box.children = made

    def show(self) -> None:
        """Show nothing else: the cards are the same for all models."""

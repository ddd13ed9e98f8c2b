from dataclasses import dataclass, replace

import ipywidgets
import pytest

from ssmkit import _compat
from ssmkit.errors import refuse
from ssmkit.widgets import svg
from ssmkit.widgets.controls import Choice, Number, Press
from ssmkit.widgets.shell import Builder


@dataclass(frozen=True)
class State:
    size: float = 1.0
    colour: str = "red"
    pinned: "State | None" = None


class Toy(Builder[State]):
    title = "A <toy>"

    def picture(self):
        return svg.picture(90, 40, [svg.text(5, 20, f"{self.state.size:g}")], self.words())

    def words(self):
        return f"{self.state.colour} & {self.state.size:g}"

    def set(self, **fields):
        if fields.get("size", 1) < 0:
            refuse("size", "size is <0", "choose one above 0")
        return self._go(replace(self.state, **fields))

    def _shape(self):
        return self.state.colour == "blue"

    def _controls(self):
        controls = [
            Number("size", lambda: self.state.size, lambda x: self.set(size=x), 0, 10),
            Choice("colour", lambda: self.state.colour, lambda x: self.set(colour=x), COLOURS),
        ]
        return controls[: 1 if self._shape() else 2]

    def _buttons(self):
        return [Press("Grow", lambda: self.set(size=2 * self.state.size))]


COLOURS = ["red", "green", "blue"]


@pytest.fixture
def toy():
    return Toy(State())


def parts(toy, kind):
    found, waiting = [], [toy.widget]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if type(widget).__name__ == kind else []
        waiting += getattr(widget, "children", ())
    return found


def status(toy):
    return next(x.value for x in parts(toy, "HTML") if 'role="status"' in x.value)


def test_a_builder_works_without_a_face(toy):
    assert toy.set(size=3).undo().redo().state.size == 3
    assert toy.reset().state == State()
    assert toy.undo().state.size == 3


def test_what_is_pinned_stays_and_can_be_let_go(toy):
    assert toy.set(size=3).pin().set(size=4).state.pinned == State(3)
    assert toy.unpin().state == State(4)


def test_controls_call_methods_and_show_the_state(toy):
    (box,), (slider,), (menu,) = (
        parts(toy, kind) for kind in ("FloatText", "IntSlider", "Dropdown")
    )
    box.value = 2.5
    assert (toy.state.size, slider.value) == (2.5, 25)
    slider.value = 40
    assert toy.state.size == box.value == 4
    menu.value = "green"
    assert toy.state.colour == "green"
    toy.set(size=1, colour="red")
    assert (box.value, slider.value, menu.value) == (1, 10, "red")


@pytest.mark.parametrize("size", [0.333, 1e-3, 9.999, 2.51])
def test_a_slider_stands_on_one_of_its_steps_and_the_number_stays(toy, size):
    """A front end moves a slider to the nearest step, and tells: that would be a change."""
    (box,), (slider,) = parts(toy, "FloatText"), parts(toy, "IntSlider")
    toy.set(size=size)
    told = slider.get_state(["value", "min", "max", "step"])
    assert isinstance(told["value"], int)
    assert (told["min"], told["step"]) == (0, 1)
    slider.set_state({"value": told["value"]})
    assert toy.state.size == box.value == size


def test_a_number_beyond_the_slider_is_taken(toy):
    (box,), (slider,) = parts(toy, "FloatText"), parts(toy, "IntSlider")
    box.value = 50
    assert toy.state.size == 50
    assert slider.value == slider.max


def test_a_drag_is_taken_back_at_once(toy):
    (slider,) = parts(toy, "IntSlider")
    for value in (20, 30, 40):
        slider.value = value
    assert toy.undo().state.size == 1


def test_what_is_refused_is_said_and_changes_nothing(toy):
    (box,) = parts(toy, "FloatText")
    box.value = -1
    assert toy.state == State()
    assert "size is &lt;0. To fix it: choose one above 0" in status(toy)
    box.value = 2
    assert "size is" not in status(toy)


def test_buttons_press_methods_and_are_grey_when_there_is_nothing_to_do(toy):
    press = {button.description: button for button in parts(toy, "Button")}
    assert press["Undo"].disabled
    press["Grow"].click()
    assert toy.state.size == 2
    assert not press["Undo"].disabled
    press["Undo"].click()
    assert toy.state.size == 1
    press["Redo"].click()
    press["Pin"].click()
    assert toy.state.pinned == State(2)
    press["Unpin"].click()
    press["Reset"].click()
    assert toy.state == State()


def test_controls_change_with_what_they_are_for(toy):
    assert parts(toy, "Dropdown")
    toy.set(colour="blue")
    assert not parts(toy, "Dropdown")
    toy.undo()
    assert parts(toy, "Dropdown")


def test_two_builders_know_nothing_of_each_other(toy):
    other = Toy(State())
    parts(toy, "FloatText")[0].value = 9
    assert other.state == State()
    assert parts(other, "FloatText")[0].value == 1


def test_it_is_shown_as_a_widget_with_a_picture_that_stays(toy):
    bundle = toy._repr_mimebundle_()
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == toy.widget.model_id
    assert "<img alt=" in bundle["text/html"]
    assert "A &lt;toy&gt;" in bundle["text/html"]
    assert "red &amp; 1" in bundle["text/html"]
    assert "<svg" not in bundle["text/html"]


def test_the_old_front_end_is_served_in_its_way(toy, monkeypatch, capsys):
    old = ipywidgets.__version__.startswith("7")
    assert _compat.widgets_display_themselves() is old
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda x, raw: shown.append((x, raw)))
    if old:
        toy._ipython_display_()
        assert shown[0][1]
        assert "text/html" in shown[0][0]
    else:
        with pytest.raises(NotImplementedError):
            toy._ipython_display_()


def test_notes_are_said_from_the_start():
    toy = Toy(State(), ["the data are empty"])
    assert "the data are empty" in status(toy)
    assert "the data are empty" in toy._repr_html_()

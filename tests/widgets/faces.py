"""Find the widgets of a builder, as a person finds them: by kind and by what stands beside them."""


def parts(builder, kind, label=None):
    """Return all widgets of a kind on a face, in order; with a label, only those that have it."""
    found, waiting = [], [getattr(builder, "widget", builder)]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if type(widget).__name__ == kind else []
        waiting = [*getattr(widget, "children", ()), *waiting]
    return [x for x in found if label in (None, getattr(x, "description", None))]


def part(builder, kind, label):
    """Return the widget with these words beside it, or on it."""
    (found,) = parts(builder, kind, label)
    return found


def shown(builder):
    """Return all HTML that the face shows."""
    return "".join(x.value for x in parts(builder, "HTML"))

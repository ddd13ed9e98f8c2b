"""Find the widgets of a builder, as a person finds them: by kind and by what stands beside them."""


def parts(builder, kind):
    """Return all widgets of a kind that a builder's face has, in order."""
    found, waiting = [], [getattr(builder, "widget", builder)]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if type(widget).__name__ == kind else []
        waiting = [*getattr(widget, "children", ()), *waiting]
    return found


def part(builder, kind, label):
    """Return the widget with these words beside it, or on it."""
    (found,) = [x for x in parts(builder, kind) if x.description == label]
    return found


def shown(builder):
    """Return all HTML that the face shows."""
    return "".join(x.value for x in parts(builder, "HTML"))

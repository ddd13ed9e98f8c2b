"""A person at the keyboard of a builder in JupyterLab.

How to get there: run the cell with Ctrl+Enter, which leaves the focus on the cell; Tab goes first
to the cell's own toolbar and then into the output, from one control to the next. Space presses a
button and opens a menu, in which letters and arrows choose and Enter takes. A menu that is not
open leaves letters and arrows to JupyterLab, as all menus of ipywidgets do there. Text is taken by
Enter. From a button or a menu the arrow down goes to the next cell, and Enter into it.
"""

NAME = """() => {
    const now = document.activeElement;
    const label = now.labels?.[0]?.textContent || now.getAttribute("aria-label");
    return (label || now.textContent || "").trim();
}"""
FAR = 80
"""More controls than a builder has from one field to the next."""


class Keyboard:
    """The keys that a person presses in a notebook.

    Parameters
    ----------
    notebook
        The notebook, open in a browser.
    """

    def __init__(self, notebook):
        self._notebook, self._keys = notebook, notebook.page.keyboard

    def press(self, *keys):
        """Press keys, one after the other."""
        for key in keys:
            self._keys.press(key)

    def to(self, name, key="Tab"):
        """Go to the control with this label, as Tab goes, once it is there."""
        self._notebook.page.get_by_label(name, exact=True).first.wait_for()
        passed = []
        for _ in range(FAR):
            self.press(key)
            passed.append(self._notebook.page.evaluate(NAME))
            if passed[-1] == name:
                return
        message = f"no {name!r} among {passed}"
        raise AssertionError(message)

    def choose(self, menu, letters):
        """Choose from a menu by the first letters of what stands there."""
        self.to(menu)
        self.press("Space")
        self._keys.type(letters)
        self.press("Enter")

    def write(self, field, text):
        """Write into a field instead of what is there."""
        self.to(field)
        self.press("Control+A")
        self._keys.type(text)
        self.press("Enter")

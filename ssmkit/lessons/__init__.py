"""The lessons: which there are, a copy for oneself, and the command line that opens them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={"catalogue": ["Lesson", "copy_lessons", "find_lesson", "list_lessons"]},
)

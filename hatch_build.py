"""The README as a package index shows it: with full addresses of what is in the repository."""

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


def with_addresses(text: str, repository: str, version: str) -> str:
    """Return Markdown whose pictures and links lead to a version of the repository."""
    raw = repository.replace("https://github.com/", "https://raw.githubusercontent.com/")

    def full(found: re.Match) -> str:
        picture, words, path = found.groups()
        place = f"{raw}/v{version}" if picture else f"{repository}/blob/v{version}"
        return f"{picture}[{words}]({place}/{path})"

    return LINK.sub(full, text)


class Readme(MetadataHookInterface):
    """Put the README into what a wheel says of itself."""

    def update(self, metadata: dict) -> None:
        """Add it to the metadata of the project."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        text = with_addresses(text, metadata["urls"]["Repository"], metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}

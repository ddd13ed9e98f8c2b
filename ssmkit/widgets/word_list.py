"""What the words on a page mean, folded away until they are asked for."""

from collections.abc import Sequence
from html import escape

from ssmkit.modelconfig.glossary import define, meaning


def words_of(model: str, params: Sequence[str], *terms: str) -> str:
    """Return what parameters and terms are, as HTML that unfolds.

    Parameters
    ----------
    model
        Name of the model.
    params
        Parameters of it; those of a person's own are left out.
    *terms
        Terms of the glossary.

    Returns
    -------
    str

    Examples
    --------
    >>> "<dt><strong>lapse</strong></dt>" in words_of("ddm", ["v"], "lapse")
    True
    """
    pairs = [(param, meaning(model, param).hint) for param in params]
    pairs += [(term, define(term)) for term in dict.fromkeys(terms)]
    rows = "".join(
        f'<dt><strong>{escape(word)}</strong></dt><dd style="margin:0 0 .3em 1.2em">'
        f"{escape(says)}</dd>"
        for word, says in pairs
        if says
    )
    return (
        '<details style="line-height:1.4;margin:.3em 0"><summary>What the words mean</summary>'
        f'<dl style="margin:.3em 0">{rows}</dl></details>'
    )

"""What each model is for, and what its parameters are, in words and units."""

from collections.abc import Mapping

from ssmkit.modelconfig.config import ModelConfig

MEANINGS: Mapping[str, tuple[str, str]] = {
    "v": ("drift: how fast evidence grows", "evidence per s"),
    "a": ("boundary: half the distance between the bounds", "evidence"),
    "z": ("start: its share of the way from the lower bound to the upper", "share"),
    "t": ("non-decision time: before and after the decision", "s"),
    "sv": ("how much the drift varies between trials, a standard deviation", "evidence per s"),
    "sz": ("how much the start varies between trials, either way", "evidence"),
    "st": ("how much the non-decision time varies between trials, either way", "s"),
    "theta": ("angle at which the bounds come together", "rad"),
    "g": ("leak: above 0 evidence is forgotten, below 0 it feeds itself", "per s"),
    "A": ("highest start of an accumulator", "evidence"),
    "b": ("threshold that an accumulator has to reach", "evidence"),
    "vh": ("drift of the first decision", "evidence per s"),
    "vl1": ("drift of the second decision, after the lower bound", "evidence per s"),
    "vl2": ("drift of the second decision, after the upper bound", "evidence per s"),
}
OF_MODEL: Mapping[tuple[str, str], tuple[str, str]] = {
    ("weibull", "alpha"): ("shape of the collapse: the higher, the later and steeper", "number"),
    ("weibull", "beta"): ("when the bounds collapse", "s"),
    ("exponential", "beta"): ("how long the bounds stand: at this time a third is left", "s"),
    ("levy", "alpha"): ("tail of the noise: 2 is normal, below it jumps", "number"),
}
_RACES: Mapping[str, tuple[str, str]] = {
    "a": ("boundary: the evidence that a racer has to reach", "evidence"),
    "z": ("start of all racers: its share of the boundary", "share"),
    "theta": ("angle at which the boundary comes down", "rad"),
}
USES: Mapping[str, str] = {
    "ddm": "Two choices and one process: the place to start.",
    "ddm_sdv": "When errors are slower than correct responses.",
    "full_ddm": "When errors are faster or slower than correct responses, and trials are many.",
    "angle": "When people become less careful as time goes by, at a steady pace.",
    "angle_sdv": "Collapsing bounds, and a drift that varies between trials.",
    "weibull": "When bounds collapse late or all at once, as before a deadline.",
    "exponential": "When bounds collapse at once and ever more slowly.",
    "levy": "When evidence may come in jumps.",
    "ornstein": "When early evidence counts less than late evidence, or more.",
    "ddm_seq2_no_bias": "Four choices that are made as two decisions in a row.",
    "race_no_bias_2": "Two choices that race, each with noisy evidence.",
    "race_no_bias_4": "Four choices that race, each with noisy evidence.",
    "race_no_bias_angle_2": "Two choices that race to a bound that comes closer.",
    "race_no_bias_angle_4": "Four choices that race to a bound that comes closer.",
    "lba2": "Two choices that race, each with evidence of its own.",
    "lba3": "Three choices that race.",
    "lba2_t": "Two choices that race, after a non-decision time.",
    "lba3_t": "Three choices that race, after a non-decision time.",
}


def meaning(model: str, param: str) -> tuple[str, str]:
    """Return what a parameter is, and its unit; nothing where it is a person's own.

    Examples
    --------
    >>> meaning("ddm", "t")
    ('non-decision time: before and after the decision', 's')
    >>> meaning("lba2", "v1")
    ('drift of racer 1: how fast its evidence grows', 'evidence per s')
    """
    if (model, param) in OF_MODEL:
        return OF_MODEL[model, param]
    if model.startswith("race_") and param in _RACES:
        return _RACES[param]
    if param in MEANINGS:
        return MEANINGS[param]
    if param[:1] == "v" and param[1:].isdigit():
        return f"drift of racer {param[1:]}: how fast its evidence grows", "evidence per s"
    return "", ""


def use(config: ModelConfig) -> str:
    """Return when a model is the one to take; nothing where nobody has said.

    Examples
    --------
    >>> from ssmkit.modelconfig import get_config
    >>> use(get_config("ddm"))
    'Two choices and one process: the place to start.'
    """
    return USES.get(config.name, "")

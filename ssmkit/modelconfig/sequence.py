"""Two diffusions in a row, for choices between four that have two dimensions."""

from math import inf

from ssmkit.modelconfig.box import uniform_priors
from ssmkit.modelconfig.config import Likelihood, ModelConfig

# The field's box of this model: where its networks were trained, and where the default priors lie.
_BOX = {
    "vh": (-4.0, 4.0),
    "vl1": (-4.0, 4.0),
    "vl2": (-4.0, 4.0),
    "a": (0.3, 2.5),
    "t": (0.0, 2.0),
}

DDM_SEQ2_NO_BIAS = ModelConfig(
    name="ddm_seq2_no_bias",
    description=(
        "Two diffusions in a row, both from the middle between bounds at -a and +a: the response"
        " is twice the first decision plus the second; the second has drift vl1 after the lower"
        " bound, vl2 after the upper"
    ),
    list_params=("vh", "vl1", "vl2", "a", "t"),
    choices=(0, 1, 2, 3),
    likelihoods={
        "analytical": Likelihood(
            kind="analytical",
            loglik="sequence.log_ddm_seq2_no_bias",
            survival="sequence.log_survival_ddm_seq2_no_bias",
            choice="sequence.choice_probability_ddm_seq2_no_bias",
            backend="jax",
            bounds={
                "vh": (-inf, inf),
                "vl1": (-inf, inf),
                "vl2": (-inf, inf),
                "a": (0.0, inf),
                "t": (0.0, inf),
            },
            default_priors=uniform_priors(_BOX),
        )
    },
    example={"vh": 0.8, "vl1": 0.5, "vl2": 1.1, "a": 1.0, "t": 0.3},
    box=_BOX,
    simulator="ddm_seq2_no_bias",
)

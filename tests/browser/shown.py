"""The builders as they are looked at: one of each kind, with most of its parts to be seen."""

SETUP = """import numpy as np
import ssmkit
from ssmkit.widgets import FormulaBuilder, PriorBuilder

theta = {"v": 0.8, "a": 1.2, "z": 0.5, "t": 0.3}
data = ssmkit.simulate_data("ddm", theta, size=200, random_state=1)
rng = np.random.default_rng(0)
data["x"] = rng.normal(size=200)
data["cond"] = rng.choice(["easy", "hard"], size=200)
data["participant"] = rng.integers(0, 10, size=200).astype(str)"""
FACES = {
    "model": """one = ssmkit.build(data, model="angle")
one.formula("v", "1 + x + cond").formula("a", "1 + cond").pin().fix("z", 0.5).open("v")""",
    "prior": """two = PriorBuilder("ddm", "t", data=data)
two.set(sigma=0.4).pin().set(sigma=0.7)""",
    "formula": """three = FormulaBuilder(data, "v", "1 + cond * x + (1 | participant)")
three""",
    "explorer": """four = ssmkit.explore("ddm", data)
four.pin().set(v=1.4)""",
}
CELLS = [SETUP, *FACES.values()]

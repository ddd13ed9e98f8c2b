"""What a change costs in the interactive tools of PreliZ and PyDDM, in the Python that has them.

``bench_widgets.py --peers PYTHON`` runs this file there. Nothing of ssmkit is needed.
"""

import io
import json
import time

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt  # after the choice of how to draw

TIMES = 15


def cpu(change):
    """Return the median of the milliseconds of this process that a change takes."""
    for i in range(2):
        change(i)
    found = []
    for i in range(2, 2 + TIMES):
        begun = time.process_time()
        change(i)
        found.append(1e3 * (time.process_time() - begun))
    return sorted(found)[TIMES // 2]


def shown():
    """Make the image that a notebook is sent, as its inline pictures are made."""
    plt.gcf().savefig(io.BytesIO(), format="png", bbox_inches="tight", dpi=100)
    plt.close("all")


def of_preliz():
    """Return the version, and the times of what its tools call when a control changes."""
    import preliz
    from preliz.internal.optimization import fit_to_epdf

    normal = preliz.Normal(0, 1)

    def turn(i):
        normal._parametrization(mu=0.1 * i, sigma=1.0)
        normal.plot_pdf(legend=False)
        shown()

    def interval(i):
        preliz.maxent(preliz.Gamma(), 0.2, 1.0 + 0.02 * i, 0.9)
        shown()

    def chips(i):
        counts = [1, 4, 6, 3 + i % 5, 2, 1]
        x = [0.1 * k + 0.15 for k in range(len(counts))]
        share = [count / sum(counts) for count in counts]
        mean = sum(p * v for p, v in zip(share, x, strict=True))
        sd = sum(p * (v - mean) ** 2 for p, v in zip(share, x, strict=True)) ** 0.5
        fit_to_epdf([preliz.Gamma()], x, share, mean, sd, 0.0, 1.0, {}).plot_pdf()
        shown()

    rows = {"argument of a prior": turn, "prior from an interval": interval, "chips": chips}
    return preliz.__version__, {name: cpu(change) for name, change in rows.items()}


def of_pyddm():
    """Return the version, and the time of what its notebook interface draws anew."""
    import pyddm
    from pyddm.plot import plot_fit_diagnostics

    model = pyddm.gddm(
        drift="v", bound="a", nondecision=0.3, parameters={"v": (-3, 3), "a": (0.3, 3)}
    )

    def turn(i):
        model.set_model_parameters([0.8, 1.2 + 0.02 * i])
        plot_fit_diagnostics(model=model, sample=None, conditions={}, data_dt=0.01)
        shown()

    return pyddm.__version__, {"parameter of a model": cpu(turn)}


if __name__ == "__main__":
    print(json.dumps({"PreliZ": of_preliz(), "PyDDM": of_pyddm()}))

"""Real data sets, fetched from their public homes and checked."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pandas as pd

from ssmkit._compat import cache_folder
from ssmkit.data.coding import code_responses
from ssmkit.errors import did_you_mean, refuse


@dataclass(frozen=True)
class _Source:
    url: str
    sha256: str

    @property
    def file(self) -> str:
        return self.url.rsplit("/", 1)[1]


_SOURCES = {
    "cavanagh2011": _Source(
        url="https://raw.githubusercontent.com/hddm-devs/hddm/master/hddm/examples/cavanagh_theta_nn.csv",
        sha256="52193c5a6f7a1712369dfa5d6df10007fa49d8b8d501a0cbc4a3c58046314706",
    )
}


def load_data(name: str = "cavanagh2011", *, coded: bool = False) -> pd.DataFrame:
    """Load a real data set.

    Parameters
    ----------
    name
        ``"cavanagh2011"``: 3,988 trials of 14 participants who chose the better of two options,
        with and without deep-brain stimulation. Columns: ``subj_idx``; ``stim``, the pair that was
        shown (WW, LL, WL); ``rt`` in seconds; ``response``, 1 when the better option was chosen and
        0 when not; ``theta``, frontal theta power of the trial (z-scored); ``dbs``, 1 while the
        stimulation was on; ``conf``, HC or LC for high or low conflict.
    coded
        Whether to code the responses as the models have them, 1 and -1.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    SsmkitError
        When there is no such data set, it cannot be fetched, or what came is not the file.

    Notes
    -----
    Cavanagh et al. (2011), Nature Neuroscience 14, 1462-1467, as distributed with HDDM under the
    BSD 2-clause licence. The file is fetched once and kept in the user's cache; a folder named by
    the environment variable ``SSMKIT_DATA`` is looked in first.

    Examples
    --------
    >>> load_data("cavanagh2011")["subj_idx"].nunique()  # doctest: +SKIP
    14
    """
    if name not in _SOURCES:
        refuse(
            "name",
            f"there is no data set {name!r}.{did_you_mean(name, _SOURCES)}",
            f"use one of {', '.join(map(repr, _SOURCES))}",
        )
    source = _SOURCES[name]
    data = pd.read_csv(_from_folder(source) or _from_home(name, source))
    return code_responses(data, correct=1) if coded else data


def _from_folder(source: _Source) -> Path | None:
    folder = os.environ.get("SSMKIT_DATA")
    path = Path(folder or ".") / source.file
    if not folder or not path.is_file():
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        _not_the_file(path)
    return path


def _from_home(name: str, source: _Source) -> Path:
    import pooch

    folder = cache_folder() / "data"
    try:
        found = pooch.retrieve(source.url, f"sha256:{source.sha256}", source.file, folder)
    except ValueError:
        _not_the_file(source.url)
    except OSError as error:
        refuse(
            f"load_data({name!r})",
            f"{source.url} could not be fetched ({type(error).__name__})",
            f"go online once, or put {source.file} from there into a folder and name the folder in"
            " the environment variable SSMKIT_DATA",
        )
    return Path(found)


def _not_the_file(where: Path | str) -> NoReturn:
    refuse(
        "load_data",
        f"{where} is not the published file: its SHA-256 differs",
        "fetch it again from its home, unchanged",
    )

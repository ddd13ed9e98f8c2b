"""What a person reads of a fitted model and keeps of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from ssmkit.inference.diagnosis import Diagnosis
    from ssmkit.spec import ModelSpec


class Reading:
    """The part of a model that is told, judged and kept."""

    spec: "ModelSpec"
    data: pd.DataFrame
    traces: Any
    _traces: Any

    def diagnose(self) -> "Diagnosis":
        """Say in plain words what the fit can be trusted with, and what to type next.

        Returns
        -------
        Diagnosis
            Shows itself; ``.ok`` says whether the draws can be used, ``.problems`` what was found,
            ``.table`` the estimates with R-hat and effective draws.

        Raises
        ------
        SsmkitError
            Before ``sample()``.
        """
        from ssmkit.inference.diagnosis import diagnose

        return diagnose(self.traces, self.spec, self.data)

    def report(self, format: str = "markdown") -> str:  # noqa: A002 - reads as it is typed
        """Return what a paper says of the fit: a Methods paragraph and a table of results.

        Parameters
        ----------
        format
            ``"markdown"`` or ``"latex"``.

        Returns
        -------
        str
            It says in brackets when the draws should not be used.

        Raises
        ------
        SsmkitError
            Before ``sample()``, or for another format.
        """
        from ssmkit.inference.report import report

        return report(self.traces, self.spec, self.data, format)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Save the model, its data and its traces in a folder; :meth:`HSSM.load` reads them.

        Parameters
        ----------
        folder
            A folder that is not there yet, or is empty. It is written whole or not at all.
        overwrite
            Whether a model that was saved there before may be replaced.

        Returns
        -------
        Path
            The folder, of plain files: ``spec.json``, ``data.csv`` with ``columns.json``,
            ``versions.json`` and, for a sampled model, ``traces.nc``, which
            ``arviz.from_netcdf`` reads too.

        Raises
        ------
        SsmkitError
            When something else is there, or the model has what no file can hold.
        """
        from ssmkit.inference import storage

        return storage.write(folder, self.spec, self.data, self._traces, overwrite=overwrite)

"""The spec on paper: as JSON, as Python code, and back."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssmkit.spec.model_spec import ModelSpec


class Written:
    """What a :class:`ModelSpec` can be written as and read from."""

    def to_json(self) -> str:
        """Return the spec as JSON, which :meth:`from_json` reads to an equal spec.

        Returns
        -------
        str

        Raises
        ------
        SsmkitError
            As :meth:`require_writable`.

        Examples
        --------
        >>> from ssmkit.spec import ModelSpec, Param
        >>> spec = ModelSpec("angle", params=(Param("theta", prior=0.2),))
        >>> ModelSpec.from_json(spec.to_json()) == spec
        True
        """
        from ssmkit.spec.json import to_json

        return to_json(self)

    @staticmethod
    def from_json(text: str) -> "ModelSpec":
        """Return the spec that :meth:`to_json` wrote.

        Parameters
        ----------
        text
            JSON.

        Returns
        -------
        ModelSpec

        Raises
        ------
        SsmkitError
            When the text is no such JSON, has unknown keys, or asks for what does not exist.

        Examples
        --------
        >>> from ssmkit.spec import ModelSpec
        >>> ModelSpec.from_json(ModelSpec("ddm_sdv").to_json()).model
        'ddm_sdv'
        """
        from ssmkit.spec.json import from_json

        return from_json(text)

    def to_code(self) -> str:
        """Return the call of ``HSSM`` that builds this model, in as few arguments as it needs.

        Returns
        -------
        str
            A Python expression; the data frame is called ``data``.

        Raises
        ------
        SsmkitError
            As :meth:`require_writable`.

        Examples
        --------
        >>> from ssmkit.spec import ModelSpec, Param
        >>> print(ModelSpec("angle", params=(Param("a", prior=1.5),), lapse=None).to_code())
        HSSM(data, model="angle", a=1.5, p_outlier=0)
        """
        from ssmkit.spec.code import to_code

        return to_code(self)

    @staticmethod
    def from_code(source: str) -> "ModelSpec":
        """Return the spec of the call of ``HSSM`` in Python source, without running any of it.

        Parameters
        ----------
        source
            Python with one call of ``HSSM``, whose arguments are literals, ``Prior(...)``,
            ``Param(...)``, ``Link(...)``, or columns such as ``data["x"]``.

        Returns
        -------
        ModelSpec

        Raises
        ------
        SsmkitError
            When there is no such call, or an argument is anything else.

        Examples
        --------
        >>> from ssmkit.spec import ModelSpec
        >>> spec = ModelSpec.from_code('model = ssmkit.HSSM(data, z=0.5)')
        >>> spec.asked()
        (Param("z", prior=0.5),)
        """
        from ssmkit.spec.read_code import from_code

        return from_code(source)

"""Every model as a plain mapping, under the name that users of the field know."""

from typing import Any

from ssmkit.modelconfig.registry import get_default_model_config, list_models

default_model_config: dict[str, dict[str, Any]] = {
    name: get_default_model_config(name) for name in list_models()
}
"""Model name to what :func:`~ssmkit.modelconfig.get_default_model_config` returns."""

import pytest

import ssmkit
from ssmkit.errors import SsmkitError


@pytest.fixture(scope="session")
def cavanagh():
    try:
        return ssmkit.load_data("cavanagh2011")
    except SsmkitError as error:
        if "could not be fetched" not in str(error):
            raise
        pytest.skip("the data set is not in SSMKIT_DATA, and its home cannot be reached")

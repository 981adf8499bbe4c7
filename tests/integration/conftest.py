import pytest

from runner.environments import Environments


@pytest.fixture(scope="session")
def libraries(request: pytest.FixtureRequest) -> Environments:
    """Of the process backend. They are installed once, not for each run of tests."""
    return Environments(request.config.cache.mkdir("sandbox-libraries"))

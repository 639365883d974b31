"""Settings for all tests."""

import os
from collections.abc import Callable

import pytest
from hypothesis import settings

# A slow machine is no failing law. CI tries the same examples each time, so that what it says of a change is about the
# change; a run at the desk explores new ones.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

_COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Adds a line to the counts of comparisons, which stand at the end of every run."""
    return request.config.stash.setdefault(_COUNTS, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts = config.stash.get(_COUNTS, [])
    if counts:
        terminalreporter.section("comparisons")
        for line in counts:
            terminalreporter.write_line(line)

"""One browser for all tests of pages."""

from collections.abc import Iterator

import pytest

from browser.chromium import Page, chromium


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The browser; each test opens its own page in it."""
    with chromium(tmp_path_factory.mktemp("profile")) as opened:
        yield opened

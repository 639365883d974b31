"""Numbers for people never cross a threshold on paper."""

import pytest

from mdm2screen.numerals import cut


@pytest.mark.parametrize(
    ("value", "shown"), [(0.4063, "0.4"), (0.4099, "0.4"), (0.2, "0.2"), (0.2 - 1e-16, "0.2"), (1, "1")]
)
def test_a_limit_is_cut_downwards(value: float, shown: str) -> None:
    assert cut(value) == shown

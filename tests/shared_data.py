"""Real files beside the repository; tests that need them skip where they are absent."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(name: str) -> Path:
    """A real file by its name below ``shared/data``."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"real file {name} is not here: ../shared/data is absent")
    return path

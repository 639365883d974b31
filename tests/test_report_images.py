"""The pictures of the docs: one per decision, of made patients, and each of them shown."""

import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
NAMES = ("eligible", "not-eligible", "indeterminate", "confirmed", "not-confirmed")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_screenshots", ROOT / "docs" / "make_screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pictures_show_every_answer(script: ModuleType, tmp_path: Path) -> None:
    made = dict(script.decisions(tmp_path))
    assert {name: (d.eligibility, d.central_confirmation.status) for name, d in made.items()} == {
        "eligible": ("ELIGIBLE", "REQUIRED"),
        "not-eligible": ("NOT_ELIGIBLE", "NOT_REQUIRED"),
        "indeterminate": ("INDETERMINATE", "REQUIRED"),
        "confirmed": ("ELIGIBLE", "CONFIRMED"),
        "not-confirmed": ("ELIGIBLE", "NOT_CONFIRMED"),
    }
    assert [d.warnings for d in made.values()] == [()] * len(made)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_of_the_first_screen_and_shown(script: ModuleType, name: str) -> None:
    content = (IMAGES / f"report-{name}.png").read_bytes()
    assert len(content) <= script.LARGEST
    assert ",".join(map(str, struct.unpack(">II", content[16:24]))) == script.WINDOW
    assert f"(images/report-{name}.png)" in (ROOT / "docs" / "report.md").read_text()


def test_no_picture_is_left_over() -> None:
    assert {path.name for path in IMAGES.iterdir()} == {f"report-{name}.png" for name in NAMES}

"""The page of one patient in a real browser."""

from pathlib import Path

import pytest

import run_builder as rb
import vcf_builder as vb
from browser.checks import assert_fits, assert_readable, assert_sound
from browser.chromium import Page
from mdm2screen.runs.batch import run_batch
from mdm2screen.runs.pages import file_name

KINDS = ("eligible", "mutated", "open", "bare", "central")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One patient for each kind of page: with and without numbers, pictures, and a central result."""
    folder = tmp_path_factory.mktemp("run")
    rows = [
        rb.patient_files(folder, "eligible") | {"purity": "0.8", "ploidy": "2.2"},
        rb.patient_files(folder, "mutated", "4.6", vb.record("17", *vb.R175H["GRCh37"])),
        rb.patient_files(folder, "open", "1.2"),
        {"patient": "bare", "vcf": rb.patient_files(folder, "bare")["vcf"], "build": "GRCh37"},
        rb.patient_files(folder, "central") | {"role": "local"},
        rb.patient_files(folder, "c2", "1.4") | {"patient": "central", "role": "central"},
    ]
    run_batch(rb.sheet(folder / "sheet.csv", rows), folder / "out", with_executor="serial")
    return folder / "out"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_sound_and_can_be_read(page: Page, out: Path, kind: str) -> None:
    page.open(out / "patients" / file_name(kind))
    assert_sound(page)
    assert_readable(page)
    assert_fits(page)


def test_the_answer_stands_on_the_first_screen(page: Page, out: Path) -> None:
    page.open(out / "patients" / file_name("eligible"))
    bottom = page.run("return document.querySelector('.cards').getBoundingClientRect().bottom")
    assert bottom < page.run("return innerHeight")
    assert page.run("return document.scripts.length") == 0


def test_numbers_that_are_folded_away_are_printed(page: Page, out: Path) -> None:
    page.open(out / "patients" / file_name("eligible"))
    height = "return document.querySelector('details').getBoundingClientRect().height"
    folded = page.run(height)
    page.emulate(media="print")
    assert page.run(height) > folded + 100

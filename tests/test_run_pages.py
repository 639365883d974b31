"""The pages of a run as files: one for each decision and no other, whatever happened before, and safe names."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import run_builder as rb
from mdm2screen.cli import run
from mdm2screen.reports import html
from mdm2screen.runs import pages
from mdm2screen.runs.batch import run_batch
from mdm2screen.runs.pages import file_name


def batch(sheet: Path, out: Path, *more: str) -> int:
    return run(["batch", str(sheet), "--out", str(out), "--executor", "serial", *more])


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "patients").iterdir()}


def links(out: Path) -> list[str]:
    return re.findall(r'href="(patients/[^"]+)"', (out / "report.html").read_text())


@given(st.text(min_size=1, max_size=128), st.text(min_size=1, max_size=128))
def test_names_of_files_are_safe_and_never_shared(one: str, other: str) -> None:
    for patient in (one, other):
        assert re.fullmatch(r"[A-Za-z0-9-]{1,53}\.html", file_name(patient))
        assert not file_name(patient).startswith("-")
    if one != other:
        assert file_name(one).casefold() != file_name(other).casefold()


def test_names_of_one_spelling_are_told_apart_on_every_disk() -> None:
    names = ("P1", "p1", "P 1", "P-1", "P.1", "CON", "ß", "ẞ", "\u00e9", "e\u0301")
    assert len({file_name(name).casefold() for name in names}) == len(names)
    assert file_name("P1").startswith("P1-")


def test_every_decision_has_a_page_that_the_run_leads_to(tmp_path: Path) -> None:
    sheet = rb.run(tmp_path / "run", 4)
    (tmp_path / "run" / "P0002.vcf").unlink()
    assert batch(sheet, tmp_path / "out") == 5
    names = [file_name(f"P{number:04d}") for number in (0, 1, 3)]
    assert links(tmp_path / "out") == [f"patients/{name}" for name in names]
    assert sorted(written(tmp_path / "out")) == sorted(names)
    report = (tmp_path / "out" / "report.html").read_text()
    assert "P0002.vcf" in report
    assert "input.access" in report
    assert 'href="../report.html"' in written(tmp_path / "out")[names[0]].decode()


def test_a_run_that_goes_on_completes_pages_and_removes_what_is_of_no_patient(tmp_path: Path) -> None:
    sheet, out = rb.run(tmp_path / "run", 3), tmp_path / "out"
    assert batch(sheet, out) == 0
    whole = written(out)
    (out / "patients" / file_name("P0001")).unlink()
    (out / "patients" / f".{file_name('P0002')}.part").write_text("half a pa")
    (out / "patients" / file_name("P0009")).write_text("of an earlier sheet")
    (out / "patients" / "notes.txt").write_text("mine")
    assert run_batch(sheet, out, with_executor="serial").screened == 0
    assert written(out) == whole | {"notes.txt": b"mine"}


def test_the_page_is_that_of_the_last_decision(tmp_path: Path) -> None:
    sheet, out = rb.run(tmp_path / "run", 2), tmp_path / "out"
    batch(sheet, out)
    before = written(out)[file_name("P0000")]
    rb.patient_files(tmp_path / "run", "P0000", rb.NEUTRAL)
    assert batch(sheet, out) == 0
    assert written(out)[file_name("P0000")] != before
    (tmp_path / "run" / "P0000.vcf").unlink()
    assert batch(sheet, out) == 5
    assert list(written(out)) == [file_name("P0001")]
    assert links(out) == [f"patients/{file_name('P0001')}"]


def test_parts_that_are_gathered_have_the_pages_of_one_run(tmp_path: Path) -> None:
    sheet = rb.run(tmp_path / "run", 3)
    batch(sheet, tmp_path / "whole")
    for number in range(3):
        batch(sheet, tmp_path / f"part{number}", "--only", f"P{number:04d}")
    parts = [str(tmp_path / f"part{number}") for number in (2, 0, 1)]
    assert run(["gather", *parts, "--out", str(tmp_path / "joined")]) == 0
    assert written(tmp_path / "joined") == written(tmp_path / "whole")
    assert (tmp_path / "joined" / "report.html").read_bytes() == (tmp_path / "whole" / "report.html").read_bytes()


def test_pseudonyms_stand_in_names_and_pages(tmp_path: Path) -> None:
    sheet, key = rb.run(tmp_path / "run", 2), tmp_path / "key"
    (tmp_path / "run" / "P0001.vcf").unlink()
    key.write_bytes(b"0123456789abcdef0123456789abcdef")
    assert batch(sheet, tmp_path / "out", "--pseudonymise", str(key)) == 5
    (name,) = written(tmp_path / "out")
    files = [tmp_path / "out" / "report.html", tmp_path / "out" / "patients" / name]
    assert file_name("P0000") != name
    for path in files:
        assert not re.search(r"P000[01]", path.name + path.read_text())


def test_a_fault_in_a_page_costs_no_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(html, "render", broken)
    sheet, out = rb.run(tmp_path / "run", 2), tmp_path / "out"
    assert batch(sheet, out) == 0
    assert len((out / "decisions.jsonl").read_text().splitlines()) == 2
    assert links(out) == []
    assert "P0000" in (out / "report.html").read_text()
    assert "a fault of mdm2screen in the page of a patient" in caplog.text
    assert "P0000" not in caplog.text


def test_a_folder_for_pages_that_cannot_be_one_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, out = rb.run(tmp_path / "run", 1), tmp_path / "out"
    batch(sheet, out)
    (out / "patients" / file_name("P0000")).unlink()
    (out / "patients").rmdir()
    (out / "patients").write_text("a file")
    assert batch(sheet, out) == 3
    error = capsys.readouterr().err
    assert "cannot be written" in error
    assert "make room, or check --out" in error


def test_names_of_the_module_are_those_of_the_documentation() -> None:
    text = (Path(__file__).parents[1] / "docs" / "batch.md").read_text()
    assert f"`{pages.REPORT}`" in text
    assert f"`{pages.PATIENTS}/`" in text

"""What an earlier run left in a folder never passes for what the last one was asked."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import run_builder as rb
from mdm2screen.cli import run
from mdm2screen.errors import FileAccessError
from mdm2screen.runs import batch as batch_module
from mdm2screen.runs import patient as patient_module
from mdm2screen.runs.batch import run_batch
from mdm2screen.runs.folder import RunFolder

OUTPUTS = ("decisions.jsonl", "summary.tsv", "failures.tsv", "run.json", "report.html")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return rb.run(tmp_path / "run", 4)


def run_json(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "run.json").read_text())
    return found


def decided(out: Path) -> list[tuple[str, str]]:
    lines = map(json.loads, (out / "decisions.jsonl").read_text().splitlines())
    return [(one["patient"], one["eligibility"]) for one in lines]


def neutral(sheet: Path, name: str = "P0000") -> None:
    shutil.copy(sheet.parent / "P0001.cns", sheet.parent / f"{name}.cns")


def stopping(after: int) -> Any:
    """An executor that ends so many patients and is then interrupted."""

    def outcomes(tasks: Any, settings: Any, _plan: Any) -> Iterator[Any]:
        for count, task in enumerate(tasks):
            if count == after:
                raise KeyboardInterrupt
            yield patient_module.screen_patient(task, settings)

    return outcomes


@pytest.mark.parametrize("after", [0, 1])
def test_a_run_that_stops_early_writes_nothing_that_an_earlier_one_answered_otherwise(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    out = tmp_path / "out"
    run_batch(sheet, out, with_executor="serial")
    assert decided(out)[0] == ("P0000", "ELIGIBLE")
    neutral(sheet)
    neutral(sheet, "P0003")
    way = type("Way", (), {"outcomes": staticmethod(stopping(after))})
    monkeypatch.setattr(batch_module, "executor", lambda _: way)
    with pytest.raises(KeyboardInterrupt):
        run_batch(sheet, out)
    assert run_json(out)["complete"] is False
    kept = [("P0001", "NOT_ELIGIBLE"), ("P0002", "NOT_ELIGIBLE")]
    assert decided(out) == [("P0000", "NOT_ELIGIBLE")][:after] + kept


def test_a_scheduler_that_does_not_answer_leaves_no_answer_of_another_protocol(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(sheet, out, with_executor="serial")
    assert run(["batch", str(sheet), "--out", str(out), "--protocol", "mantra-4", "--executor", "dask"]) == 2
    assert decided(out) == []
    assert (run_json(out)["complete"], run_json(out)["protocol"]["id"]) == (False, "mantra-4")


def test_while_a_run_is_on_its_way_no_earlier_answer_stands_there(sheet: Path, tmp_path: Path) -> None:
    """A run that is killed leaves no run.json that says complete."""
    out = tmp_path / "out"
    run_batch(sheet, out, with_executor="serial")
    neutral(sheet)
    seen: list[bool] = []
    run_batch(
        sheet, out, with_executor="serial", progress=lambda _: seen.append(any((out / n).exists() for n in OUTPUTS))
    )
    assert seen == [False]
    assert all((out / name).exists() for name in OUTPUTS)


def test_a_table_that_is_not_asked_for_again_goes(sheet: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    out = tmp_path / "out"
    run_batch(sheet, out, with_executor="serial", parquet=True)
    assert (out / "summary.parquet").exists()
    run_batch(sheet, out, with_executor="serial")
    assert not (out / "summary.parquet").exists()


def test_a_patient_named_twice_is_one(sheet: Path, tmp_path: Path) -> None:
    done = run_batch(sheet, tmp_path / "out", with_executor="serial", only=["P0000"] * 4)
    assert (done.summary.counts.patients, done.summary.complete) == (1, False)


def test_gather_takes_what_the_last_run_of_a_part_was_asked(sheet: Path, tmp_path: Path) -> None:
    part, out = tmp_path / "part", tmp_path / "out"
    run_batch(sheet, part, with_executor="serial", only=["P0000"])
    neutral(sheet)
    run_batch(sheet, part, with_executor="serial", only=["P0001"])
    assert run(["gather", str(part), "--out", str(out)]) == 0
    assert decided(out) == [("P0001", "NOT_ELIGIBLE")]
    assert run_json(out)["complete"] is False


def test_gather_follows_the_order_of_the_sheet_as_it_is_now(sheet: Path, tmp_path: Path) -> None:
    parts = {name: tmp_path / name for name in ("P0000", "P0001", "P0002", "P0003")}
    for name, part in parts.items():
        run_batch(sheet, part, with_executor="serial", only=[name])
    head, *rows = sheet.read_text().splitlines()
    sheet.write_text("\n".join([head, *reversed(rows)]) + "\n")
    for name, part in parts.items():
        assert run_batch(sheet, part, with_executor="serial", only=[name]).screened == 0
    assert run(["gather", *map(str, parts.values()), "--out", str(tmp_path / "joined")]) == 0
    run_batch(sheet, tmp_path / "whole", with_executor="serial")
    for name in OUTPUTS:
        assert (tmp_path / "joined" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_gather_changes_nothing_of_a_part_and_waits_for_none(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part, out = tmp_path / "part", tmp_path / "out"
    run_batch(sheet, part, with_executor="serial")
    journal = part / ".mdm2screen" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b"half a line")
    before = journal.read_bytes()
    with RunFolder(part).opened():
        journal.write_bytes(before)
        assert run(["gather", str(part), "--out", str(out)]) == 3
        assert "another run writes to this folder" in capsys.readouterr().err
    journal.write_bytes(before)
    for path in (part, *part.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert run(["gather", str(part), "--out", str(out)]) == 0
    assert journal.read_bytes() == before


def test_a_part_that_did_not_come_to_its_end_is_not_gathered(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = tmp_path / "part"
    run_batch(sheet, part, with_executor="serial")
    (part / ".mdm2screen" / "places.json").unlink()
    assert run(["gather", str(part), "--out", str(tmp_path / "out")]) == 3
    error = capsys.readouterr().err
    assert "the run did not come to its end" in error
    assert "run the same batch again" in error


def test_parts_of_two_versions_are_not_one_run(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("P0000", "P0001"):
        run_batch(sheet, tmp_path / name, with_executor="serial", only=[name])
    document = run_json(tmp_path / "P0001")
    document["software"]["version"] = "0.0"
    (tmp_path / "P0001" / "run.json").write_text(json.dumps(document))
    assert run(["gather", str(tmp_path / "P0000"), str(tmp_path / "P0001"), "--out", str(tmp_path / "out")]) == 2
    assert "another software" in capsys.readouterr().err


def test_names_of_an_earlier_run_do_not_stand_beside_pseudonyms(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(sheet, out, with_executor="serial")
    with pytest.raises(FileAccessError, match="results of an earlier run with the names of patients") as caught:
        run_batch(sheet, out, with_executor="serial", key=b"k" * 32)
    assert "--out" in str(caught.value.remedy)
    run_batch(sheet, tmp_path / "other", with_executor="serial", key=b"k" * 32)
    assert run_batch(sheet, tmp_path / "other", with_executor="serial", key=b"k" * 32).screened == 0


def test_the_text_of_a_fault_is_not_logged_under_pseudonyms(
    sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("cannot parse P0001.vcf")

    monkeypatch.setattr(patient_module, "read_sample", broken)
    run_batch(sheet, tmp_path / "out", with_executor="serial", key=b"k" * 32)
    assert "RuntimeError" in caplog.text
    assert "P0001" not in caplog.text
    run_batch(sheet, tmp_path / "plain", with_executor="serial")
    assert "cannot parse P0001.vcf" in caplog.text


@pytest.mark.parametrize(("column", "value"), [("mdm2_inhibitor", "yes"), ("role", "central")])
def test_what_is_asked_of_a_patient_is_part_of_what_must_hold(tmp_path: Path, column: str, value: str) -> None:
    rows = [rb.patient_files(tmp_path / "two", name) for name in ("A", "B")]
    (tmp_path / "two" / "B.cns").write_text((tmp_path / "two" / "B.cns").read_text() + "\n")
    both = [row | {"patient": "P", "sample": name} for row, name in zip(rows, "AB", strict=True)]
    path = rb.sheet(tmp_path / "two" / "sheet.csv", both)
    run_batch(path, tmp_path / "out", with_executor="serial")
    assert run_batch(path, tmp_path / "out", with_executor="serial").screened == 0
    changed = [{column: ""} | both[0], both[1] | {column: value}]
    if column == "mdm2_inhibitor":
        changed = [row | {column: value} for row in both]
    rb.sheet(path, changed)
    assert run_batch(path, tmp_path / "out", with_executor="serial").screened == 1


def test_a_changed_file_of_any_row_is_noticed(tmp_path: Path) -> None:
    rows = [rb.patient_files(tmp_path / "two", name) | {"patient": "P", "sample": name} for name in ("A", "B")]
    path = rb.sheet(tmp_path / "two" / "sheet.csv", rows)
    (tmp_path / "two" / "B.cns").write_text((tmp_path / "two" / "B.cns").read_text() + "\n")
    assert run_batch(path, tmp_path / "out", with_executor="serial").summary.counts.decided == 1
    (tmp_path / "two" / "B.cns").write_text((tmp_path / "two" / "B.cns").read_text() + "\n\n")
    assert run_batch(path, tmp_path / "out", with_executor="serial").screened == 1


def test_a_samplesheet_with_names_is_not_written_beside_pseudonyms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_bytes(b"k" * 32)
    (tmp_path / "run").mkdir()
    arguments = [
        "batch",
        str(tmp_path / "run"),
        "--out",
        str(tmp_path / "out"),
        "--pseudonymise",
        str(tmp_path / "key"),
    ]
    assert run(arguments) == 2
    assert "--write-samplesheet FILE" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()

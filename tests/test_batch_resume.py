"""A run goes on where it ended, however it ended: killed, interrupted, half a line written, files changed since."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import run_builder as rb
import slow_file
import vcf_builder as vb
from mdm2screen.cli import run
from mdm2screen.errors import FileAccessError
from mdm2screen.protocol import shipped_text
from mdm2screen.runs.batch import run_batch
from mdm2screen.runs.executors import Plan
from mdm2screen.runs.folder import RunFolder
from mdm2screen.runs.journal import Journal
from mdm2screen.runs.patient import Outcome

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]
PATIENTS = 6


def again(sheet: Path, out: Path, **changes: Any) -> list[str]:
    """The patients that a further run screens."""
    seen: list[Outcome] = []
    run_batch(sheet, out, with_executor="serial", progress=seen.append, **changes)
    return [outcome.patient for outcome in seen]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return rb.run(tmp_path / "run", PATIENTS)


@pytest.fixture
def out(tmp_path: Path, sheet: Path) -> Path:
    run_batch(sheet, tmp_path / "out", with_executor="serial")
    return tmp_path / "out"


def outputs(out: Path) -> dict[str, bytes]:
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and ".mdm2screen" not in path.parts]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_a_second_run_does_nothing(sheet: Path, out: Path) -> None:
    before = outputs(out)
    assert again(sheet, out) == []
    assert outputs(out) == before


def test_a_changed_file_is_screened_again(sheet: Path, out: Path) -> None:
    vb.amplified_cns(sheet.parent / "P0001.cns", rb.AMPLIFIED)
    assert again(sheet, out) == ["P0001"]
    assert json.loads((out / "decisions.jsonl").read_text().splitlines()[1])["eligibility"] == "ELIGIBLE"


def test_a_changed_target_bed_is_screened_again(tmp_path: Path) -> None:
    row = rb.patient_files(tmp_path / "run", "P1") | {"assay": "targets.bed"}
    other = rb.patient_files(tmp_path / "run", "P2")
    bed = tmp_path / "run" / "targets.bed"
    bed.write_text("17\t7571700\t7590900\n12\t69201900\t69239300\n")
    sheet = rb.sheet(tmp_path / "run" / "sheet.csv", [row, other])
    assert again(sheet, tmp_path / "out") == ["P1", "P2"]
    bed.write_text("12\t69201900\t69239300\n")
    assert again(sheet, tmp_path / "out") == ["P1"]
    assert again(sheet, tmp_path / "out") == []


def test_a_file_that_was_touched_and_a_run_that_was_moved_are_not(sheet: Path, out: Path, tmp_path: Path) -> None:
    (sheet.parent / "P0001.cns").touch()
    sheet.parent.rename(tmp_path / "moved")
    assert again(tmp_path / "moved" / sheet.name, out) == []


def test_another_option_protocol_version_and_program_screen_again(
    sheet: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.write_text(
        sheet.read_text().replace("P0002,P0002.vcf,P0002.cns,GRCh37,wes", "P0002,P0002.vcf,P0002.cns,GRCh37,wgs")
    )
    assert again(sheet, out) == ["P0002"]
    own = tmp_path / "own.toml"
    own.write_text(shipped_text("mantra-2").replace("value = 12,", "value = 11,"))
    assert len(again(sheet, out, protocol=own)) == PATIENTS
    assert again(sheet, out, protocol=own) == []
    assert len(again(sheet, out, protocol="mantra-2@2022-06")) == PATIENTS
    monkeypatch.setattr("mdm2screen.runs.batch.__version__", "9.9")
    assert len(again(sheet, out, protocol="mantra-2@2022-06")) == PATIENTS


def test_a_patient_that_left_the_sheet_leaves_the_outputs(sheet: Path, out: Path) -> None:
    sheet.write_text("".join(line for line in sheet.read_text().splitlines(keepends=True) if "P0003" not in line))
    assert again(sheet, out) == []
    assert "P0003" not in (out / "decisions.jsonl").read_text()
    assert json.loads((out / "run.json").read_text())["complete"] is True


def test_patients_in_another_order_are_written_in_the_order_of_the_sheet(sheet: Path, out: Path) -> None:
    head, *rows = sheet.read_text().splitlines(keepends=True)
    sheet.write_text("".join([head, *reversed(rows)]))
    assert again(sheet, out) == []
    names = [json.loads(line)["patient"] for line in (out / "decisions.jsonl").read_text().splitlines()]
    assert names == [f"P{number:04d}" for number in reversed(range(PATIENTS))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_journal_cut_at_any_byte_is_gone_on_with(sheet: Path, out: Path, data: st.DataObject) -> None:
    journal = out / ".mdm2screen" / "journal.jsonl"
    whole, expected = journal.read_bytes(), outputs(out)
    kept = data.draw(st.integers(0, len(whole)))
    journal.write_bytes(whole[:kept])
    complete = whole[:kept].count(b"\n")
    assert len(again(sheet, out)) == PATIENTS - complete
    assert outputs(out) == expected


def test_a_line_that_was_damaged_is_done_again_with_all_after_it(sheet: Path, out: Path) -> None:
    journal = out / ".mdm2screen" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"ELIGIBLE", b"ELIGIBLY", 1)
    journal.write_bytes(b"".join(lines))
    expected = outputs(out)
    assert again(sheet, out) == ["P0003", "P0004", "P0005"]
    assert outputs(out) == expected


@pytest.mark.parametrize("done", [0, 1, 3, 5])
def test_after_kill_9_only_what_is_missing_is_done(tmp_path: Path, sheet: Path, done: int) -> None:
    killed = tmp_path / "killed"
    process = subprocess.Popen(
        [*COMMAND, "batch", str(sheet), "--out", str(killed), "--workers", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    journal = killed / ".mdm2screen" / "journal.jsonl"
    while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < done):
        time.sleep(0.002)
    process.kill()
    process.wait(30)
    kept = journal.read_bytes().count(b"\n") if journal.exists() else 0
    assert len(again(sheet, killed)) == PATIENTS - kept
    run_batch(sheet, tmp_path / "whole", with_executor="serial")
    assert outputs(killed) == outputs(tmp_path / "whole")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("executor", ["processes", "serial"])
def test_an_interrupt_leaves_valid_outputs(tmp_path: Path, executor: str, how: signal.Signals) -> None:
    sheet = rb.run(tmp_path / "run", 40)
    rb.patient_files(tmp_path / "run", "wait")  # the last patient never comes to an end
    sheet.write_text(sheet.read_text() + "P9999,wait.vcf,wait.cns,GRCh37,wes,BLCA\n")
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*COMMAND, "batch", str(sheet), "--out", str(out), "--workers", "2", "--executor", executor],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=slow_file.environment(tmp_path / "slow", "wait.vcf"),
    )  # fmt: skip
    journal = out / ".mdm2screen" / "journal.jsonl"
    while process.poll() is None and (not journal.exists() or journal.read_bytes().count(b"\n") < 40):
        time.sleep(0.01)
    if how is signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does
    else:
        os.kill(process.pid, how)
    assert process.wait(60) == 130
    assert process.stderr is not None
    with process.stderr as stream:
        assert "mdm2screen: interrupted" in stream.read()
    document = json.loads((out / "run.json").read_text())
    assert (document["complete"], document["counts"]["decided"]) == (False, 40)
    assert len((out / "decisions.jsonl").read_text().splitlines()) == 40


def test_two_runs_do_not_write_to_one_folder(sheet: Path, out: Path) -> None:
    with RunFolder(out).opened(), pytest.raises(FileAccessError, match="another run writes to this folder") as caught:
        run_batch(sheet, out, with_executor="serial")
    assert caught.value.exit_code == 3


def test_a_folder_with_other_files_is_not_written_to(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    assert run(["batch", str(sheet), "--out", str(tmp_path / "other")]) == 3
    assert "holds files that are of no run" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["notes.txt"]
    (tmp_path / "file").write_text("")
    assert run(["batch", str(sheet), "--out", str(tmp_path / "file")]) == 3
    assert "is no folder" in capsys.readouterr().err


def test_identifiers_of_a_run_are_replaced_and_it_goes_on(tmp_path: Path, sheet: Path) -> None:
    key = b"k" * 32
    (sheet.parent / "P0004.vcf").unlink()
    first = run_batch(sheet, tmp_path / "out", key=key, plan=Plan(2))
    assert (first.summary.counts.decided, first.summary.counts.failed) == (5, 1)
    text = b"".join(outputs(tmp_path / "out").values()).decode()
    assert "P000" not in text
    assert text.count("ps-") > 5
    assert again(sheet, tmp_path / "out", key=key) == [first.summary.failures[0].patient]


def test_parts_are_gathered_to_the_same_bytes(tmp_path: Path, sheet: Path, out: Path) -> None:
    parts = []
    for number in reversed(range(PATIENTS)):
        parts.append(tmp_path / f"part{number}")
        assert (
            run(["batch", str(sheet), "--out", str(parts[-1]), "--only", f"P{number:04d}", "--executor", "serial"]) == 0
        )
        assert json.loads((parts[-1] / "run.json").read_text())["complete"] is False
    assert run(["gather", *map(str, parts), "--out", str(tmp_path / "whole")]) == 0
    assert outputs(tmp_path / "whole") == outputs(out)


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["part", "part"], "stands in", 2),
        (["part", "other"], "are of different runs: another samplesheet", 2),
        (["part", "run"], "is no folder of a run", 3),
    ],
)
def test_what_is_no_part_of_the_run_is_not_gathered(
    tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str, code: int
) -> None:
    other = rb.run(tmp_path / "run2", 1)
    run_batch(sheet, tmp_path / "part", with_executor="serial", only=["P0000"])
    run_batch(other, tmp_path / "other", with_executor="serial")
    assert run(["gather", *(str(tmp_path / name) for name in arguments), "--out", str(tmp_path / "whole")]) == code
    assert message in capsys.readouterr().err


def test_a_journal_gives_back_what_was_added(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    for number, line in enumerate(("one\n", "two\n", None)):
        journal.add(Outcome(number, f"P{number % 2}", line, None, (("a.vcf", "f" * 64),)), "asked")
    journal.close()
    again_ = Journal(tmp_path / "j")
    again_.load()
    assert [(one.patient, one.line) for one in again_.entries(iter(["P1", "P0", "P7"]))] == [
        ("P1", "two\n"),
        ("P0", None),
    ]
    found = again_.entry("P1")
    assert found is not None
    assert (found.place, found.request, found.files) == (1, "asked", (("a.vcf", "f" * 64),))

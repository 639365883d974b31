"""A run: outputs, faults, resume after every kind of end, the same bytes in every executor."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import run_builder as rb
import slow_file
import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.cli import run
from mdm2screen.reports import json_report, json_schemas
from mdm2screen.results import Eligibility
from mdm2screen.runs.batch import run_batch, screen_run
from mdm2screen.runs.patient import Outcome

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]
OUTPUTS = ("decisions.jsonl", "summary.tsv", "failures.tsv", "run.json", "report.html")


def batch(sheet: Path, out: Path, *more: str) -> int:
    return run(["batch", str(sheet), "--out", str(out), "--workers", "2", *more])


def decisions(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "decisions.jsonl").read_text().splitlines()]


def outputs(out: Path) -> dict[str, bytes]:
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and ".mdm2screen" not in path.parts]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_every_patient_is_decided_in_the_order_of_the_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = rb.run(tmp_path / "run")
    assert batch(sheet, tmp_path / "out") == 0
    found = decisions(tmp_path / "out")
    assert [one["patient"] for one in found] == [f"P{number:04d}" for number in range(6)]
    validator = Draft202012Validator(json_schemas.schema())
    assert not [error for one in found for error in validator.iter_errors(one)]
    assert [one["eligibility"] for one in found] == [
        "ELIGIBLE", "NOT_ELIGIBLE", "NOT_ELIGIBLE", "ELIGIBLE", "NOT_ELIGIBLE", "NOT_ELIGIBLE",
    ]  # fmt: skip
    rows = [line.split("\t") for line in (tmp_path / "out" / "summary.tsv").read_text().splitlines()]
    assert [row[0] for row in rows] == ["patient", *(one["patient"] for one in found)]
    document = json.loads((tmp_path / "out" / "run.json").read_text())
    assert document["complete"] is True
    assert document["counts"]["eligibility"] == {"ELIGIBLE": 2, "NOT_ELIGIBLE": 4, "INDETERMINATE": 0}
    page = capsys.readouterr()
    assert "6 patients screened, 0 kept from before" in page.out
    assert "6 of 6 done" in page.err


def test_a_decision_of_a_run_is_that_of_check(tmp_path: Path) -> None:
    sheet = rb.run(tmp_path / "run", 1)
    batch(sheet, tmp_path / "out")
    alone = screen(
        tmp_path / "run" / "P0000.vcf", cn=tmp_path / "run" / "P0000.cns", build="GRCh37", assay="wes",
        diagnosis="BLCA", patient="P0000",
    )  # fmt: skip
    assert (tmp_path / "out" / "decisions.jsonl").read_text() == json_report.line(alone)


def test_local_and_central_samples_of_a_patient_are_joined(tmp_path: Path) -> None:
    local, central = (rb.patient_files(tmp_path, name) for name in ("L", "C"))
    rows = [local | {"patient": "P1"}, central | {"patient": "P1", "role": "central"}]
    (tmp_path / "C.cns").write_text((tmp_path / "C.cns").read_text() + "\n")
    assert batch(rb.sheet(tmp_path / "sheet.csv", rows), tmp_path / "out") == 0
    (decision,) = decisions(tmp_path / "out")
    assert decision["central_confirmation"]["status"] == "CONFIRMED"


def test_all_executors_and_numbers_of_workers_give_the_same_bytes(tmp_path: Path) -> None:
    sheet = rb.run(tmp_path / "run", 7)
    ways = (["--executor", "serial"], ["--workers", "1"], ["--workers", "3"])
    found = []
    for number, way in enumerate(ways):
        out = tmp_path / f"out{number}"
        assert run(["batch", str(sheet), "--out", str(out), *way]) == 0
        found.append(outputs(out))
    assert found[0] == found[1] == found[2]
    assert set(OUTPUTS) < set(found[0])
    assert sum(name.startswith("patients/") for name in found[0]) == 7


def test_a_dask_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    sheet = rb.run(tmp_path / "run", 5)
    (tmp_path / "run" / "P0003.vcf").unlink()
    assert batch(sheet, tmp_path / "here") == 5
    script = tmp_path / "cluster.py"
    script.write_text(
        "import sys\n"
        "from distributed import LocalCluster\n"
        "from mdm2screen.cli import run\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:\n"
        "        given = [*sys.argv[1:], '--executor', 'dask', '--scheduler', cluster.scheduler_address]\n"
        "        sys.exit(run(given))\n"
    )
    given = ["batch", str(sheet), "--out", str(tmp_path / "there")]
    done = subprocess.run([sys.executable, str(script), *given], capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    assert outputs(tmp_path / "here") == outputs(tmp_path / "there")
    assert distributed.__version__


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--executor", "dask"], "--executor dask needs a scheduler"),
        (["--executor", "cloud"], "there is no executor 'cloud'"),
        (["--only", "P9"], "no patient is called P9"),
    ],
)
def test_wrong_usage_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    sheet = rb.run(tmp_path / "run", 1)
    assert run(["batch", str(sheet), "--out", str(tmp_path / "out"), *options]) == 2
    assert message in capsys.readouterr().err


def test_ninety_six_patients_of_whom_five_are_broken(tmp_path: Path) -> None:
    """Truncated VCF, missing file, wrong build, unreadable copy number, and a worker that is killed."""
    folder = tmp_path / "run"
    sheet = rb.run(folder, 96)
    whole = {name: (folder / name).read_bytes() for name in ("P0010.vcf", "P0020.vcf", "P0030.vcf", "P0040.cns")}
    (folder / "P0010.vcf").write_bytes(whole["P0010.vcf"][:-20].rpartition(b"\n")[0] + b"\n17\t75")
    (folder / "P0020.vcf").unlink()
    (folder / "P0030.vcf").write_bytes(whole["P0030.vcf"].replace(b"133851895", b"133275309"))
    (folder / "P0040.cns").write_bytes(b"\x00\x01\x02 no table")
    out, slow = tmp_path / "out", tmp_path / "slow"
    process = subprocess.Popen(
        [*COMMAND, "batch", str(sheet), "--out", str(out), "--workers", "2"], stdout=subprocess.DEVNULL, text=True,
        env=slow_file.environment(slow, "P0050.vcf"),
    )  # fmt: skip
    journal = out / ".mdm2screen" / "journal.jsonl"
    wait_for(lambda: journal.exists() and len(journal.read_bytes().splitlines()) == 95, process)
    (stuck,) = slow_file.readers(slow)  # a worker waits here for ever, until it is killed
    os.kill(stuck, signal.SIGKILL)
    assert process.wait(60) == 5
    assert len(decisions(out)) == 91
    failed = {line.split("\t")[0]: line.split("\t") for line in (out / "failures.tsv").read_text().splitlines()[1:]}
    assert {name: cells[2] for name, cells in failed.items()} == {
        "P0010": "input.malformed",
        "P0020": "input.access",
        "P0030": "input.build",
        "P0040": "input.unknown_format",
        "P0050": "worker_died",
    }
    assert failed["P0020"][1] == "P0020.vcf"
    assert "stopped by SIGKILL" in failed["P0050"][3]
    for name, content in whole.items():
        (folder / name).write_bytes(content)
    seen: list[Outcome] = []
    again = run_batch(sheet, out, progress=seen.append)
    assert sorted(one.patient for one in seen) == ["P0010", "P0020", "P0030", "P0040", "P0050"]
    assert (again.screened, again.kept, again.summary.counts.failed) == (5, 91, 0)
    assert run_batch(sheet, tmp_path / "fresh").summary == again.summary
    assert outputs(out) == outputs(tmp_path / "fresh")


def wait_for(done: Any, process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if done():
            return
        assert process.poll() is None, "the run ended by itself"
        time.sleep(0.05)
    raise AssertionError("it never came")


def sarek(folder: Path) -> Path:
    """The output of a pair as nf-core/sarek lays it out, with a file that nobody's row takes."""
    calls = folder / "variant_calling"
    vcf = calls / "mutect2" / "T1_vs_N1" / "T1_vs_N1.mutect2.filtered.vcf"
    table, germline = calls / "cnvkit" / "T1_vs_N1" / "T1.cns", calls / "haplotypecaller" / "N1" / "N1.vcf.gz"
    for path in (vcf, table, germline):
        path.parent.mkdir(parents=True)
    vb.vcf(vcf, vb.record("17", 7579472, "G", "C"))
    vb.amplified_cns(table)
    vb.bgzf(germline, vcf.read_bytes())
    packed = vcf.with_name(f"{vcf.name}.gz")
    vb.bgzf(packed, vcf.read_bytes())
    vcf.unlink()
    return folder


def test_the_folder_of_a_pipeline_is_screened_by_a_sheet_that_stands_beside_the_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sarek(tmp_path / "sarek")
    assert batch(folder, tmp_path / "out", "--build", "GRCh37", "--assay", "wes") == 0
    error = capsys.readouterr().err
    assert "not assigned: " in error
    assert "N1.vcf.gz" in error
    (decision,) = decisions(tmp_path / "out")
    assert decision["molecular"] == "ELIGIBLE"
    sheet = tmp_path / "out" / "samplesheet.csv"
    assert batch(sheet, tmp_path / "out", "--build", "GRCh37", "--assay", "wes") == 0
    assert "0 patients screened, 1 kept" in capsys.readouterr().out
    sheet.write_text(sheet.read_text() + "\n")
    assert batch(folder, tmp_path / "out") == 2
    assert "is there already, and is not what would be written" in capsys.readouterr().err


def test_a_proposed_sheet_is_written_and_nothing_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, sheet = sarek(tmp_path / "sarek"), tmp_path / "sheet.csv"
    assert run(["batch", str(folder), "--write-samplesheet", str(sheet)]) == 0
    assert capsys.readouterr().out == ""
    assert batch(sheet, tmp_path / "out", "--build", "hg19") == 0
    for arguments, message in (
        ([str(sheet), "--write-samplesheet", "x.csv"], "is no folder"),
        ([str(sheet)], "--out is missing"),
        ([str(sheet), "--out", str(tmp_path / "x"), "--build", "hg17"], "row 2, build: hg17 is not known"),
    ):
        assert run(["batch", *arguments]) in (2, 3)
        assert message in capsys.readouterr().err


def test_defaults_of_a_run_fill_what_rows_leave_open(tmp_path: Path) -> None:
    rows = [rb.patient_files(tmp_path, name) for name in "AB"]
    rows[1] |= {"assay": "wgs"}
    del rows[0]["assay"]
    sheet = rb.sheet(tmp_path / "s.csv", rows)
    assert batch(sheet, tmp_path / "out", "--assay", "wes") == 0
    found = [one["tp53"]["callability"]["assay"] for one in decisions(tmp_path / "out")]
    assert found == ["wes", "wgs"]


def test_multiqc_content_has_its_structure(tmp_path: Path) -> None:
    """The layout of MultiQC's custom content: an identifier, a plot type, data by sample."""
    batch(rb.run(tmp_path / "run", 3), tmp_path / "out")
    general, section = (
        json.loads((tmp_path / "out" / "multiqc" / f"{name}_mqc.json").read_text())
        for name in ("mdm2screen_general", "mdm2screen")
    )
    assert (general["plot_type"], section["plot_type"]) == ("generalstats", "table")
    assert {name for column in general["pconfig"] for name in column} == {"molecular", "mdm2_copies"}
    assert set(general["data"]) == set(section["data"]) == {"P0000", "P0001", "P0002"}
    assert all(set(row) == set(section["headers"]) for row in section["data"].values())
    assert section["data"]["P0000"]["mdm2"] == "MET"


def test_a_run_with_too_many_eligible_patients_is_pointed_out(tmp_path: Path) -> None:
    done = run_batch(rb.run(tmp_path / "run", 3), tmp_path / "out", with_executor="serial")
    (warning,) = done.summary.warnings
    assert warning.startswith(
        "1 of 3 patients (33.3%) are molecularly eligible; of unselected solid tumors 1.1 to 1.22%"
    )
    other = run_batch(rb.run(tmp_path / "run", 3), tmp_path / "out2", with_executor="serial", protocol="brightline-2")
    assert other.summary.warnings == ()


def test_parquet_holds_what_the_table_holds(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    batch(rb.run(tmp_path / "run", 3), tmp_path / "out", "--parquet")
    parquet = pandas.read_parquet(tmp_path / "out" / "summary.parquet")
    table = pandas.read_csv(tmp_path / "out" / "summary.tsv", sep="\t")
    assert parquet["patient"].tolist() == table["patient"].tolist()
    assert parquet["mdm2_copies_low"].tolist() == table["mdm2_copies_low"].tolist()


def test_results_come_one_by_one_and_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = rb.run(tmp_path / "run", 3)
    (tmp_path / "run" / "P0001.vcf").unlink()
    found = screen_run(sheet, with_executor="serial")
    first = next(found)
    assert first.decision is not None
    assert (first.patient, first.decision.eligibility) == ("P0000", Eligibility.ELIGIBLE)
    second, third = found
    assert second.decision is None
    assert second.failure is not None
    assert (second.failure.code, third.failure) == ("input.access", None)
    assert capsys.readouterr() == ("", "")


def test_cells_a_spreadsheet_would_run_are_neutral_in_all_tables(tmp_path: Path) -> None:
    rows = [rb.patient_files(tmp_path, name) for name in "AB"]
    rows[0]["patient"], rows[1]["patient"] = "=1+1", "@cmd"
    rows[1]["vcf"] = "=lost.vcf"
    assert batch(rb.sheet(tmp_path / "s.csv", rows), tmp_path / "out") == 5
    for name in ("summary.tsv", "failures.tsv"):
        cells = [cell for line in (tmp_path / "out" / name).read_text().splitlines() for cell in line.split("\t")]
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert decisions(tmp_path / "out")[0]["patient"] == "=1+1"


def test_the_run_fits_its_published_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "run"]) == 0
    text = capsys.readouterr().out
    assert text == (Path(__file__).parents[1] / "schema" / "run-1.0.json").read_text()
    sheet = rb.run(tmp_path / "run", 2)
    (tmp_path / "run" / "P0001.vcf").unlink()
    assert batch(sheet, tmp_path / "out") == 5
    Draft202012Validator(json.loads(text)).validate(json.loads((tmp_path / "out" / "run.json").read_text()))


def test_on_a_terminal_a_bar_shows_rate_and_time_left(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    sheet = rb.run(tmp_path / "run", 3)
    given = ["batch", str(sheet), "--out", str(tmp_path / "out"), "--executor", "serial"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run([*COMMAND, *given], stdout=subprocess.DEVNULL, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode(errors="replace")
    os.close(ours)
    assert done.returncode == 0
    for words in ("screening", "3/3", "a second", "0:00:0"):
        assert words in shown
    assert "P000" not in shown

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
from mdm2screen import screen
from mdm2screen.cli import run
from mdm2screen.reports import json_report
from mdm2screen.runs.batch import run_batch
from mdm2screen.runs.patient import Outcome

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]
OUTPUTS = ("decisions.jsonl", "summary.tsv", "failures.tsv", "run.json")


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
    validator = Draft202012Validator(json_report.schema())
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


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to find the worker that has a file")
def test_ninety_six_patients_of_whom_five_are_broken(tmp_path: Path) -> None:
    """Truncated VCF, missing file, wrong build, unreadable copy number, and a worker that is killed."""
    folder = tmp_path / "run"
    sheet = rb.run(folder, 96)
    whole = {
        name: (folder / name).read_bytes() for name in ("P0010.vcf", "P0020.vcf", "P0030.vcf", "P0040.cns", "P0050.vcf")
    }
    (folder / "P0010.vcf").write_bytes(whole["P0010.vcf"][:-20].rpartition(b"\n")[0] + b"\n17\t75")
    (folder / "P0020.vcf").unlink()
    (folder / "P0030.vcf").write_bytes(whole["P0030.vcf"].replace(b"133851895", b"133275309"))
    (folder / "P0040.cns").write_bytes(b"\x00\x01\x02 no table")
    (folder / "P0050.vcf").unlink()
    os.mkfifo(folder / "P0050.vcf")  # a worker waits here for ever, until it is killed
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*COMMAND, "batch", str(sheet), "--out", str(out), "--workers", "2"], stdout=subprocess.DEVNULL, text=True
    )
    journal = out / ".mdm2screen" / "journal.jsonl"
    wait_for(lambda: journal.exists() and len(journal.read_bytes().splitlines()) == 95, process)
    writer = os.open(folder / "P0050.vcf", os.O_WRONLY | os.O_NONBLOCK)  # now it has the file open and waits for bytes
    wait_for(lambda: holders(folder / "P0050.vcf"), process)
    (stuck,) = holders(folder / "P0050.vcf")
    os.kill(stuck, signal.SIGKILL)
    os.close(writer)
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
    (folder / "P0050.vcf").unlink()
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


def holders(path: Path) -> list[int]:
    """Other processes that have a file open."""
    found = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(link.readlink() == path for link in folder.iterdir()):
                found.append(int(folder.parent.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]

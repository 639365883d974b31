"""Patients a second of ``batch`` with one and two workers, its memory as the run grows, and bcftools beside it.

Usage: python benchmarks/batch.py [--patients 1000] [--panels 100] [--folder FOLDER]. Made patients, with a copy-number
table each: ``--patients`` of them with a VCF of two records, ``--panels`` of them with one of 50,000 (BGZF, without and
with its index). With ``--folder`` the made panel is kept for the next time.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import made_files
from once import TP53_AND_MDM2
from timing import run

import run_builder
import vcf_builder as vb

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]
_MIB = 1 << 20
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, kibibytes on Linux


def screened(sheet: Path, out: Path, workers: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB, of the main process) of one run in a fresh folder."""
    shutil.rmtree(out, ignore_errors=True)
    done = run([*COMMAND, "batch", str(sheet), "--out", str(out), "--workers", str(workers)])
    failures = (out / "failures.tsv").read_text(encoding="utf-8").splitlines()[1:]
    if failures:
        raise SystemExit(f"no decision of {len(failures)} patients; the first: {failures[0]}")
    return done.wall, done.peak


def peer(vcfs: Sequence[Path], places: str) -> float | None:
    """Seconds of one ``bcftools view -r`` a patient, one after the other; ``None`` where bcftools is not there."""
    if shutil.which("bcftools") is None:
        return None
    began = time.perf_counter()
    for vcf in vcfs:
        run(["bcftools", "view", "-r", places, str(vcf), "-o", os.devnull])
    return time.perf_counter() - began


def packed(folder: Path) -> list[Path]:
    """The VCFs of a run, packed and indexed for bcftools."""
    found = []
    for vcf in sorted(folder.glob("*.vcf")) if shutil.which("bcftools") else ():
        found.append(vcf.with_suffix(".vcf.gz"))
        subprocess.run(
            ["bcftools", "view", "-Oz", "-o", str(found[-1]), str(vcf)], check=True, stderr=subprocess.DEVNULL
        )
        subprocess.run(["bcftools", "index", "-t", str(found[-1])], check=True)
    return found


def panels(folder: Path, vcf: Path, patients: int) -> Path:
    """A samplesheet of patients whose VCF is this one under their own name, with its index where it has one."""
    folder.mkdir(parents=True)
    index = vcf.with_name(vcf.name + ".tbi")
    rows = []
    for number in range(patients):
        name = f"P{number:04d}"
        own = folder / f"{name}.vcf.gz"
        own.hardlink_to(vcf)
        if index.exists():
            own.with_name(own.name + index.suffix).hardlink_to(index)
        cns = vb.amplified_cns(folder / f"{name}.cns", run_builder.AMPLIFIED)
        rows.append(
            {"patient": name, "vcf": own.name, "cn": cns.name, "build": "GRCh38", "diagnosis": "BLCA", "assay": "wes"}
        )
    return run_builder.sheet(folder / "samplesheet.csv", rows)


def tiny(folder: Path, patients: int) -> None:
    """Patients with a VCF of two records: what a patient costs beside reading."""
    runs = {number: run_builder.run(folder / str(number), number) for number in (patients // 10, patients)}
    print(f"{'patients':>9} {'workers':>8} {'seconds':>8} {'a second':>9} {'peak MiB':>9}")
    for workers in (1, 2):
        for number, sheet in runs.items():
            seconds, memory = screened(sheet, folder / "out", workers)
            print(f"{number:>9} {workers:>8} {seconds:>8.1f} {number / seconds:>9.1f} {memory:>9.0f}")
    some = min(patients, 100)
    few = run_builder.run(folder / "peer", some)
    seconds, _ = screened(few, folder / "out", 2)
    loop = peer(packed(few.parent), "12:69201958-69239324,17:7571720-7590868")
    if loop is not None:
        print(f"{some} patients, 2 workers, against {some} bcftools view -r: {seconds / loop:.2f} ({loop:.1f} s)")


def of_panels(folder: Path, files: dict[str, Path], patients: int) -> None:
    """Patients with a VCF of 50,000 records each, against bcftools on the same with an index."""
    sheets = {
        "BGZF without index": panels(folder / "bgzf", files["bgzf"], patients),
        "BGZF with index": panels(folder / "indexed", files["indexed"], patients),
    }
    loop = peer(sorted((folder / "indexed").glob("*.vcf.gz")), TP53_AND_MDM2)
    print(f"\n{patients} panels of {made_files.SIZES['panel']:,} records", end="")
    print("" if loop is None else f"; a loop of bcftools view -r takes {loop:.2f} s")
    print(f"{'':<20} {'workers':>8} {'seconds':>8} {'a second':>9} {'peak MiB':>9} {'against bcftools':>17}")
    for name, sheet in sheets.items():
        for workers in (1, 2):
            seconds, memory = screened(sheet, folder / "out", workers)
            against = "" if loop is None else f"{seconds / loop:.2f}"
            print(f"{name:<20} {workers:>8} {seconds:>8.2f} {patients / seconds:>9.1f} {memory:>9.0f} {against:>17}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=int, default=1000)
    parser.add_argument("--panels", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where the made panel is kept; on the same disk as the run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        if asked.patients:
            tiny(Path(place) / "tiny", asked.patients)
        if asked.panels:
            of_panels(Path(place) / "panels", made_files.make(asked.folder or Path(place), "panel"), asked.panels)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_UNIT / _MIB
    print(f"no process took more than {children:.0f} MiB")


if __name__ == "__main__":
    main()

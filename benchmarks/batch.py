"""Patients a second of ``batch`` with one and two workers, and its memory as the run grows.

Usage: python benchmarks/batch.py [--patients 1000]. Made patients: a small VCF and a copy-number table each.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import run_builder

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]
_MIB = 1 << 20
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, kibibytes on Linux


def screened(sheet: Path, out: Path, workers: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB, of the main process) of one run in a fresh folder."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.perf_counter()
    given = ["batch", str(sheet), "--out", str(out), "--workers", str(workers)]
    process = subprocess.Popen([*COMMAND, *given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"batch ended with {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss * _MAXRSS_UNIT / _MIB


def peer(folder: Path) -> float | None:
    """Seconds of one ``bcftools view -r`` a patient, one after the other; ``None`` where bcftools is not there."""
    if shutil.which("bcftools") is None:
        return None
    packed = []
    for vcf in sorted(folder.glob("*.vcf")):
        packed.append(vcf.with_suffix(".vcf.gz"))
        subprocess.run(
            ["bcftools", "view", "-Oz", "-o", str(packed[-1]), str(vcf)], check=True, stderr=subprocess.DEVNULL
        )
        subprocess.run(["bcftools", "index", "-t", str(packed[-1])], check=True)
    began = time.perf_counter()
    for vcf in packed:
        given = ["bcftools", "view", "-r", "12:69201958-69239324,17:7571720-7590868", str(vcf)]
        subprocess.run(given, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=1000)
    patients = parser.parse_args().patients
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        runs = {number: run_builder.run(folder / str(number), number) for number in (patients // 10, patients)}
        print(f"{'patients':>9} {'workers':>8} {'seconds':>8} {'a second':>9} {'peak MiB':>9}")
        for workers in (1, 2):
            for number, sheet in runs.items():
                seconds, memory = screened(sheet, folder / "out", workers)
                print(f"{number:>9} {workers:>8} {seconds:>8.1f} {number / seconds:>9.1f} {memory:>9.0f}")
        some = min(patients, 100)
        few = run_builder.run(folder / "peer", some)
        seconds, _ = screened(few, folder / "out", 2)
        loop = peer(few.parent)
        if loop is not None:
            print(f"{some} patients, 2 workers, against {some} bcftools view -r: {seconds / loop:.2f} ({loop:.1f} s)")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_UNIT / _MIB
    print(f"no process took more than {children:.0f} MiB")


if __name__ == "__main__":
    main()

"""Made runs: samplesheets with files of their own for each patient."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import vcf_builder as vb

AMPLIFIED, NEUTRAL = "4.6", "0.1"
"""log2 ratios: amplified at every purity and ploidy, and at none."""


def patient_files(folder: Path, name: str, log2: str = AMPLIFIED, *records: str) -> dict[str, str]:
    """A VCF and a CNVkit table of one patient, as cells of a sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    vcf = vb.vcf(folder / f"{name}.vcf", *(records or [vb.record("17", 7579472, "G", "C", id_=name)]))
    cns = vb.amplified_cns(folder / f"{name}.cns", log2)
    return {"patient": name, "vcf": vcf.name, "cn": cns.name, "build": "GRCh37", "assay": "wes", "diagnosis": "BLCA"}


def sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """A samplesheet with the columns that any row has."""
    rows = list(rows)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(folder: Path, patients: int = 6) -> Path:
    """A run of so many patients, every third one amplified, every fifth with a mutated TP53."""
    rows = []
    for number in range(patients):
        mutated = [vb.record("17", *vb.R175H["GRCh37"])] if number % 5 == 4 else []
        rows.append(patient_files(folder, f"P{number:04d}", AMPLIFIED if number % 3 == 0 else NEUTRAL, *mutated))
    return sheet(folder / "samplesheet.csv", rows)

"""Tissue and plasma of one tumor beside each other: a purity holds for the specimen it was stated of, and no other."""

from pathlib import Path

import pytest

from mdm2screen import screen
from mdm2screen.decision import Decision
from mdm2screen.records import Specimen
from mdm2screen.results import Status

VENDOR = Path(__file__).parents[1] / "test_data" / "vendor"
MADE = Path(__file__).parents[1] / "test_data" / "cn"
SEGMENTS = (
    "chromosome\tstart\tend\tgene\tlog2\tdepth\tprobes\tweight\nchr12\t68990000\t69660000\tMDM2\t1.3\t900\t42\t30\n"
)


def mdm2(decision: Decision) -> Status:
    return decision.calls[0].status


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in (*decision.warnings, *decision.calls[0].reasons)]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def foundation(folder: Path, *, test: str, purity: int) -> Path:
    """A report with a purity and without MDM2."""
    text = (VENDOR / "TUMOR_1.foundation.xml").read_text(encoding="utf-8")
    for old, new in (("FoundationOneDx", test), ('"35.5"', f'"{purity}"'), ('gene="MDM2"', 'gene="EGFR"')):
        assert old in text
        text = text.replace(old, new)
    return written(folder, "report.xml", text)


@pytest.fixture
def plasma(tmp_path: Path) -> Path:
    """A plasma table with 4.2 copies of MDM2: 13 copies, were a fifth of the DNA of the tumor."""
    return written(tmp_path, "CNAs.tsv", "gene\tchrom\tcopy_number\nMDM2\tchr12\t4.2\n")


def test_the_purity_of_a_tissue_report_does_not_correct_a_plasma_table(plasma: Path, tmp_path: Path) -> None:
    decision = screen(plasma, foundation(tmp_path, test="FoundationOneDx", purity=20))
    assert mdm2(decision) is Status.INDETERMINATE
    assert "S005" in codes(decision)
    assert any("--specimen plasma" in step for step in decision.to_resolve)


@pytest.mark.parametrize(
    ("specimen", "status"),
    [(None, Status.INDETERMINATE), ("tissue", Status.INDETERMINATE), ("plasma", Status.MET)],
)
def test_a_stated_purity_is_that_of_the_specimen_screened(plasma: Path, specimen: str | None, status: Status) -> None:
    assert mdm2(screen(plasma, purity=0.2, specimen=specimen)) is status


def test_the_tumor_fraction_of_a_plasma_report_does_not_correct_tissue(tmp_path: Path) -> None:
    """A log2 of 1.3 is 17 copies at the 0.2 of the plasma, and 5.7 at the 0.8 that the tissue may have."""
    table = written(tmp_path, "TUMOR_1.cns", SEGMENTS)
    decision = screen(table, foundation(tmp_path, test="FoundationOneLiquidDx", purity=20), build="GRCh37")
    assert mdm2(decision) is Status.INDETERMINATE
    assert decision.mdm2 is not None
    assert decision.mdm2.purity is None
    (said,) = (r.message for r in decision.warnings if r.code == "S005")
    assert said == "report.xml states a purity of plasma, which is not what is screened: it is not used"
    assert mdm2(screen(table, build="GRCh37", purity=0.2, ploidy=2)) is Status.MET


def test_a_tissue_purity_does_not_delete_tp53_in_plasma(tmp_path: Path) -> None:
    """A fold change of 0.4 would be no copy at a purity of 0.6."""
    table = written(tmp_path, "x.cnv.fc.txt", "Sample\tGene\tStatus\tFoldChange\nTUMOR_1\tTP53\tDEL\t0.4\n")
    alone = screen(table, purity=0.6, specimen="plasma")
    beside = screen(table, purity=0.6)
    assert "T015" in [reason.code for reason in alone.calls[1].reasons]
    assert "T015" not in [reason.code for reason in beside.calls[1].reasons]


def test_tissue_and_plasma_beside_each_other_keep_what_each_says(plasma: Path, tmp_path: Path) -> None:
    """Tissue is certain; the plasma table, the least it can be, does not contradict it."""
    tissue = written(tmp_path, "TUMOR_1.cns", SEGMENTS)
    decision = screen(tissue, plasma, purity=0.2, ploidy=2, build="GRCh37")
    assert mdm2(decision) is Status.MET
    assert decision.mdm2 is not None
    assert [s.interval.low for s in decision.mdm2.sources if s.interval and s.file == "CNAs.tsv"] == [4.2]
    turned = screen(plasma, tissue, purity=0.2, ploidy=2, build="GRCh37")
    assert decision.samples[0].evidence == turned.samples[0].evidence
    named_by_order = {"inputs": decision.inputs, "patient": decision.patient, "samples": decision.samples}
    assert decision == turned.model_copy(update=named_by_order)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vendor/TUMOR_1_CNAs.tsv", Specimen.PLASMA),
        ("vendor/TUMOR_1.cnv.fc.txt", Specimen.PLASMA),
        ("vendor/TUMOR_1.foundation.xml", Specimen.TISSUE),
        ("vendor/TUMOR_1_CombinedVariantOutput.tsv", None),
        ("vendor/TUMOR_1.tempus.json", None),
        ("cn/TUMOR_1.ichor.params.txt", Specimen.PLASMA),
        ("cn/TUMOR_1.purple.purity.tsv", None),
    ],
)
def test_what_a_file_says_it_is_of(name: str, said: Specimen | None) -> None:
    from mdm2screen.readers import read
    from mdm2screen.readers.contract import Options

    assert read(MADE.parent / name, Options()).specimen is said

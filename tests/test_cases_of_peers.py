"""Cases in which other systems were seen to answer wrongly, one test for each that speaks of TP53."""

from pathlib import Path
from typing import Any

import pytest

import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.decision import Decision
from mdm2screen.errors import ReferenceMismatchError
from mdm2screen.genes import tp53_exons
from mdm2screen.records import Build
from mdm2screen.results import CallSummary, Status

P72R = (7579472, "G", "C")
EXON_5 = next(exon for exon in tp53_exons() if exon.number == 5)


def check(*files: Path, **options: Any) -> Decision:
    return screen(*files, build="GRCh37", **options)


def tp53(decision: Decision) -> CallSummary:
    return next(call for call in decision.calls if call.criterion == "tp53_wild_type")


def codes(decision: Decision) -> set[str]:
    return {reason.code for reason in tp53(decision).reasons}


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A tumor's VCF with a polymorphism alone, GRCh37."""
    return vb.vcf(tmp_path / "clean.vcf", vb.record("17", *P72R))


@pytest.fixture
def amplified(tmp_path: Path) -> Path:
    return vb.amplified_cns(tmp_path / "sample.cns")


def bed(path: Path, *, without: range = range(0)) -> Path:
    """A panel over the coding exons of TP53 with 20 bases around each, GRCh37, but for some positions."""
    rows = []
    for exon in tp53_exons():
        positions = range(exon.start[Build.GRCH37] - 20, exon.end[Build.GRCH37] + 21)
        rows += [f"chr17\t{pos - 1}\t{pos}\tTP53" for pos in positions if pos not in without]
    return vb.write(path, rows)


def test_no_tp53_row_and_no_proof_of_coverage(tmp_path: Path, amplified: Path) -> None:
    decision = check(vb.vcf(tmp_path / "sample.vcf"), cn=amplified)
    assert tp53(decision).status is Status.INDETERMINATE
    assert "T009" in codes(decision)


def test_twenty_coding_bases_that_nobody_read(tmp_path: Path, clean: Path, amplified: Path) -> None:
    first = EXON_5.cds_start[Build.GRCH37] + 30
    hole = range(first, first + 20)
    rows = [
        f"17\t{pos}\t{0 if pos in hole else 500}"
        for exon in tp53_exons()
        for pos in range(exon.start[Build.GRCH37] - 20, exon.end[Build.GRCH37] + 21)
    ]
    depth = vb.write(tmp_path / "sample.depth", rows)
    decision = check(clean, cn=amplified, assay="wes", coverage=depth, purity=0.8)
    assert tp53(decision).status is Status.INDETERMINATE
    assert decision.tp53 is not None
    assert [(s.exon, s.start, s.end) for s in decision.tp53.callability.uncovered] == [(5, first, first + 19)]


def test_twenty_coding_bases_outside_the_panel(tmp_path: Path, clean: Path, amplified: Path) -> None:
    first = EXON_5.cds_start[Build.GRCH37] + 30
    panel = bed(tmp_path / "panel.bed", without=range(first, first + 20))
    decision = check(clean, cn=amplified, assay=panel)
    assert tp53(decision).status is Status.INDETERMINATE
    assert decision.tp53 is not None
    assert [(s.exon, s.start, s.end) for s in decision.tp53.callability.uncovered] == [(5, first, first + 19)]


def test_tp53_homozygous_deletion_and_no_variant(tmp_path: Path, clean: Path) -> None:
    genes = vb.write(
        tmp_path / "TUMOR.purple.cnv.gene.tsv",
        [
            "chromosome\tstart\tend\tgene\tminCopyNumber\tmaxCopyNumber",
            "12\t69201956\t69239214\tMDM2\t20.0\t20.0",
            "17\t7565097\t7590856\tTP53\t0.1\t0.2",
        ],
    )
    decision = check(clean, cn=genes, assay="wgs")
    assert tp53(decision).status is Status.NOT_MET
    assert "T015" in codes(decision)


def test_a_filtered_hotspot_at_four_percent(tmp_path: Path, amplified: Path) -> None:
    hotspot = vb.record("17", *vb.R175H["GRCh37"], filter_="strand_bias", samples=("0/1:480,20:0.04:500",))
    decision = check(vb.vcf(tmp_path / "sample.vcf", hotspot), cn=amplified, assay="wes")
    assert tp53(decision).status is Status.INDETERMINATE
    assert "T005" in codes(decision)


def test_an_inversion_out_of_intron_1(tmp_path: Path, clean: Path, amplified: Path) -> None:
    inversion = vb.record(
        "17", 7585000, "A", "<INV>", info="SVTYPE=INV;END=9000000", format_="GT:PR:SR", samples=("0/1:20,15:30,12",)
    )
    sv = vb.write(tmp_path / "sample.sv.vcf", [*vb.header(), inversion])
    decision = check(clean, sv, cn=amplified, assay="wgs")
    assert tp53(decision).status is Status.NOT_MET
    assert "T029" in codes(decision)


def test_contigs_with_and_without_chr_give_the_same_answer(tmp_path: Path, amplified: Path) -> None:
    lines = [*vb.header(), vb.record("17", *vb.R175H["GRCh37"]), vb.somewhere_else()]
    bare = vb.write(tmp_path / "bare.vcf", lines)
    prefixed = vb.write(
        tmp_path / "prefixed.vcf",
        [
            line.replace("ID=1", "ID=chr1").replace("ID=20", "ID=chr20") if line[0] == "#" else f"chr{line}"
            for line in lines
        ],
    )
    answers = [check(vcf, cn=amplified, assay="wes", patient="P").tp53 for vcf in (bare, prefixed)]
    shown = [[(v.hgvs_p, v.counts, v.locus) for v in answer.variants] for answer in answers if answer]
    assert shown[0] == shown[1] == [("p.Arg175His", "disqualifies", "17:7578406")]


def test_a_grch37_file_read_as_grch38_is_refused(tmp_path: Path) -> None:
    lines = [*vb.header(build=None), vb.record("17", 7674220, "A", "T"), vb.somewhere_else()]
    with pytest.raises(ReferenceMismatchError, match="REF has A at chromosome 17 position 7674220, where GRCh38 has"):
        screen(vb.write(tmp_path / "sample.vcf", lines), build="GRCh38")


def test_a_contaminated_sample_without_a_variant(tmp_path: Path, clean: Path, amplified: Path) -> None:
    qc = vb.write(
        tmp_path / "TUMOR.purple.qc", ["QCStatus\tFAIL_CONTAMINATION", "Method\tNORMAL", "Contamination\t0.2"]
    )
    decision = check(clean, qc, cn=amplified, assay="wes")
    assert tp53(decision).status is Status.INDETERMINATE
    assert "T017" in codes(decision)


def test_of_a_panel_without_tp53_and_one_with_it_only_the_second_votes(
    tmp_path: Path, clean: Path, amplified: Path
) -> None:
    without = vb.write(tmp_path / "other.bed", ["chr7\t55086713\t55275031\tEGFR", "chr12\t58141509\t58146093\tCDK4"])
    panel = bed(tmp_path / "panel.bed")
    alone = check(clean, cn=amplified, assay=without)
    both = check(clean, without, cn=amplified, assay=panel)
    assert tp53(alone).status is Status.INDETERMINATE
    assert tp53(both).status is Status.MET

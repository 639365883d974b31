"""Copy number in VCF, by producer: field, scale, reference, purity state, ceiling, filters, silence."""

from pathlib import Path

import pytest
import vcf_files as vf

import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.records import FileContent, PurityState, Reference, Scale, SegmentRecord
from mdm2screen.results import Status
from shared_data import shared

MADE = Path(__file__).parents[2] / "test_data" / "cn_vcf"
DUP = "SVTYPE=DUP;END=69300000"


def over(content: FileContent, contig: str) -> SegmentRecord:
    (found,) = [segment for segment in content.segments if segment.contig == contig]
    return found


def mdm2(
    info: str, format_: str, sample: str, *, alt: str = "<CNV>", extra: tuple[str, ...] = (), filter_: str = "PASS"
) -> SegmentRecord:
    """The segment of one record over MDM2 under a header with these lines."""
    record = vb.record("12", 69000000, "N", alt, info=info, filter_=filter_, format_=format_, samples=(sample,))
    return over(vf.read(record, vb.somewhere_else(), header=vb.header(extra=extra)), "12")


def made(name: str) -> FileContent:
    return vf.read_path(MADE / name)


def test_cnv_facets_gives_tumor_copies_purity_and_ploidy() -> None:
    content = made("TUMOR_1.cnv_facets.vcf")
    segment = over(content, "12")
    assert (segment.value, segment.minor, segment.scale) == (15, 1, Scale.TUMOR_COPIES)
    assert segment.purity_state is PurityState.CORRECTED
    assert [(p.purity, p.ploidy) for p in content.purities] == [(0.62, 2.3)]
    assert content.copy_number


def test_a_neutral_segment_of_cnv_facets_is_a_statement_and_no_failure() -> None:
    segment = over(made("TUMOR_1.cnv_facets.vcf"), "17")
    assert (segment.value, segment.label) == (2, "<CNV>")


def test_the_purity_of_the_header_never_corrects_copies_again(tmp_path: Path) -> None:
    lines = (MADE / "TUMOR_1.cnv_facets.vcf").read_text().replace("TCN_EM=15", "TCN_EM=11")
    path = tmp_path / "TUMOR_1.cnv_facets.vcf"
    path.write_text(lines)
    decision = screen(path)
    assert decision.calls[0].status is Status.NOT_MET
    assert decision.mdm2 is not None
    assert decision.mdm2.copies == 11


@pytest.mark.parametrize("line", ["##purity=62", "##purity=0", "##ploidy=two"])
def test_a_header_of_cnv_facets_with_an_impossible_number_is_named(tmp_path: Path, line: str) -> None:
    key = line.partition("=")[0]
    text = (MADE / "TUMOR_1.cnv_facets.vcf").read_text()
    old = next(one for one in text.splitlines() if one.startswith(f"{key}="))
    path = tmp_path / "made.vcf"
    path.write_text(text.replace(old, line))
    with pytest.raises(MalformedFileError, match=f"the header line {key[2:]} is") as caught:
        vf.read_path(path)
    assert caught.value.exit_code == 3


def test_canvas_with_a_purity_gives_tumor_copies() -> None:
    content = made("TUMOR_1.canvas.somatic.vcf")
    segment = over(content, "12")
    assert (segment.value, segment.minor, segment.at_least) == (16, 1, False)
    assert (segment.scale, segment.purity_state) == (Scale.TUMOR_COPIES, PurityState.CORRECTED)
    assert [(p.purity, p.ploidy) for p in content.purities] == [(0.55, 2.4)]


@pytest.mark.parametrize(("copies", "at_least"), [("4", False), ("5", True), ("10", True)])
def test_canvas_of_a_normal_genome_has_a_ceiling_and_states_no_correction(copies: str, at_least: bool) -> None:
    segment = mdm2("SVTYPE=CNV;END=69300000", "RC:BC:CN", f"90:40:{copies}", extra=("##source=Canvas 1.40",))
    assert (segment.value, segment.at_least) == (float(copies), at_least)
    assert (segment.scale, segment.purity_state) == (Scale.OBSERVED_COPIES, PurityState.UNKNOWN)


@pytest.mark.parametrize(("flag", "subclonal"), [("", False), (";SUBCLONAL", True), (";HET", True)])
def test_a_segment_of_a_part_of_the_cells_is_marked(flag: str, subclonal: bool) -> None:
    extra = ("##source=Canvas 1.40", "##EstimatedTumorPurity=0.5")
    segment = mdm2(f"SVTYPE=CNV;END=69300000{flag}", "RC:BC:CN:MCC", "90:40:14:13", extra=extra)
    assert (segment.value, segment.subclonal) == (14, subclonal)


def test_the_samples_own_filter_rejects_a_number() -> None:
    text = (MADE / "TUMOR_1.canvas.somatic.vcf").read_text().splitlines()
    header, rows = [line for line in text if line[0] == "#"], [line for line in text if line[0] != "#"]
    rejected = [row.replace("16:15:PASS", "16:15:q10") for row in rows]
    segment = over(vf.read(*rejected, header=header), "12")
    assert (segment.value, segment.label) == (None, "PASS;q10")


def test_qdnaseq_gives_no_number_of_the_gene() -> None:
    segment = over(made("TUMOR_1.qdnaseq.vcf"), "12")
    assert segment.value is None
    assert segment.label == "<DUP>, log2 1.93 of its first bin alone"


def test_delly_gives_copies_before_rounding() -> None:
    """CN is 12 and the measured 11.62 is not."""
    segment = over(made("TUMOR_1.delly.cnv.vcf"), "12")
    assert (segment.value, segment.scale) == (11.62, Scale.OBSERVED_COPIES)
    assert (segment.reference, segment.purity_state) == (Reference.UNKNOWN, PurityState.UNCORRECTED)


@pytest.mark.parametrize(("copies", "at_least"), [("4", False), ("5", True)])
def test_gatk_gcnv_means_at_least_at_its_ceiling(copies: str, at_least: bool) -> None:
    segment = mdm2(DUP, "GT:CN:NP:QA:QS", f"2:{copies}:40:9:9", alt="<DEL>,<DUP>")
    assert (segment.value, segment.at_least, segment.producer) == (float(copies), at_least, "GATK gCNV VCF")


@pytest.mark.parametrize(("copies", "at_least"), [("3", False), ("4", True)])
def test_four_copies_of_an_array_are_four_or_more(copies: str, at_least: bool) -> None:
    segment = mdm2(DUP, "CN", copies, alt="<DUP>", extra=("##source=array-analysis-cli 2.1",))
    assert (segment.value, segment.at_least) == (float(copies), at_least)


def test_gatk_sv_gives_copies_by_read_depth() -> None:
    segment = mdm2("SVTYPE=DUP;END=69300000;ALGORITHMS=depth", "GT:RD_CN:RD_GQ", "0/1:14:99", alt="<DUP>")
    assert (segment.value, segment.scale, segment.producer) == (14, Scale.OBSERVED_COPIES, "GATK-SV VCF")


def test_dragen_copies_before_rounding_go_first() -> None:
    extra = ("##ModelSource=DEPTH+BAF", "##EstimatedTumorPurity=0.6", "##OverallPloidy=2.1")
    segment = mdm2("END=69300000;SVLEN=300000", "GT:SM:CN:CNF:MCN", "0/1:4.1:12:11.7:1", extra=extra)
    assert (segment.value, segment.minor, segment.scale) == (11.7, 1, Scale.TUMOR_COPIES)


SILENT = {
    "CNVkit writes no neutral segment": ('##INFO=<ID=FOLD_CHANGE_LOG,Number=1,Type=Float,Description="log2">',),
    "only when asked": ('##FORMAT=<ID=SM,Number=1,Type=Float,Description="ratio">',),
    "DRAGEN wrote reference segments too": (
        '##FORMAT=<ID=SM,Number=1,Type=Float,Description="ratio">',
        '##DRAGENCommandLine=<ID=dragen,CommandLineOptions="--enable-cnv=true --cnv-enable-ref-calls true">',
    ),
    "every segment it could call": ("##source=Canvas 1.40",),
}


@pytest.mark.parametrize(("words", "extra"), SILENT.items())
def test_silence_about_the_gene_is_explained_by_producer(tmp_path: Path, words: str, extra: tuple[str, ...]) -> None:
    lines = vb.header(extra=(*extra, '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="copies">'))
    path = vb.write(tmp_path / "made.vcf", [*lines, vb.somewhere_else()])
    decision = screen(path)
    (silent,) = [reason for reason in decision.calls[0].reasons if reason.code == "M005"]
    assert words in silent.message
    assert decision.calls[0].status is Status.INDETERMINATE


def test_a_real_dragen_file_with_reference_segments_is_evidence_of_two_copies() -> None:
    decision = screen(shared("cn/dragen_cnv_HG002.cnv.vcf.gz"), purity=1, ploidy=2)
    assert decision.calls[0].status is Status.NOT_MET


def test_the_same_file_without_its_reference_segments_is_silent(tmp_path: Path) -> None:
    import gzip

    text = gzip.decompress(shared("cn/dragen_cnv_HG002.cnv.vcf.gz").read_bytes()).decode()
    kept = [line for line in text.splitlines() if line.startswith("#") or "DRAGEN:REF" not in line]
    decision = screen(vb.write(tmp_path / "HG002.cnv.vcf", kept), purity=1, ploidy=2)
    assert decision.calls[0].status is Status.INDETERMINATE
    assert "M005" in [reason.code for reason in decision.calls[0].reasons]


def test_copies_that_facets_wrote_without_a_purity_are_no_number(tmp_path: Path) -> None:
    path = tmp_path / "made.vcf"
    path.write_text((MADE / "TUMOR_1.cnv_facets.vcf").read_text().replace("##purity=0.62", "##purity=NA"))
    segment = over(vf.read_path(path), "12")
    assert (segment.value, segment.label) == (None, "FACETS found no purity")
    assert screen(path, build="GRCh37").calls[0].status is Status.INDETERMINATE


@pytest.mark.parametrize(("ploidy", "status"), [(None, Status.INDETERMINATE), (2, Status.NOT_MET)])
def test_copies_of_an_unknown_program_may_be_relative_to_a_tetraploid_tumor(
    ploidy: float | None, status: Status, tmp_path: Path
) -> None:
    """3.5 copies where 2 stand for the mean of a tumor with 4.5: 14 at a purity of 0.2, and 9.5 in a diploid one."""
    record = vb.record("12", 69000000, "N", "<DUP>", info=DUP, format_="GT:CN", samples=("0/1:3.5",))
    path = tmp_path / "made.vcf"
    path.write_text("\n".join([*vb.header(), record]) + "\n")
    assert screen(path, build="GRCh37", ploidy=ploidy).calls[0].status is status

"""Oncomine: what its VCF and its TSV share, and the rows of the TSV."""

import pytest
from vcf_files import read as read_vcf
from vcf_files import read_path as read_vcf_path
from vendor_files import changed, one, read_made, read_text, said

import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, Presence, PurityState, Reference, Scale, SegmentRecord
from shared_data import shared

TSV = "TUMOR_1-full.tsv"
CELLULARITY = "##CellularityAsAFractionBetween0-1=0.6"
CORRECTED = (Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED_BY_LAB, False)
BOTH_READINGS = (Scale.OBSERVED_COPIES, Reference.DIPLOID, PurityState.UNKNOWN, False)


def vcf_row(
    *header: str, filter_: str = "PASS", ci: str = "CI=0.05:16.9,0.95:20.1", copies: str = "18.4"
) -> SegmentRecord:
    info = f"PRECISE=FALSE;SVTYPE=CNV;END=69233629;CDF_MAPD=0.5:18.4;REF_CN=2;{ci};RAW_CN=11.8"
    record = vb.record(
        "12",
        69202988,
        "C",
        "<CNV>",
        id_="MDM2",
        filter_=filter_,
        info=info,
        format_="GT:GQ:CN",
        samples=(f"./.:0:{copies}",),
    )
    (segment,) = read_vcf(record, vb.somewhere_else(), header=vb.header(extra=header)).segments
    return segment


# VCF


@pytest.mark.parametrize("filter_", ["PASS", "GAIN", "LOSS", "."])
def test_gain_and_loss_are_calls_and_not_failures(filter_: str) -> None:
    assert said(vcf_row(CELLULARITY, filter_=filter_)) == (18.4, *CORRECTED)


@pytest.mark.parametrize("filter_", ["NOCALL", "FAIL", "GAIN;NOCALL"])
def test_a_row_that_was_not_called_is_no_number(filter_: str) -> None:
    segment = vcf_row(CELLULARITY, filter_=filter_)
    assert (segment.value, segment.label) == (None, filter_)


def test_a_copy_number_that_its_header_declares_a_whole_number() -> None:
    declared = '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="made">'
    assert vcf_row(CELLULARITY, declared).value == 18.4


def test_gain_fails_the_record_of_any_other_producer() -> None:
    record = vb.record(
        "12", 69000000, "N", "<DUP>", filter_="GAIN", info="END=69300000", format_="GT:CN", samples=("0/1:9",)
    )
    (segment,) = read_vcf(record, vb.somewhere_else()).segments
    assert segment.value is None


def test_confidence_limits_of_a_row() -> None:
    segment = vcf_row(CELLULARITY)
    assert (segment.ci_low, segment.ci_high) == (16.9, 20.1)


@pytest.mark.parametrize(
    ("ci", "limits"),
    [
        ("CI=.", (None, None)),
        ("X=1", (None, None)),
        ("CI=0.05:3.5", (3.5, None)),
        ("CI=0.95:9", (None, 9)),
        ("CI=0.95:9,0.05:3", (3, 9)),
    ],
)
def test_limits_that_are_absent_or_in_another_order(ci: str, limits: tuple[float | None, float | None]) -> None:
    segment = vcf_row(CELLULARITY, ci=ci)
    assert (segment.ci_low, segment.ci_high) == limits


def test_limits_that_do_not_parse_are_an_error() -> None:
    with pytest.raises(MalformedFileError, match="CI is 'wide', where limits such as"):
        vcf_row(CELLULARITY, ci="CI=wide")


@pytest.mark.parametrize(
    "header",
    [
        (),
        ("##CellularityAsAFractionBetween0-1=1.000000",),
        ("##manually_input_percent_tumor_cellularity=60",),
        ("##CellularityAsAFractionBetween0-1=", "##manually_input_percent_tumor_cellularity=60"),
    ],
)
def test_without_a_documented_cellularity_both_readings_count(header: tuple[str, ...]) -> None:
    assert said(vcf_row(*header)) == (18.4, *BOTH_READINGS)


@pytest.mark.parametrize("name", ["Oncomine TagSeq Pan-Cancer Liquid Biopsy", "Oncomine Lung cfDNA"])
def test_an_assay_of_plasma_gives_a_ratio_and_no_copies(name: str) -> None:
    segment = vcf_row(f"##IonReporterWorkflowName={name}", copies="1.3")
    assert (segment.value, segment.label) == (None, "an assay of plasma: the number is a ratio, not copies")


def test_the_real_vcfs_limits() -> None:
    (mdm2,) = (s for s in read_vcf_path(shared("vcf/oncomine_OCAv3_ionreporter.vcf")).segments if s.gene == "MDM2")
    assert (mdm2.value, mdm2.ci_low, mdm2.ci_high) == (1.89, 1.66966, 2.13942)


# TSV


def test_copy_number_rows_of_the_export() -> None:
    content = read_made(TSV)
    mdm2, tp53 = one(content), one(content, "TP53")
    assert said(mdm2) == (18.4, *CORRECTED)
    assert (mdm2.ci_low, mdm2.ci_high, mdm2.label) == (16.9, 20.1, "call POS")
    assert (mdm2.start, mdm2.end, mdm2.source.line) == (69202988, 69233629, 7)
    assert (tp53.value, tp53.label) == (1.93, "call NEG")
    assert content.file.build is Build.GRCH37
    assert content.file.records.total == 5


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("100\tGAIN", "100\tNOCALL", "NOCALL"),
        ("CNV\tPOS\tchr12\t69202988", "CNV\tNOCALL\tchr12\t69202988", "NOCALL"),
        ("chr12\t69202988", "chr11\t69202988", "at chr11:69202988 C><CNV>, where MDM2 does not lie"),
    ],
)
def test_rows_without_a_usable_number(old: str, new: str, label: str) -> None:
    segment = one(read_text(changed(TSV, (old, new))))
    assert (segment.value, segment.label) == (None, label)


def test_an_empty_copy_number_is_no_number() -> None:
    assert one(read_text(changed(TSV, ("\t18.4\t", "\t.\t")))).value is None


def test_a_cellularity_in_percent_is_a_purity_and_both_readings_count() -> None:
    content = read_text(changed(TSV, (CELLULARITY, "##manually_input_percent_tumor_cellularity=60")))
    assert said(one(content)) == (18.4, *BOTH_READINGS)
    assert [record.purity for record in content.purities] == [0.6]


def test_a_cellularity_that_corrected_already_is_handed_on_to_nobody() -> None:
    both = f"{CELLULARITY}\n##manually_input_percent_tumor_cellularity=60"
    content = read_text(changed(TSV, (CELLULARITY, both)))
    assert said(one(content)) == (18.4, *CORRECTED)
    assert content.purities == ()


def test_an_export_of_plasma_gives_no_copies() -> None:
    content = read_text(changed(TSV, ("##mapd=0.21", "##IonReporterWorkflowName=Liquid Biopsy")))
    assert one(content).value is None


def test_hotspots_that_were_looked_for_and_not_found_are_no_variants() -> None:
    content = read_made(TSV)
    (variant,) = content.variants
    assert (variant.pos, variant.ref, variant.alt, variant.vaf, variant.depth) == (7579472, "G", "C", 0.51, 1490)
    assert content.file.records.dropped == {"looked for and not found": 1}


@pytest.mark.parametrize(
    ("call", "fraction", "presence"),
    [
        ("POS", "0.31", Presence.PRESENT),
        ("POS", ".", Presence.PRESENT),
        ("NEG", "0.04", None),
        ("NEG", "0.31", Presence.NO_CALL),
        ("NOCALL", "0", Presence.NO_CALL),
        ("MAYBE", "0.31", Presence.NO_CALL),
    ],
)
def test_what_the_call_of_a_row_says(call: str, fraction: str, presence: Presence | None) -> None:
    row = "3\tsnp\tNEG\tchr17\t7578406\tCOSM10648\tC\tT\t100\tPASS\t.\t0\t"
    assert row.count("NEG") == 1
    text = changed(TSV, (row, row.replace("NEG", call).replace("\t0\t", f"\t{fraction}\t")))
    found = [variant.presence for variant in read_text(text).variants if variant.pos == 7578406]
    assert found == ([] if presence is None else [presence])


def test_of_several_alleles_those_with_reads_were_found() -> None:
    text = changed(TSV, ("G\tC\t100\tPASS\t.\t0.51\t", "G\tA,C\t100\tPASS\t.\t0,0.51\t"))
    assert [(variant.alt, variant.vaf) for variant in read_text(text).variants] == [("C", 0.51)]


def test_alleles_that_are_not_spelled_are_kept_by_name() -> None:
    row = ("snp\tPOS\tchr17\t7579472\t.\tG\tC", "snp\tPOS\tchr17\t7579472\t.\tG\t<X>")
    (variant,) = read_text(changed(TSV, row)).reported
    assert (variant.hgvs_c, variant.hgvs_p, variant.status) == ("c.215C>G", "p.Pro72Arg", "call POS")
    not_found = read_text(changed(TSV, row, ("snp\tPOS", "snp\tNEG")))
    assert not_found.reported == ()
    assert not_found.file.records.dropped == {"looked for and not found": 2}


def test_a_row_of_rna_without_a_place() -> None:
    row = "6\tExprControl\tPOS\t.\t.\tTP53.E\t.\t.\t.\tPASS\t.\t.\t.\t.\t.\tTP53\t.\t.\n"
    last = "0.05:1.7,0.95:2.2\tTP53\t.\t.\n"
    content = read_text(changed(TSV, (last, last + row), ("##reference=hg19\n", ""), ("MDM2", "MDM4")))
    assert [variant.words for variant in content.reported] == ["ExprControl TP53.E"]
    assert content.file.build is Build.GRCH37


def test_the_build_is_told_by_the_genes_and_never_guessed() -> None:
    text = changed(TSV, ("##reference=hg19\n", ""))
    assert read_text(text).file.build is Build.GRCH37
    with pytest.raises(BuildError, match="is not on GRCh38"):
        read_text(text, Options(build=Build.GRCH38))


def test_an_export_without_a_row_of_the_genes_needs_no_build() -> None:
    text = changed(TSV, ("MDM2", "MDM4"), ("TP53", "TP63"), ("##reference=hg19\n", ""))
    content = read_text(text)
    assert (content.segments, content.variants, content.needs_build) == ((), (), False)

"""Context beside MDM2: every reader keeps its chromosome, and counts it nowhere."""

from pathlib import Path

import pytest
from cn_files import GRCH37, MADE, TABLES, made, read_path, read_text, table

from mdm2screen import genes, mdm2_neighbourhood
from mdm2screen.readers import read
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, FileContent
from shared_data import shared

CNS = "chromosome|start|end|gene|log2|probes"


def cns(*lines: str) -> FileContent:
    return read_text(table(CNS, *lines), name="made.cns")


def test_segments_of_chromosome_12_are_context_and_count_nowhere() -> None:
    found = cns(
        "chr12|0|60000000|-|0.1|100",
        "chr12|69100000|69300000|MDM2|3.0|20",
        "chr12|70000000|133000000|-|-0.1|90",
        "chr11|0|60000000|-|0.1|100",
        "chr17|7000000|8000000|TP53|0|20",
    )
    assert [(s.start, s.value) for s in found.context] == [(1, 0.1), (70000001, -0.1)]
    assert [s.contig for s in found.segments] == ["12", "17"]
    records = found.file.records
    assert (records.total, records.in_windows, records.used, records.dropped) == (5, 2, 2, {})


@pytest.mark.parametrize("name", [name for name in TABLES if name != "cohort.seg"])
def test_context_lies_on_the_chromosome_of_mdm2_and_beside_both_genes(name: str) -> None:
    from mdm2screen.readers.contract import CnScale

    options = Options(build=Build.GRCH37, cn_scale=CnScale.LOG2 if name == "unknown.seg" else None)
    found = read_path(MADE / name, options)
    for segment in found.context:
        assert segment.contig == genes.MDM2_CONTIG
        assert segment.gene is None or segment.gene in mdm2_neighbourhood.neighbours()
        assert segment not in found.segments
        if segment.gene is None and found.file.build is not None:
            assert not genes.MDM2.overlaps(found.file.build, segment.contig, segment.start, segment.end)


def test_a_segment_where_tp53_lies_on_the_other_build_is_no_context() -> None:
    found = cns("chr17|7660000|7700000|-|0.1|100", "chr12|69100000|69300000|MDM2|3.0|20")
    assert found.context == ()
    assert len(found.segments) == 1


def test_rows_that_name_a_neighbour_are_context() -> None:
    header = "gene|chromosome|start|end|log2|depth|weight|probes"
    found = read_text(
        table(
            header,
            "CDK4|chr12|58141508|58146093|2.5|1|1|8",
            "FRS2|chr12|69864166|69973573|0.01|1|1|8",
            "EGFR|chr7|55086714|55324313|0.5|1|1|8",
            "MDM2|chr12|69201957|69239324|3.5|1|1|8",
        ),
        name="made.genemetrics.tsv",
    )
    assert [(s.gene, s.value) for s in found.context] == [("CDK4", 2.5), ("FRS2", 0.01)]
    assert (found.file.records.in_windows, found.file.records.used) == (1, 1)


def test_a_neighbour_on_the_segment_of_mdm2_is_no_second_record_of_mdm2() -> None:
    """FuncotateSegments writes a row for each gene of a segment, with the segment's place."""
    header = "gene|segment_contig|segment_start|segment_end|segment_num_probes|segment_mean|segment_call|build"
    found = read_text(
        table(
            header,
            "MDM2|chr12|69000000|69700000|20|2.5|+|hg19",
            "CPM|chr12|69000000|69700000|20|2.5|+|hg19",
            "CDK4|chr12|58000000|58500000|20|0.1|0|hg19",
        ),
        name="made.seg.gene_list.txt",
    )
    assert [(s.start, s.value) for s in found.segments] == [(69000000, 2.5)]
    assert [(s.start, s.value) for s in found.context] == [(58000000, 0.1)]
    assert found.file.records.dropped == {"names another gene": 1}


def test_a_row_that_names_a_neighbour_elsewhere_is_none() -> None:
    header = "gene|chromosome|start|end|log2|depth|weight|probes"
    found = read_text(
        table(header, "CDK4|chr4|58141508|58146093|2.5|1|1|8", "MDM2|chr12|69201957|69239324|3.5|1|1|8"),
        name="made.genemetrics.tsv",
    )
    assert found.context == ()


def test_an_impossible_value_beside_the_genes_refuses_no_file() -> None:
    found = cns("chr12|0|60000000|-|12.5|100", "chr12|69100000|69300000|MDM2|3.0|20")
    assert found.context == ()
    assert "left out: 1" in " ".join(found.file.notes)


def test_a_word_for_a_number_beside_the_gene_is_an_error_too() -> None:
    from mdm2screen.errors import MalformedFileError

    with pytest.raises(MalformedFileError, match="line 2"):
        cns("chr12|0|60000000|-|high|100", "chr12|69100000|69300000|MDM2|3.0|20")


def test_positions_in_powers_of_ten_and_contigs_under_any_name() -> None:
    """R writes 6.91e+07, and a number column that once held a blank 12.0."""
    for contig in ("12", "chr12", "12.0", "NC_000012.11"):
        text = made("dnacopy_by_R.seg").splitlines()[0]
        assert text
        found = read_text(
            table(
                "ID|chrom|loc.start|loc.end|num.mark|seg.mean",
                f"P1|{contig}|1|6.91e+07|100|-0.1",
                f"P1|{contig}|69100001|69300000|20|2.5",
                f"P1|{contig}|69300001|133000000|300|-0.1",
            ),
            name="made.seg",
        )
        assert [s.value for s in found.segments] == [2.5]
        assert [s.value for s in found.context] == [-0.1, -0.1]


VCF_HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=12,length=133851895>\n"
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="copies">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\n"
)


def vcf(tmp_path: Path, *lines: str, head: str = VCF_HEAD) -> FileContent:
    path = tmp_path / "made.cnv.vcf"
    path.write_text(head + "".join("\t".join(line.split("|")) + "\n" for line in lines))
    return read(path, GRCH37)


def test_copy_number_of_a_vcf_is_context_too(tmp_path: Path) -> None:
    found = vcf(
        tmp_path,
        "12|1000000|.|N|.|50|PASS|END=60000000|GT:SM:CN|./.:1.02:2",
        "12|69000000|.|N|<DUP>|50|PASS|END=70000000|GT:SM:CN|./1:9.5:19",
        "12|70000000|.|N|<DUP>|50|PASS|END=72000000;HET|GT:SM:CN|./1:5:10",
        "12|80000000|rs1|A|T|50|PASS|.|GT|0/1",
    )
    assert [(s.start, s.value) for s in found.context] == [(1000000, 1.02), (70000001, 5.0)]
    assert [s.subclonal for s in found.context] == [False, True]
    assert (found.file.records.total, found.file.records.in_windows) == (4, 1)


def test_a_neighbour_named_by_its_record_is_context(tmp_path: Path) -> None:
    found = vcf(
        tmp_path,
        "12|58142000|CDK4|N|<CNV>|50|PASS|SVTYPE=CNV;END=58145000;RAW_CN=2.1|GT:CN|./.:2.1",
        "12|69207031|MDM2|N|<CNV>|50|PASS|SVTYPE=CNV;END=69238239;RAW_CN=14|GT:CN|./.:14",
    )
    assert [(s.gene, s.value) for s in found.context] == [("CDK4", 2.1)]
    assert [s.gene for s in found.segments] == ["MDM2"]


def test_the_whole_chromosome_of_real_files() -> None:
    dragen = read(shared("cn/dragen_cnv_HG002.cnv.vcf.gz"), Options())
    assert len(dragen.context) > 50
    assert all(segment.contig == "12" for segment in dragen.context)
    assert dragen.file.records.in_windows == dragen.file.records.used + sum(dragen.file.records.dropped.values())
    oncomine = read(shared("vcf/oncomine_OCAv3_ionreporter.vcf"), Options())
    named = [(segment.gene, segment.value) for segment in oncomine.context if segment.gene]
    assert named == [("CDK4", 2.07)]

"""Target BEDs and interval lists: positions to the base, and tables that only look like targets."""

from pathlib import Path

import pytest
from vcf_files import TP53

import vcf_builder as vb
from mdm2screen import callability
from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.readers import bed
from mdm2screen.readers.contract import Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent

GRCH37 = Options(build=Build.GRCH37)
FIRST, LAST = TP53["GRCh37"]
# TP53 on GRCh37, exon 8 with its splice sites: 1-based 7577017 to 7577157
EXON_8 = (7577017, 7577157)


def read_text(folder: Path, text: str, options: Options = GRCH37, *, name: str = "panel.bed") -> FileContent:
    content = text.encode()
    path = folder / name
    if name.endswith(".gz"):
        vb.bgzf(path, content)
    else:
        path.write_bytes(content)
    return bed.read(SourceFile(path), options)


def rows(*lines: str) -> str:
    """Tab-separated lines from lines written with blanks."""
    return "".join("\t".join(line.split()) + "\n" for line in lines)


def regions(content: FileContent) -> list[tuple[str, int, int]]:
    return [(region.contig, region.start, region.end) for region in content.regions]


def sniffed(text: str) -> bool:
    return bed.sniff(Head("panel.bed", text.encode()))


# Positions


def test_zero_based_half_open_becomes_one_based_closed(tmp_path: Path) -> None:
    content = read_text(tmp_path, rows(f"chr17 {EXON_8[0] - 1} {EXON_8[1]} TP53_ex8"))
    assert regions(content) == [("17", *EXON_8)]
    assert (content.file.format, content.file.records.total, content.needs_build) == ("bed", 1, True)


def test_an_interval_list_is_one_based_and_closed(tmp_path: Path) -> None:
    text = "@HD\tVN:1.6\n@SQ\tSN:chr17\tLN:81195210\n" + rows(f"chr17 {EXON_8[0]} {EXON_8[1]} + TP53_ex8")
    assert regions(read_text(tmp_path, text, name="panel.interval_list")) == [("17", *EXON_8)]


def test_the_first_and_last_base_of_the_gene(tmp_path: Path) -> None:
    """A region that ends before the gene or begins after it covers none of it."""
    content = read_text(
        tmp_path,
        rows(
            f"17 {FIRST - 100} {FIRST - 1}",
            f"17 {FIRST - 100} {FIRST}",
            f"17 {LAST - 1} {LAST + 100}",
            f"17 {LAST} {LAST + 100}",
        ),
    )
    assert regions(content) == [("17", FIRST - 99, FIRST), ("17", LAST, LAST + 100)]


def test_a_bed_of_single_bases(tmp_path: Path) -> None:
    assert regions(read_text(tmp_path, rows("17 7577016 7577017"))) == [("17", 7577017, 7577017)]


def test_one_base_too_few_is_found_in_the_end(tmp_path: Path) -> None:
    """Exon 8 without its last base, as a BED with 1-based starts gives it (its last base is its lowest)."""
    everything = [
        (bases[0] - 1 + (exon == 8), bases[-1])
        for exon, bases in callability.required_bases(Build.GRCH37).items()
        if exon != 2
    ]
    lines = [f"17 {start} {end}" for start, end in everything]
    content = read_text(tmp_path, rows(*lines, "17 7579836 7579942"))
    found = callability.of_regions("panel.bed", content.regions, Build.GRCH37)
    assert [(one.exon, one.start, one.end) for one in found.uncovered] == [(8, EXON_8[0], EXON_8[0])]
    assert (found.bases, found.covered) == (1220, 1219)


# How it is written


def test_tabs_blanks_and_windows_line_ends_are_the_same(tmp_path: Path) -> None:
    line = "chr17 7577016 7577157 TP53 exon 8"
    expected = [("17", *EXON_8)]
    tabbed = "chr17\t7577016\t7577157\tTP53 exon 8"
    for number, text in enumerate((f"{line}\n", f"{tabbed}\n", f"{tabbed}\r\n", tabbed, f"\n{line}\n\n")):
        assert regions(read_text(tmp_path, text, name=f"{number}.bed")) == expected


def test_blanks_in_several_are_one_separator(tmp_path: Path) -> None:
    assert regions(read_text(tmp_path, "chr17   7577016  7577157\n")) == [("17", *EXON_8)]


def test_track_browser_and_comment_lines_are_no_regions(tmp_path: Path) -> None:
    head = 'browser position chr17:1-2\ntrack name="panel" type=bedDetail ionVersion=4.0\n# targets\n'
    text = head + rows("chr17 7577016 7577157 AMP1 0 + GENE_ID=TP53;Pool=1")
    content = read_text(tmp_path, text)
    assert regions(content) == [("17", *EXON_8)]
    assert content.file.records.total == 1
    assert sniffed(text)


@pytest.mark.parametrize("name", ["panel.bed.gz", "panel.txt"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    assert regions(read_text(tmp_path, rows("chr17 7577016 7577157"), name=name)) == [("17", *EXON_8)]


@pytest.mark.parametrize("name", ["17", "chr17", "CHR17", "NC_000017.10"])
def test_every_name_of_the_chromosome(tmp_path: Path, name: str) -> None:
    assert regions(read_text(tmp_path, rows(f"{name} 7577016 7577157"))) == [("17", *EXON_8)]


def test_a_line_of_twelve_columns_covers_its_blocks_and_not_what_lies_between(tmp_path: Path) -> None:
    line = "chr17 7577000 7578000 TP53 0 - 7577000 7578000 0 2 100,50, 0,950,"
    assert regions(read_text(tmp_path, rows(line))) == [("17", 7577001, 7577100), ("17", 7577951, 7578000)]


def test_twelve_columns_of_another_kind_are_one_region(tmp_path: Path) -> None:
    line = "chr17 7577000 7578000 TP53 0 - a b c d e f"
    assert regions(read_text(tmp_path, rows(line))) == [("17", 7577001, 7578000)]


@pytest.mark.parametrize("blocks", ["3 100,50 0,950", "2 100,50 0", "2 100,51 0,950"])
def test_blocks_that_do_not_fit_are_an_error(tmp_path: Path, blocks: str) -> None:
    with pytest.raises(MalformedFileError, match=r"panel.bed line 1 .*columns 10 to 12, the blocks"):
        read_text(tmp_path, rows(f"chr17 7577000 7578000 TP53 0 - 7577000 7578000 0 {blocks}"))


def test_regions_elsewhere_are_counted_and_give_no_coverage(tmp_path: Path) -> None:
    content = read_text(tmp_path, rows("chr1 100 200 A", "chr2 100 200 B"))
    assert regions(content) == []
    assert content.file.records.total == 2
    assert content.silence == "a base outside every region was not assayed"


# What is no BED


@pytest.mark.parametrize(
    "line",
    ["chr17\t7577016", "chr17", "chr17\t7577016\t7.577e6", "chr17\tstart\tend", "chr17\t-5\t10", "chr17\t1.5\t3"],
)
def test_a_line_without_contig_start_and_end_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(MalformedFileError, match=r"panel.bed line 2: a BED line needs contig, start and end"):
        read_text(tmp_path, rows("chr1 100 200") + line + "\n")


@pytest.mark.parametrize("span", ["7577157 7577016", "7577016 7577016"])
def test_an_end_before_the_start_is_an_error(tmp_path: Path, span: str) -> None:
    with pytest.raises(MalformedFileError, match=r"line 1: the region ends \(7577016\) before it starts"):
        read_text(tmp_path, rows(f"chr17 {span}"))


@pytest.mark.parametrize(
    "table",
    [
        rows("chr17 0 7577000 0", "chr17 7577000 7578000 153", "chr17 7578000 81195210 0"),  # mosdepth per base
        rows("chr17 0 7577000 0.00", "chr17 7577000 7578000 153.27"),  # mosdepth by windows
        rows("chr17 7577016 7577157 1 30", "chr17 7577016 7577157 2 0"),  # bedtools coverage -d
        rows("chr17 7577016 7577157 TP53_ex8 1 30", "chr17 7577016 7577157 TP53_ex8 2 0"),
        'track type=bedGraph name="depth"\n' + rows("chr17 0 81195210 30.5"),
    ],
)
def test_a_table_of_depths_is_refused(tmp_path: Path, table: str) -> None:
    with pytest.raises(MalformedFileError, match="the last column is a number on every line"):
        read_text(tmp_path, table)


@pytest.mark.parametrize(
    "table",
    [
        rows("chr17 0 7577000 NO_COVERAGE", "chr17 7577000 7578000 CALLABLE"),  # GATK CallableLoci
        rows("chr17 1 7577000 PASS", "chr17 7577001 7578000 LOW_COVERAGE"),
        rows("chr17 0 7577000 REF_N", "chr17 7577000 7578000 POOR_MAPPING_QUALITY"),
        rows("chr17 0 7577000 0:1", "chr17 7577000 7578000 5:150"),  # mosdepth quantized
        rows("chr17 0 7577000 4:inf"),
        rows("chr17 0 7577000 150:"),
        rows("chr17 7500000 7577000 Antitarget", "chr17 7577000 7600000 Antitarget"),  # CNVkit, between targets
        rows("chr17 7500000 7600000 Background"),
    ],
)
def test_a_table_that_goes_over_every_base_is_refused(tmp_path: Path, table: str) -> None:
    """Its uncovered stretches are lines too: all of TP53 would count as covered."""
    with pytest.raises(MalformedFileError, match=r"line \d .*a table of coverage or of bins, not of targets"):
        read_text(tmp_path, table)


@pytest.mark.parametrize(
    "label", ["TP53", "TP53_ex5", "ex5:7", "NM_000546.6", "ID=x;TP53", "12", "chr17:7577016-7577157"]
)
def test_names_of_targets_are_no_states(tmp_path: Path, label: str) -> None:
    content = read_text(tmp_path, rows(f"chr17 7577016 7577157 {label}", "chr17 7577200 7577300 x"))
    assert len(content.regions) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rows("chr17 7577016 7577157"), True),
        ("chr17 7577016 7577157\n", True),
        ("# a comment\n" + rows("chr17 7577016 7577157"), True),
        ("@HD\tVN:1.6\n" + rows("chr17 7577016 7577157 + x"), True),
        (rows("chrom start end name", "chr17 7577016 7577157 x"), False),
        (rows("chr17 7577016 7577157 x", "chr17 7577016"), True),  # refused with its line
        (rows("chr17 7577016", "chr17 7577016 7577157 x"), False),
        ("##fileformat=VCFv4.2\n" + rows("17 1 2"), False),
        ("#CHROM\tPOS\tID\n" + rows("17 1 2"), False),
        ("#chrom\tstart\tend\tregion\t1X\t10X\n" + rows("17 1 2 r 1 1"), False),
        (rows("12 1 2 3 gain"), False),
        (rows("17 1 2 " + " ".join("abcdefghij")), False),  # thirteen columns
        ("", False),
        ("# nothing but comments\n", False),
    ],
)
def test_what_is_taken_for_a_bed(text: str, expected: bool) -> None:
    assert sniffed(text) is expected


# Build


def test_without_a_build_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="nothing in the file proves the genome build"):
        read_text(tmp_path, rows("chr17 7577016 7577157 ex8"), Options())


@pytest.mark.parametrize("label", ["TP53", "TP53_ex8", "ID=1;TP53", "AMP1\t0\t+\tGENE_ID=TP53;Pool=1"])
def test_a_target_that_names_the_gene_proves_the_build(tmp_path: Path, label: str) -> None:
    text = f"chr17\t7577016\t7577157\t{label}\n"
    assert read_text(tmp_path, text, Options()).file.build is Build.GRCH37
    with pytest.raises(BuildError, match="--build GRCh38 was given, but the file is not on GRCh38: TP53 is named at"):
        read_text(tmp_path, text, Options(build=Build.GRCH38))


def test_a_name_that_only_contains_the_gene_proves_nothing(tmp_path: Path) -> None:
    for label in ("TP53I3", "ATP53", "TP53BP1"):
        with pytest.raises(BuildError, match="nothing in the file proves"):
            read_text(tmp_path, rows(f"chr17 7577016 7577157 {label}"), Options())


def test_chromosome_lengths_of_an_interval_list_prove_the_build(tmp_path: Path) -> None:
    text = "@HD\tVN:1.6\n@SQ\tSN:chr17\tLN:83257441\tM5:0\n" + rows("chr17 7675053 7675236 + ex5")
    assert read_text(tmp_path, text, Options()).file.build is Build.GRCH38
    with pytest.raises(BuildError, match=r"the file is not on GRCh37: contig chr17 has length 83257441"):
        read_text(tmp_path, text, GRCH37)


def test_a_region_beyond_the_end_of_a_chromosome_refutes_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"chromosome 17 ends at 83257440, beyond its 81195210 bases"):
        read_text(tmp_path, rows("chr17 83000000 83257440"))


def test_mean_depths_of_named_regions_are_no_targets(tmp_path: Path) -> None:
    """mosdepth writes contig, start, end, name, mean depth."""
    path = tmp_path / "sample.regions.bed"
    path.write_text("17\t7571719\t7590868\tTP53\t0.00\n12\t69201957\t69239324\tMDM2\t88.12\n")
    with pytest.raises(MalformedFileError, match="the last column is a number on every line"):
        bed.read(SourceFile(path), Options(build=Build.GRCH37))
    path.write_text("17\t7571719\t7590868\tTP53\t0\n12\t69201957\t69239324\tMDM2\t1000\n")  # a score
    assert len(bed.read(SourceFile(path), Options(build=Build.GRCH37)).regions) == 2

"""Tables of depth: which is which, positions to the base, and what each number does and does not prove."""

import gzip
from pathlib import Path

import pytest

import coverage_files as cf
import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError, SampleError, UnknownFormatError
from mdm2screen.readers import READERS, _module, bed
from mdm2screen.readers.contract import Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent

FORMATS = {
    "TUMOR_1.per-base.bed": "mosdepth-per-base",
    "TUMOR_1.quantized.bed": "mosdepth-quantized",
    "TUMOR_1.thresholds.bed": "mosdepth-thresholds",
    "TUMOR_1.regions.bed": "mosdepth-regions",
    "TUMOR_1.windows.regions.bed": "mosdepth-regions",
    "gatk3.callable.bed": "gatk-callable-loci",
    "gatk4.callable.bed": "gatk-callable-loci",
    "TUMOR_1.depth.tsv": "samtools-depth",
    "plain.depth.tsv": "samtools-depth",
    "gatk3.DepthOfCoverage.tsv": "gatk-depth-of-coverage",
    "gatk4.DepthOfCoverage.csv": "gatk-depth-of-coverage",
}
TUMOR = Options(build=Build.GRCH37, tumor_sample="TUMOR_1")
OF_MDM2 = "depth over MDM2, which no criterion asks for"


def verdicts(content: FileContent) -> list[tuple[int, int, int | None, bool | None]]:
    return [(run.start, run.end, run.depth, run.callable) for run in content.seen]


@pytest.mark.parametrize("name", FORMATS)
def test_exactly_one_reader_claims_each_made_file(name: str) -> None:
    file = SourceFile(cf.MADE / name)
    head = Head(file.name, file.head())
    claiming = [module for module in map(_module, READERS) if module.sniff(head)]
    assert [module.FORMAT.name for module in claiming] == [FORMATS[name]]


def test_every_made_file_is_tried() -> None:
    made = {path.name for path in cf.MADE.iterdir()} - {"README.md"}
    assert {name for name in made if not name.endswith(".vcf")} == set(FORMATS)


@pytest.mark.parametrize("name", [name for name in FORMATS if "regions" not in name])
def test_a_depth_table_measures_and_names_no_build_of_its_own_doing(name: str) -> None:
    content = cf.made(name, TUMOR)
    assert content.measures_depth
    assert not content.mean_depth
    assert (content.file.build, content.needs_build) == (Build.GRCH37, True)
    records = content.file.records
    assert records.in_windows == records.used + sum(records.dropped.values()) > 0


# mosdepth, per base


def test_per_base_rows_become_one_based_and_closed() -> None:
    content = cf.made("TUMOR_1.per-base.bed")
    assert cf.seen(content) == [
        (7571720, 7577016, 210),
        (7577017, 7577040, 205),
        (7577041, 7577060, 0),
        (7577061, 7577157, 198),
        (7577158, 7590868, 230),
    ]
    assert content.file.records.total == 10
    assert content.file.records.dropped == {OF_MDM2: 1}
    assert content.seen[2].source.line == 7


def test_rows_that_reach_the_end_of_a_chromosome_prove_the_build() -> None:
    content = cf.made("TUMOR_1.per-base.bed", Options())
    assert content.file.build is Build.GRCH37
    assert "133851895" in (content.file.build_because or "")
    with pytest.raises(BuildError, match=r"--build GRCh38 was given, but the file is not on GRCh38"):
        cf.made("TUMOR_1.per-base.bed", Options(build=Build.GRCH38))


def test_a_build_that_nothing_proves_is_asked_for() -> None:
    with pytest.raises(BuildError, match=r"nothing in the file proves the genome build"):
        cf.made("plain.depth.tsv", Options())


def test_packed_files_and_files_without_chr_read_alike(tmp_path: Path) -> None:
    plain = (cf.MADE / "TUMOR_1.per-base.bed").read_bytes()
    bare = plain.replace(b"chr", b"")
    expected = cf.seen(cf.made("TUMOR_1.per-base.bed"))
    for name, content in (("a", plain), ("b", bare)):
        assert cf.seen(cf.read(vb.bgzf(tmp_path / f"{name}.per-base.bed.gz", content))) == expected
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
        assert cf.seen(cf.read(tmp_path / f"{name}.gz")) == expected
    crlf = tmp_path / "crlf.bed"
    crlf.write_bytes(plain.replace(b"\n", b"\r\n"))
    assert cf.seen(cf.read(crlf)) == expected


def test_a_per_base_table_with_a_gap_is_refused(tmp_path: Path) -> None:
    """bedtools genomecov -bg leaves zeros out; a target BED with gene numbers for names looks the same."""
    gap = cf.text(tmp_path / "gap.bed", "chr17 7571719 7577016 210", "chr17 7577040 7590868 190")
    far = cf.text(tmp_path / "far.bed", "chr17 0 7571719 0", "chr17 7571719 7590868 7157", "chr17 8000000 8000100 2")
    numbered = cf.text(tmp_path / "panel.bed", "chr17 7577016 7577157 7157", "chr17 7577496 7577610 7157")
    for path, line in ((gap, 2), (far, 3), (numbered, 2)):
        with pytest.raises(MalformedFileError, match=rf"{path.name} line {line}: the row does not begin where the one"):
            cf.read(path)
    lone = cf.text(tmp_path / "lone.bed", "chr12 69201957 69239324 4193", "chr17 7571719 7590868 7157")
    with pytest.raises(MalformedFileError, match=r"lone.bed: TP53's chromosome has one row, for a part of it"):
        cf.read(lone)


def test_a_chromosome_in_one_row_or_cut_out_around_the_gene_is_read(tmp_path: Path) -> None:
    whole = cf.text(tmp_path / "a.bed", "chr17 0 81195210 50")
    assert cf.seen(cf.read(whole)) == [(1, 81195210, 50)]
    part = cf.text(tmp_path / "b.bed", "chr17 7500000 7577016 40", "chr17 7577016 7600000 50")
    assert [run.depth for run in cf.read(part).seen] == [40, 50]


def test_a_depth_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    rows = [f"chr17 {pos} {pos + 1} 30" for pos in range(7577016, 7577070)]
    path = cf.text(tmp_path / "x.bed", *rows, "chr17 7577070 7577071 3e1")
    with pytest.raises(MalformedFileError, match=r"x.bed line 55: the depth is '3e1', which is no whole number"):
        cf.read(path)
    path = cf.text(tmp_path / "y.bed", *rows, "chr17 7577070 7577071")
    with pytest.raises(MalformedFileError, match=r"y.bed line 55: the depth is ''"):
        cf.read(path)
    path = cf.text(tmp_path / "z.bed", *rows, "chr17 7577070 7577060 3")
    with pytest.raises(MalformedFileError, match=r"z.bed line 55: the row ends \(7577060\) before it starts"):
        cf.read(path)


# mosdepth, quantized


def test_a_bin_proves_its_lower_bound() -> None:
    assert cf.seen(cf.made("TUMOR_1.quantized.bed")) == [
        (7571720, 7577016, 150),
        (7577017, 7577040, 5),
        (7577041, 7577060, 0),
        (7577061, 7590868, 150),
    ]


def test_a_word_among_bins_is_an_error(tmp_path: Path) -> None:
    rows = [f"chr17 {pos} {pos + 1} 5:150" for pos in range(7577016, 7577070)]
    path = cf.text(tmp_path / "x.bed", *rows, "chr17 7577070 7577071 FINE")
    with pytest.raises(MalformedFileError, match=r"line 55: the fourth column is 'FINE', which is no bin of depth"):
        cf.read(path)


def test_bins_under_words_of_their_own_are_no_target_bed(tmp_path: Path) -> None:
    """Each base of the genome stands under some word: taken for targets, all of TP53 would be covered."""
    path = cf.text(
        tmp_path / "x.bed",
        "chr17 0 7577016 thin",
        "chr17 7577016 7577157 good",
        "chr17 7577157 81195210 thin",
    )
    with pytest.raises(MalformedFileError, match=r"goes over every base"):
        cf.read(path)


# mosdepth, thresholds


def test_thresholds_count_bases_and_only_all_of_them_prove_a_depth() -> None:
    content = cf.made("TUMOR_1.thresholds.bed", Options())
    assert cf.seen(content) == [
        (7572925, 7573010, 200),
        (7573925, 7574035, 100),  # 104 of 111 bases reach 200: nobody knows which
        (7576851, 7576928, 100),
        (7577017, 7577157, None),  # 121 of 141 bases have a read at all
        (7577497, 7577610, 0),  # not one base has
    ]
    assert content.file.build is Build.GRCH37  # TP53 is named where it lies on it
    assert content.file.records.dropped == {OF_MDM2: 1}


def test_a_threshold_above_the_length_of_its_region_is_an_error(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.bed", "#chrom start end region 1X 30X", "chr17 7577016 7577157 ex8 141 142")
    with pytest.raises(
        MalformedFileError, match=r"line 2: 30x is '142', which is more than the 141 bases of the region"
    ):
        cf.read(path)
    path = cf.text(tmp_path / "y.bed", "#chrom start end region 1X 30X", "chr17 7577016 7577157 ex8 141 0.5")
    with pytest.raises(MalformedFileError, match=r"line 2: 30x is '0.5'"):
        cf.read(path)


def test_a_lowest_threshold_above_one_says_nothing_of_zero(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.bed", "#chrom start end region 30X", "chr17 7577016 7577157 unknown 0")
    assert cf.seen(cf.read(path)) == [(7577017, 7577157, None)]


# mosdepth, regions


@pytest.mark.parametrize("name", ["TUMOR_1.regions.bed", "TUMOR_1.windows.regions.bed"])
def test_a_mean_proves_nothing_and_a_mean_of_zero_proves_a_hole(name: str) -> None:
    content = cf.made(name)
    assert (content.seen, content.measures_depth, content.mean_depth) == ((), False, True)
    named = "windows" not in name
    assert [(r.start, r.end) for r in content.unseen] == ([(7576851, 7576928)] if named else [])
    assert content.file.records.dropped == {"mean depth of a region": 4 if named else 2}


def test_a_mean_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    rows = [f"chr17 {pos} {pos + 1} 30.00" for pos in range(7577016, 7577070)]
    path = cf.text(tmp_path / "x.bed", *rows, "chr17 7577070 7577071 1_0")
    with pytest.raises(MalformedFileError, match=r"line 55: the mean depth is '1_0', which is no number"):
        cf.read(path)


# GATK CallableLoci


@pytest.mark.parametrize("name", ["gatk4.callable.bed", "gatk3.callable.bed"])
def test_states_of_both_versions_lie_on_the_same_bases(name: str) -> None:
    """GATK 4 writes BED, GATK 3 the same rows 1-based and closed; both words for callable are known."""
    assert verdicts(cf.made(name)) == [
        (7571720, 7577016, None, True),
        (7577017, 7577040, None, None),
        (7577041, 7577060, None, False),
        (7577061, 7590868, None, True),
    ]


def test_no_coverage_is_a_depth_of_zero_and_too_much_is_seen(tmp_path: Path) -> None:
    path = cf.text(
        tmp_path / "x.bed",
        "17 7577016 7577040 NO_COVERAGE",
        "17 7577040 7577060 EXCESSIVE_COVERAGE",
        "17 7577060 7577070 REF_N",
        "17 7577070 7577080 HIGH_COVERAGE",
    )
    assert verdicts(cf.read(path)) == [
        (7577017, 7577040, 0, None),
        (7577041, 7577060, None, True),
        (7577061, 7577070, None, False),
        (7577071, 7577080, None, True),
    ]


def test_states_per_base_are_read_in_either_writing(tmp_path: Path) -> None:
    closed = cf.text(tmp_path / "a.bed", *(f"17 {pos} {pos} PASS" for pos in range(7577017, 7577020)))
    half_open = cf.text(tmp_path / "b.bed", *(f"17 {pos - 1} {pos} PASS" for pos in range(7577017, 7577020)))
    assert verdicts(cf.read(closed)) == verdicts(cf.read(half_open))
    assert [run.start for run in cf.read(closed).seen] == [7577017, 7577018, 7577019]


def test_a_lone_row_counts_as_seen_only_where_both_writings_agree(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "a.bed", "17 7577017 7577157 CALLABLE", "17 7579000 7579900 LOW_COVERAGE")
    assert [(run.start, run.end) for run in cf.read(path).seen] == [(7577018, 7577157), (7579000, 7579900)]


def test_a_row_of_one_base_is_closed(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "a.bed", "17 7577020 7577020 PASS", "17 7577050 7577060 PASS")
    assert [(run.start, run.end) for run in cf.read(path).seen] == [(7577020, 7577020), (7577050, 7577060)]


def test_rows_of_both_writings_in_one_file_are_refused(tmp_path: Path) -> None:
    path = cf.text(
        tmp_path / "a.bed", "17 7577016 7577040 PASS", "17 7577040 7577060 PASS", "17 7577061 7577070 LOW_COVERAGE"
    )
    with pytest.raises(MalformedFileError, match=r"some rows follow each other as 0-based half-open ones do"):
        cf.read(path)


def test_a_state_nobody_knows_is_an_error(tmp_path: Path) -> None:
    rows = [f"chr17 {pos} {pos + 1} PASS" for pos in range(7577016, 7577070)]
    path = cf.text(tmp_path / "x.bed", *rows, "chr17 7577070 7577071 FINE")
    with pytest.raises(
        MalformedFileError, match=r"line 55: the fourth column is 'FINE', which is no state of coverage"
    ):
        cf.read(path)


# samtools depth


def test_positions_are_one_based_and_the_tumor_column_is_chosen_by_name() -> None:
    content = cf.made("TUMOR_1.depth.tsv", TUMOR)
    assert cf.seen(content) == [
        (7577017, 7577017, 160),
        (7577018, 7577018, 161),
        (7577019, 7577019, 0),
        (7577021, 7577021, 158),
    ]
    assert (content.file.sample, content.file.notes) == (None, ("the depth of runs/TUMOR_1.md.bam was read",))
    assert content.file.records.dropped == {OF_MDM2: 1}


@pytest.mark.parametrize("name", ["TUMOR_1", "TUMOR_1.md.bam", "runs/TUMOR_1.md.bam"])
def test_a_column_is_found_by_path_file_or_name(name: str) -> None:
    content = cf.made("TUMOR_1.depth.tsv", Options(build=Build.GRCH37, tumor_sample=name))
    assert content.seen[0].depth == 160


@pytest.mark.parametrize("wanted", [None, "OTHER"])
def test_of_several_columns_none_is_guessed(wanted: str | None) -> None:
    with pytest.raises(
        SampleError, match=r"holds the depth of 2 samples: runs/NORMAL_1.bam, runs/TUMOR_1.md.bam"
    ) as caught:
        cf.made("TUMOR_1.depth.tsv", Options(build=Build.GRCH37, tumor_sample=wanted))
    assert "--tumor-sample" in str(caught.value)
    assert wanted is None or wanted in str(caught.value)


def test_several_columns_without_names_are_refused(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.tsv", "17 7577017 30 160", "17 7577018 31 161")
    with pytest.raises(SampleError, match=r"x.tsv line 1: holds 2 depth columns without names.*\n.*with -H"):
        cf.read(path)


def test_the_only_column_may_not_be_a_normal(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.tsv", "#CHROM POS blood.bam", "17 7577017 160", "17 7577018 161")
    with pytest.raises(SampleError, match=r"holds the depth of blood.bam, which reads as a normal"):
        cf.read(path)
    assert cf.read(path, Options(build=Build.GRCH37, tumor_sample="blood")).file.notes == (
        "the depth of blood.bam was read",
    )


def test_a_row_cut_short_is_an_error(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.tsv", "#CHROM POS a.bam", "17 7577017 160", "17 7577018")
    with pytest.raises(MalformedFileError, match=r"line 3: has 2 fields where the header has 3"):
        cf.read(path)


def test_positions_up_to_the_end_of_the_chromosome_prove_the_build(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "x.tsv", "17 83257440 0", "17 83257441 0")
    assert cf.read(path, Options()).file.build is Build.GRCH38


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("chr17 7577016 7577157",), "bed"),
        (("chr17 7577016 7577157", "chr17 7577017 7577158"), "bed"),  # overlapping targets one base apart
        (("chr17 7577016 153", "chr17 7577017 153"), "samtools-depth"),
        (("chr1 1 0", "chr1 2 0", "chr1 3 12"), "samtools-depth"),
        (("chr17 7577016 7577017 12", "chr17 7577017 7577018 13"), "mosdepth-per-base"),
        (("chr17 7577016 12 13", "chr17 7577017 12 14"), "samtools-depth"),
        (("chr17 7577016 7577157 TP53_ex8",), "bed"),
        (("chr17 7577016 7577157 12", "chr17 7577157 7577200 ex7"), "bed"),
        (("chr17 7577016 7577157 ex8 12.50", "chr17 7577496 7577610 ex7 0.00"), "mosdepth-regions"),
        (("chr17 7577016 7577157 ex8 0 +",), "bed"),
    ],
)
def test_a_target_bed_and_the_tables_of_depth_are_told_apart(
    tmp_path: Path, rows: tuple[str, ...], expected: str
) -> None:
    path = cf.text(tmp_path / "x", *rows)
    head = Head("x", path.read_bytes())
    assert [module.FORMAT.name for module in map(_module, READERS) if module.sniff(head)] == [expected]


# GATK DepthOfCoverage


def test_loci_of_gatk_4_and_3() -> None:
    four = cf.made("gatk4.DepthOfCoverage.csv")
    assert cf.seen(four) == [(7577017, 7577017, 160), (7577018, 7577018, 0)]
    assert (four.file.sample, four.file.records.dropped) == ("TUMOR_1", {OF_MDM2: 1})
    three = cf.made("gatk3.DepthOfCoverage.tsv", TUMOR)
    assert cf.seen(three) == [(7577017, 7577017, 160), (7577018, 7577018, 0)]
    with pytest.raises(SampleError, match=r"NORMAL_1, TUMOR_1"):
        cf.made("gatk3.DepthOfCoverage.tsv")


def test_a_table_of_loci_without_samples_or_with_a_cut_row_is_refused(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "a.csv", "Locus Total_Depth", "17:7577017 3", separator=",")
    with pytest.raises(MalformedFileError, match=r"has no column Depth_for_SAMPLE"):
        cf.read(path)
    header = "Locus Total_Depth Average_Depth_sample Depth_for_T"
    for row in ("17:7577017 3 3.00", "17-7577017 3 3.00 3"):
        path = cf.text(tmp_path / "b.csv", header, row, separator=",")
        with pytest.raises(MalformedFileError, match=r"b.csv line 2: is no row of the table"):
            cf.read(path)


# What lost its columns


def test_a_bed_with_fewer_than_three_columns_is_refused_by_name(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "panel.bed", "chr17 7577016", "chr17 7577496")
    with pytest.raises(MalformedFileError, match=r"panel.bed line 1: a BED line needs contig, start and end"):
        cf.read(path)
    with pytest.raises(UnknownFormatError):
        cf.read(cf.text(tmp_path / "one.bed", "chr17", "chr17"))


def test_a_bed_with_starts_and_ends_exchanged_is_no_table_of_depth(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "panel.bed", "chr17 7577157 7577016", "chr17 7577610 7577496")
    with pytest.raises(MalformedFileError, match=r"panel.bed line 1: the region ends \(7577016\) before it starts"):
        cf.read(path)


def test_a_target_bed_that_covers_whole_chromosomes_is_one(tmp_path: Path) -> None:
    path = cf.text(tmp_path / "wgs.bed", "chr12 0 133851895 all", "chr17 0 81195210 all")
    assert len(bed.read(SourceFile(path), cf.GRCH37).regions) == 2

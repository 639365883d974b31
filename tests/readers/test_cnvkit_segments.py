import pytest
from cn_files import MADE, made, over, read_path, read_text, table, values

from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from shared_data import shared

HEADER = "chromosome|start|end|gene|log2|probes"


def test_a_segment_carries_scale_reference_and_purity_state() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.cns"), "MDM2")
    assert segment.value == 3.2
    assert segment.scale is Scale.LOG2_RATIO
    assert segment.reference is Reference.SAMPLE
    assert segment.purity_state is PurityState.UNCORRECTED
    assert segment.producer == "CNVkit"
    assert segment.probes == 42
    assert not segment.at_least


def test_limits_of_segmetrics_are_kept_and_left_out_where_call_may_have_moved_the_ratio() -> None:
    text = made("TUMOR_1.segmetrics.cns")
    (segment,) = read_text(text).segments[:1]
    assert (segment.ci_low, segment.value, segment.ci_high) == (3.1, 3.2, 3.3)
    (called,) = read_text(text, name="TUMOR_1.call.cns").segments[:1]
    assert (called.ci_low, called.value, called.ci_high) == (None, 3.2, None)
    (plain,) = read_text(made("TUMOR_1.cns")).segments[:1]
    assert (plain.ci_low, plain.ci_high) == (None, None)


def test_half_open_positions_become_closed_ones() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.cns"), "MDM2")
    assert (segment.start, segment.end) == (68990001, 69660000)
    assert segment.source.line == 4
    assert segment.source.locus == "chr12:68990001-69660000"


def test_a_segment_that_ends_where_the_gene_begins_does_not_touch_it() -> None:
    before = table(HEADER, "12|69000000|69201957|-|5|9", "12|69239324|69300000|-|5|9")
    assert values(read_text(before), "MDM2") == []
    touching = table(HEADER, "12|69000000|69201958|-|5|9", "12|69239323|69300000|-|5|9")
    assert values(read_text(touching), "MDM2") == [5, 5]


def test_the_columns_may_stand_in_any_order() -> None:
    text = table("probes|log2|gene|end|start|chromosome", "42|3.2|MDM2|69660000|68990000|chr12")
    (segment,) = over(read_text(text, Options()), "MDM2")
    assert (segment.start, segment.end, segment.value, segment.probes) == (68990001, 69660000, 3.2, 42)


def test_call_keeps_log2_and_never_the_rounded_cn() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.call.cns"), "MDM2")
    assert segment.value == 2.4995  # 11.31 copies
    assert segment.label == "cn 12"
    assert segment.scale is Scale.LOG2_RATIO


def test_call_leaves_it_unknown_whether_log2_was_rewritten_for_purity() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.call.cns"), "MDM2")
    assert segment.purity_state is PurityState.UNKNOWN


def test_call_without_cn_is_known_by_its_name() -> None:
    content = read_text(made("TUMOR_1.cns"), name="TUMOR_1.call.cns")
    assert {s.purity_state for s in content.segments} == {PurityState.UNKNOWN}


@pytest.mark.parametrize("token", ["-20", "-20.0", "-20.4", "NaN", "nan", "NA", "", "-inf"])
def test_no_reads_and_no_number_are_no_value(token: str) -> None:
    content = read_text(table(HEADER, f"12|69000000|69300000|MDM2|{token}|9"))
    assert values(content, "MDM2") == [None]


def test_genes_are_named_by_whole_tokens() -> None:
    text = table(HEADER, "12|69000000|69300000|MDM2P1,MDM20;MDM2_CGH,CPM|0.1|9")
    (segment,) = read_text(text).segments
    assert segment.gene_labels == ("MDM2P1", "MDM20", "MDM2_CGH", "CPM")
    with pytest.raises(BuildError):  # no row names MDM2 itself, so that nothing proves the build
        read_text(text, Options())


@pytest.mark.parametrize("name", ["-", ".", ""])
def test_a_segment_without_gene_has_no_label(name: str) -> None:
    (segment,) = read_text(table(HEADER, f"12|69000000|69300000|{name}|0.1|9")).segments
    assert segment.gene_labels == ()


def test_commas_and_semicolons_separate_genes() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.cns"), "TP53")
    assert segment.gene_labels == ("TP53", "NF1", "NF1intron2", "ERBB2")


def test_a_segment_that_names_mdm2_proves_the_build() -> None:
    content = read_path(MADE / "TUMOR_1.cns", Options())
    assert content.file.build is Build.GRCH37
    assert content.file.build_because == "MDM2 is named at 12:68990001-69660000, where it lies on GRCh37"


def test_the_other_build_is_refused() -> None:
    with pytest.raises(BuildError, match="--build GRCh38 was given, but the file is not on GRCh38"):
        read_path(MADE / "TUMOR_1.cns", Options(build=Build.GRCH38))


def test_without_proof_the_build_is_asked_for() -> None:
    text = table(HEADER, "12|10000|133000000|KRAS,MDM2|0.1|900")
    with pytest.raises(BuildError) as caught:
        read_text(text, Options())
    assert str(caught.value) == (
        "made.tsv: nothing in the file proves the genome build\n"
        "  What to do: pass --build GRCh37 or --build GRCh38 (hg19 is GRCh37, hg38 is GRCh38)"
    )


def test_a_decimal_comma_is_named() -> None:
    with pytest.raises(MalformedFileError) as caught:
        read_text(table(HEADER, "12|69000000|69300000|MDM2|3,2|9"))
    assert str(caught.value) == (
        "made.tsv line 2: log2 is '3,2', which is not a number (a decimal comma?)\n"
        "  What to do: write the table again with a decimal point (LC_ALL=C)"
    )


@pytest.mark.parametrize("token", ["high", "1_0", "3.2x"])
def test_what_is_no_number_is_an_error(token: str) -> None:
    with pytest.raises(MalformedFileError, match=rf"line 2: log2 is '{token}', which is not a number"):
        read_text(table(HEADER, f"12|69000000|69300000|MDM2|{token}|9"))


@pytest.mark.parametrize("token", ["", "NA", "-5", "69000000.25", "69,000,000"])
def test_a_start_that_is_no_position_is_an_error(token: str) -> None:
    with pytest.raises(MalformedFileError, match=r"line 2: start is .* which is not a"):
        read_text(table(HEADER, f"12|{token}|69300000|MDM2|1|9"))


def test_a_cut_line_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match=r"made.tsv line 3: has 4 fields where the header has 6"):
        read_text(table(HEADER, "1|100|200|-|0|9", "12|69000000|69300000|MDM2"))


def test_a_column_named_twice_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="line 1: names a column twice: log2"):
        read_text(table(HEADER + "|log2", "12|69000000|69300000|MDM2|1|9|2"))


def test_carriage_returns_alone_are_an_error() -> None:
    with pytest.raises(MalformedFileError, match="the lines end with a carriage return alone"):
        read_text(made("TUMOR_1.cns").replace("\n", "\r"))


def test_every_row_is_accounted_for() -> None:
    text = table(HEADER, "1|100|200|-|0|9", "12|69300000|69000000|MDM2|5|9", "12|69000000|69300000|MDM2|1|9")
    records = read_text(text).file.records
    assert (records.total, records.in_windows, records.used) == (3, 2, 1)
    assert records.dropped == {"ends before it starts": 1}


def test_a_header_alone_holds_no_segment() -> None:
    content = read_text(table(HEADER))
    assert content.segments == ()
    assert content.copy_number
    assert content.file.records.total == 0
    assert content.silence == ("no bin of the assay lies there, or its segment was removed: not evidence of two copies")


def test_a_last_line_without_end_is_noted() -> None:
    content = read_text(made("TUMOR_1.cns").removesuffix("\n"))
    assert content.file.notes == ("the last line has no line end: the file may be cut",)


def test_bins_are_not_segments() -> None:
    text = table("chromosome|start|end|gene|log2|depth|weight", "12|69201957|69202957|MDM2|3|9|1")
    assert read_text(text).file.format == "cnvkit-bins"


@pytest.mark.parametrize("name", ["cnvkit_TR_95_T.cns", "cnvkit_TR_95_T.segmetrics.cns"])
def test_real_amplified_melanoma(name: str) -> None:
    content = read_path(shared(f"cn/{name}"), Options())
    (mdm2,), (tp53,) = over(content, "MDM2"), over(content, "TP53")
    assert (mdm2.value, mdm2.start, mdm2.end, mdm2.probes) == (2.817, 69004448, 69669616, 17)
    assert tp53.value == 0.0412136
    assert content.file.build is Build.GRCH37


def test_real_gene_split_over_two_segments() -> None:
    content = read_path(shared("cn/cnvkit_amplicon.cns"))
    assert values(content, "MDM2") == [0.289713, -0.583289]
    assert values(content, "TP53") == [-0.139576]


def test_real_old_table_without_depth() -> None:
    content = read_path(shared("cn/cnvkit_nv3.cns"))
    assert values(content, "MDM2") == [-0.0896974]
    assert "TP53" in over(content, "TP53")[0].gene_labels


def test_real_call() -> None:
    (segment,) = over(read_path(shared("cn/cnvkit_p2-9_2.call.cns")), "MDM2")
    assert segment.value == -0.0139775
    assert segment.label == "cn 2"
    assert segment.purity_state is PurityState.UNKNOWN


def test_real_segments_before_call_are_uncorrected() -> None:
    (segment,) = over(read_path(shared("cn/cnvkit_p2-9_2.cns")), "MDM2")
    assert segment.purity_state is PurityState.UNCORRECTED

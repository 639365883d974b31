import pytest
from cn_files import MADE, made, over, read_path, read_text, table, values

from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale

HEADER = "chromosome|start|end|gene|minCopyNumber|maxCopyNumber|isCanonical"
MDM2 = "12|69201956|69239214|MDM2"


def test_lowest_and_highest_copies_of_the_tumor_cell() -> None:
    content = read_path(MADE / "TUMOR_1.purple.cnv.gene.tsv", Options())
    (segment,) = over(content, "MDM2")
    assert (segment.gene, segment.value, segment.highest, segment.probes) == ("MDM2", 17.8123, 18.0411, 30)
    assert (segment.start, segment.end) == (69201956, 69239214)
    assert segment.scale is Scale.TUMOR_COPIES
    assert segment.reference is Reference.DIPLOID
    assert segment.purity_state is PurityState.CORRECTED
    assert segment.producer == "PURPLE"


def test_the_canonical_transcript_alone_is_used() -> None:
    content = read_path(MADE / "TUMOR_1.purple.cnv.gene.tsv", Options())
    assert values(content, "MDM2") == [17.8123]
    assert content.file.records.in_windows == 4
    assert content.file.records.dropped == {"names another gene": 1, "not the canonical transcript": 1}


def test_old_releases_have_capitals_and_one_transcript() -> None:
    text = table(
        "Chromosome|Start|End|Gene|MinCopyNumber|MaxCopyNumber|SomaticRegions|TranscriptId",
        MDM2 + "|17.8123|18.0411|2|ENST00000258149",
    )
    (segment,) = read_text(text, Options()).segments
    assert (segment.value, segment.highest) == (17.8123, 18.0411)


@pytest.mark.parametrize("token", ["-0.0212", "0.0000", "-0.0000"])
def test_slightly_negative_copies_are_no_copies(token: str) -> None:
    text = table(HEADER, f"17|7571720|7590856|TP53|{token}|2.0103|true")
    (segment,) = read_text(text).segments
    assert (segment.value, segment.highest) == (0, 2.0103)


def test_no_number_is_no_value() -> None:
    assert values(read_text(table(HEADER, MDM2 + "|NaN|NaN|true")), "MDM2") == [None]


def test_a_decimal_comma_of_the_locale_is_named() -> None:
    text = made("TUMOR_1.purple.cnv.gene.tsv").replace("17.8123", "17,8123")
    with pytest.raises(MalformedFileError) as caught:
        read_text(text)
    assert str(caught.value) == (
        "made.tsv line 2: mincopynumber is '17,8123', which is not a number (a decimal comma?)\n"
        "  What to do: write the table again with a decimal point (LC_ALL=C)"
    )


def test_a_decimal_comma_in_other_genes_and_columns_changes_nothing() -> None:
    text = made("TUMOR_1.purple.cnv.gene.tsv").replace("0.9870", "0,9870", 2)  # those of MDM2
    assert values(read_text(text), "MDM2") == [17.8123]
    with pytest.raises(MalformedFileError, match="minminorallelecopynumber is '0,9870'"):
        read_text(text.replace("0.9870", "0,9870"))


def test_the_place_of_the_gene_proves_the_build() -> None:
    path = MADE / "TUMOR_1.purple.cnv.gene.tsv"
    assert read_path(path, Options()).file.build is Build.GRCH37
    with pytest.raises(BuildError, match="MDM2 is named at 12:69201956-69239214, where it lies on GRCh37"):
        read_path(path, Options(build=Build.GRCH38))


def test_the_gene_on_the_other_build() -> None:
    text = table(HEADER, "chr12|68808172|68850686|MDM2|17.8|18.0|true")
    assert read_text(text, Options()).file.build is Build.GRCH38


def test_a_file_without_the_gene_is_silent() -> None:
    content = read_text(table(HEADER, "7|55019017|55211628|EGFR|2|2|true"))
    assert content.segments == ()
    assert content.silence is not None
    assert "the gene was not in the list" in content.silence


def test_the_rarer_allele_of_tp53_is_read_where_the_release_writes_it() -> None:
    (tp53,) = over(read_path(MADE / "TUMOR_1.purple.cnv.gene.tsv"), "TP53")
    assert tp53.minor == 0.987
    (old,) = read_text(table(HEADER, "17|7571720|7590856|TP53|1.9|2.0|true")).segments
    assert old.minor is None

"""ASCAT, ASCAT.sc, ascatNgs and the input of PCGR: copies of both alleles, gaps, several samples."""

import pytest
from cn_files import GRCH37, MADE, made, over, read_path, read_text, table, values

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from mdm2screen.results import Status
from shared_data import shared

HEADER = "sample|chr|startpos|endpos|nMajor|nMinor"
REAL = "cn/ascat_A32_prostate.segments.txt"


def test_both_alleles_together_are_copies_of_the_tumor_cell() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.segments.txt"), "MDM2")
    assert (segment.value, segment.minor, segment.sample) == (14, 1, "TUMOR_1")
    assert (segment.start, segment.end) == (69010000, 71200000)
    assert segment.scale is Scale.TUMOR_COPIES
    assert segment.reference is Reference.DIPLOID
    assert segment.purity_state is PurityState.CORRECTED


def test_copies_before_rounding_are_used_where_the_table_has_them() -> None:
    """11.59 copies are rounded to 12 by the producer, and 12 is a threshold."""
    (segment,) = over(read_path(MADE / "TUMOR_1.segments_raw.txt"), "MDM2")
    assert segment.value == pytest.approx(11.59)
    assert segment.label == "nMajor 11, nMinor 1"


def test_a_fit_slightly_below_zero_is_no_copy() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.segments_raw.txt"), "TP53")
    assert segment.value == pytest.approx(1.03)
    assert segment.minor == 0


def test_a_missing_allele_is_no_number() -> None:
    assert values(read_text(table(HEADER, "T|12|69000000|71000000|14|NA")), "MDM2") == [None]


def test_a_gene_between_two_segments_is_not_normal() -> None:
    text = table(HEADER, "T|12|60120|69190000|1|1", "T|12|69250000|133777000|1|1")
    content = read_text(text)
    assert over(content, "MDM2") == []
    assert (
        content.silence == "the gene lies between two segments, where no SNP was measured: not evidence of two copies"
    )


@pytest.mark.parametrize("sample", ["A32A-0019_CRUK_PC_0019_M1", "A32C-0019_CRUK_PC_0019_T1"])
def test_the_real_tumor_has_seven_copies_in_two_samples(sample: str) -> None:
    content = read_path(shared(REAL), Options(build=Build.GRCH37, cn_sample=sample))
    assert values(content, "MDM2") == [7]
    decision = screen(shared(REAL), build="GRCh37", cn_sample=sample)
    assert decision.calls[0].status is Status.NOT_MET


def test_a_table_of_several_samples_lists_them() -> None:
    with pytest.raises(SampleError) as caught:
        read_path(shared(REAL), GRCH37)
    assert "A32A-0019_CRUK_PC_0019_M1, A32C-0019_CRUK_PC_0019_T1" in str(caught.value)
    assert caught.value.exit_code == 3


def test_purity_and_ploidy() -> None:
    (record,) = read_path(MADE / "TUMOR_1.purityploidy.txt").purities
    assert (record.purity, record.ploidy) == (0.62, 2.14)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("62|2.1", "aberrantcellfraction is '62', which is no fraction of tumor cells (above 0, up to 1)"),
        ("0|2.1", "aberrantcellfraction is '0', which is no fraction of tumor cells (above 0, up to 1)"),
        ("0.6|0", "ploidy is '0', which is no number of copies"),
    ],
)
def test_an_impossible_purity_or_ploidy_is_named(row: str, message: str) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read_text(table("AberrantCellFraction|Ploidy", row))
    assert message in str(caught.value)
    assert "made.tsv line 2" in str(caught.value)


def test_a_purity_that_is_missing_is_none() -> None:
    (record,) = read_text(table("AberrantCellFraction|Ploidy", "NA|2.1")).purities
    assert record.purity is None


def test_two_fits_in_one_file_are_refused() -> None:
    with pytest.raises(MalformedFileError, match="holds 2 fits where one is wanted"):
        read_text(table("AberrantCellFraction|Ploidy", "0.6|2.1", "0.3|4.0"))


def test_ascat_sc_copies_stand_in_the_column_named_logr() -> None:
    content = read_path(MADE / "TUMOR_1.ASCAT.scprofile.txt")
    assert values(content, "MDM2") == [14.72]
    assert values(content, "TP53") == [1.94]


def test_ascat_ngs_has_no_header() -> None:
    content = read_path(MADE / "TUMOR_1.copynumber.caveman.csv")
    (segment,) = over(content, "MDM2")
    assert (segment.value, segment.minor) == (14, 1)
    assert content.file.records.total == 3


def test_ascat_ngs_cut_in_a_line_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="line 4: has 3 fields where the header has 8"):
        read_text(made("TUMOR_1.copynumber.caveman.csv") + "4,18,1")


@pytest.mark.parametrize(
    ("name", "build"),
    [("cn/pcgr_T001-BRCA.grch37.cna.tsv", Build.GRCH37), ("cn/pcgr_T001-COAD.grch38.cna.tsv", Build.GRCH38)],
)
def test_the_real_input_of_pcgr_has_one_copy_of_each_allele(name: str, build: Build) -> None:
    (segment,) = over(read_path(shared(name), Options(build=build)), "MDM2")
    assert (segment.value, segment.minor) == (2, 1)


@pytest.mark.parametrize(("bins", "wide"), [("90", False), ("5", True)])
def test_in_bins_wider_than_the_gene_a_gain_is_the_least_it_can_be(bins: str, wide: bool) -> None:
    """2.5 Mb in 90 bins are 28 kb each; in 5, half a megabase, where 37 kb of MDM2 are diluted."""
    text = made("TUMOR_1.ASCAT.scprofile.txt").replace("71500000\t90", f"71500000\t{bins}")
    (segment,) = over(read_text(text), "MDM2")
    assert segment.at_least is wide

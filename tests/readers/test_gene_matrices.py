"""Matrices of genes and samples (GISTIC, cBioPortal): levels are labels, capped values mean "at least"."""

from pathlib import Path

import pytest
from cn_files import MADE, made, over, read_path, read_text, table

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError, SampleError, ScaleError
from mdm2screen.readers.contract import CnScale, Options
from mdm2screen.records import FileContent, PurityState, Reference, Scale
from mdm2screen.results import Status
from shared_data import shared

FIRST = Options(cn_sample="TUMOR_1")
COHORT = "cohort/nsclc_msk_pd1_2018/data_cna.txt"


def labels(content: FileContent, gene: str) -> list[str | None]:
    return [segment.label for segment in over(content, gene)]


def test_gistic_values_are_copies_minus_two_and_capped() -> None:
    (segment,) = over(read_path(MADE / "gistic_all_data_by_genes.txt", FIRST), "MDM2")
    assert segment.value == pytest.approx(5.657)
    assert segment.at_least
    assert (segment.scale, segment.reference) == (Scale.OBSERVED_COPIES, Reference.UNKNOWN)
    assert segment.purity_state is PurityState.UNKNOWN


def test_a_gistic_value_below_the_cap_is_exact() -> None:
    (segment,) = over(read_path(MADE / "gistic_all_data_by_genes.txt", Options(cn_sample="TUMOR_2")), "MDM2")
    assert (segment.value, segment.at_least) == (3.25, False)


@pytest.mark.parametrize("name", ["gistic_all_thresholded.by_genes.txt", "data_cna.txt", "data_cna_long.txt"])
def test_a_level_is_a_label_and_never_meets_a_number(name: str) -> None:
    content = read_path(MADE / name, FIRST)
    assert labels(content, "MDM2") == ["2"]
    decision = screen(MADE / name, cn_sample="TUMOR_1", purity=0.9)
    assert decision.calls[0].status is Status.INDETERMINATE


def test_a_bare_minus_two_of_tp53_goes_to_review() -> None:
    decision = screen(MADE / "data_cna.txt", cn_sample="TUMOR-2.T")
    assert "T016" in [reason.code for reason in decision.calls[1].reasons]


def test_half_levels_and_missing_ones_are_labels() -> None:
    assert labels(read_path(MADE / "data_cna.txt", Options(cn_sample="TUMOR-2.T")), "MDM2") == ["-1.5"]
    assert [s.value for s in read_path(MADE / "data_cna.txt", Options(cn_sample="NA")).segments] == [None, None]


def test_samples_are_named_as_they_are_written() -> None:
    with pytest.raises(SampleError) as caught:
        read_path(MADE / "data_cna.txt", Options())
    assert "NA, TUMOR-2.T, TUMOR_1" in str(caught.value)


def test_numbers_that_are_no_levels_ask_for_their_scale() -> None:
    with pytest.raises(ScaleError) as caught:
        read_path(MADE / "data_log2_cna.txt", FIRST)
    assert "data_log2_cna.txt line 2" in str(caught.value)
    assert "--cn-scale log2, ratio or copies" in str(caught.value)


@pytest.mark.parametrize(
    ("scale", "value", "kept"),
    [
        (CnScale.LOG2, 3.2, Scale.LOG2_RATIO),
        (CnScale.RATIO, 3.2, Scale.LINEAR_RATIO),
        (CnScale.COPIES, 3.2, Scale.OBSERVED_COPIES),
    ],
)
def test_a_stated_scale_is_taken(scale: CnScale, value: float, kept: Scale) -> None:
    text = made("data_log2_cna.txt").replace("-0.41", "0.41")
    (segment,) = over(read_text(text, Options(cn_sample="TUMOR_1", cn_scale=scale)), "MDM2")
    assert (segment.value, segment.scale) == (value, kept)


def test_a_gene_that_stands_twice_is_kept_twice() -> None:
    content = read_text(made("data_cna.txt") + "MDM2\t4193\t0\t0\t0\n", FIRST)
    assert sorted(labels(content, "MDM2"), key=str) == ["0", "2"]


def test_a_line_cut_before_the_sample_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="has 2 fields where the header has 3"):
        read_text(table("Hugo_Symbol|A|TUMOR_1", "CDK4|0|0", "MDM2|0"), FIRST)


def test_no_tumor_of_the_real_cohort_is_called_by_its_level() -> None:
    """240 tumors, six of them with a level of 2."""
    path = shared(COHORT)
    samples = path.read_text().splitlines()[0].split("\t")[1:]
    found = {name: labels(read_path(path, Options(cn_sample=name)), "MDM2") for name in samples}
    assert len(found) == 240
    assert sum(value == ["2"] for value in found.values()) == 6
    assert all(value in (["2"], ["0"], ["-2"]) for value in found.values())
    amplified = next(name for name, value in found.items() if value == ["2"])
    assert screen(path, cn_sample=amplified).calls[0].status is Status.INDETERMINATE


@pytest.mark.parametrize("scale", list(CnScale))
@pytest.mark.parametrize("name", ["data_cna.txt", "data_cna_long.txt"])
def test_no_scale_stated_for_another_file_makes_numbers_of_levels(name: str, scale: CnScale) -> None:
    """A level of 2 read as log2 would be 22 copies at a purity of 0.3; as copies it would be no amplification."""
    content = read_path(MADE / name, Options(cn_sample="TUMOR_1", cn_scale=scale))
    assert labels(content, "MDM2") == ["2"]
    assert any("levels from -2 to 2 alone" in note for note in content.file.notes)
    decision = screen(MADE / name, cn_sample="TUMOR_1", cn_scale=scale, purity=0.3)
    assert decision.calls[0].status is Status.INDETERMINATE


def test_numbers_of_a_matrix_may_have_been_corrected_already() -> None:
    """7.3 copies as they stand, 15 if nobody had corrected them at a purity of 0.4."""
    text = table("Hugo_Symbol|TUMOR_1", "CDK4|2.1", "MDM2|7.3", "TP53|1.2")
    (segment,) = over(read_text(text, Options(cn_scale=CnScale.COPIES)), "MDM2")
    assert (segment.purity_state, segment.reference) == (PurityState.UNKNOWN, Reference.UNKNOWN)


def test_a_gistic_value_of_a_tetraploid_tumor_is_not_surely_low(tmp_path: Path) -> None:
    """3.2 copies where 2 is the middle of a tumor with 4.5: 12 at a purity of 0.2."""
    path = tmp_path / "all_data_by_genes.txt"
    path.write_text(table("Gene Symbol|Gene ID|Cytoband|TUMOR_1", "MDM2|4193|12q15|1.200"))
    assert screen(path).calls[0].status is Status.INDETERMINATE
    assert screen(path, ploidy=2).calls[0].status is Status.NOT_MET


@pytest.mark.parametrize(
    ("scale", "middle", "fits"),
    [
        (CnScale.COPIES, "0.01", False),
        (CnScale.COPIES, "1.02", False),
        (CnScale.COPIES, "2.03", True),
        (CnScale.RATIO, "2.03", False),
        (CnScale.RATIO, "1.02", True),
        (CnScale.LOG2, "1.02", False),
        (CnScale.LOG2, "0.01", True),
    ],
)
def test_a_stated_scale_that_the_middle_of_the_sample_contradicts_is_refused(
    scale: CnScale, middle: str, fits: bool
) -> None:
    rows = [f"GENE{n}|{middle}" for n in range(30)]
    text = table("Hugo_Symbol|TUMOR_1", *rows, "MDM2|3.4")
    options = Options(cn_scale=scale)
    if fits:
        assert [s.value for s in read_text(text, options).segments] == [3.4]
    else:
        with pytest.raises(ScaleError, match=f"--cn-scale {scale} was given, but the genes of TUMOR_1 lie around"):
            read_text(text, options)


def test_a_relative_depmap_matrix_is_not_read_as_copies() -> None:
    """1 is neutral in log2(ratio + 1): 44 copies would read as 4.5."""
    genes = ",".join(f"GENE{n} ({n})" for n in range(30))
    text = f",{genes},MDM2 (4193)\nACH-1,{','.join(['1.01'] * 30)},4.52\n"
    with pytest.raises(ScaleError, match=r"lie around 1\.01"):
        read_text(text, Options(cn_scale=CnScale.COPIES))


def test_a_matrix_that_names_the_sample_twice_is_refused() -> None:
    with pytest.raises(MalformedFileError, match="names the sample TUMOR_1 twice"):
        read_text(table("Hugo_Symbol|TUMOR_1|TUMOR_1", "MDM2|0|2"), FIRST)

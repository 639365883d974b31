"""Matrices of genes and samples (GISTIC, cBioPortal): levels are labels, capped values mean "at least"."""

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
    assert (segment.scale, segment.reference) == (Scale.OBSERVED_COPIES, Reference.DIPLOID)
    assert segment.purity_state is PurityState.UNCORRECTED


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

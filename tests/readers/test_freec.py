"""Control-FREEC: calls without header, windows without end, -1 as no measurement."""

from pathlib import Path

import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError, UnknownFormatError
from mdm2screen.records import PurityState, Reference, Scale
from mdm2screen.results import Status


@pytest.mark.parametrize("name", ["TUMOR_1.bam_CNVs", "TUMOR_1.bam_CNVs.p.value.txt"])
def test_calls_are_copies_of_unknown_correction(name: str) -> None:
    (segment,) = over(read_path(MADE / name), "MDM2")
    assert (segment.value, segment.label) == (14, "gain")
    assert (segment.start, segment.end) == (68950001, 71200000)
    assert (segment.scale, segment.reference) == (Scale.OBSERVED_COPIES, Reference.UNKNOWN)
    assert segment.purity_state is PurityState.UNKNOWN


def test_a_whole_number_is_no_firmer_than_its_rounding_at_a_low_purity(tmp_path: Path) -> None:
    """13 copies at a purity of 0.22 are seen as 4.42 and written as 4, which would read as 11.1."""
    path = tmp_path / "T1.bam_CNVs"
    path.write_text("12\t68950000\t71200000\t4\tgain\n")
    decision = screen(path, build="GRCh37", purity=0.22, ploidy=2)
    assert decision.calls[0].status is Status.INDETERMINATE
    assert decision.mdm2 is not None
    assert decision.mdm2.interval is not None
    assert decision.mdm2.interval.high == pytest.approx((4 - 1.56) / 0.22 + 0.5 * (1 / 0.22 - 1))


@pytest.mark.parametrize("more", ["\tAAB\t0.2", "\tAAB\t0.2\tsomatic\t0"])
def test_calls_have_five_seven_or_nine_fields(more: str) -> None:
    text = made("TUMOR_1.bam_CNVs").replace("\n", f"{more}\n")
    assert values(read_text(text), "MDM2") == [14]


def test_six_fields_are_no_calls_of_freec() -> None:
    with pytest.raises(UnknownFormatError):
        read_text(made("TUMOR_1.bam_CNVs").replace("\n", "\tx\n"))


def test_a_region_that_is_not_called_says_nothing() -> None:
    content = read_text("17\t6100\t18900000\t1\tloss\n")
    assert over(content, "MDM2") == []
    assert content.silence is not None
    assert content.silence.startswith("neutral regions are not written")


def test_a_window_ends_where_the_next_begins_and_minus_one_is_no_measurement() -> None:
    found = over(read_path(MADE / "TUMOR_1.bam_ratio.txt"), "MDM2")
    assert [(s.start, s.end, s.value) for s in found] == [(69200001, 69250000, 7.04)]
    assert found[0].scale is Scale.LINEAR_RATIO
    missing = read_text(made("TUMOR_1.bam_ratio.txt").replace("\t7.2\t7.04\t", "\t-1\t-1\t"))
    assert values(missing, "MDM2") == [None]


def test_the_last_window_is_as_long_as_the_one_before() -> None:
    found = over(read_path(MADE / "TUMOR_1.bam_ratio.txt"), "TP53")
    assert [(s.start, s.end) for s in found] == [(7550001, 7600000)]


def ratios(*starts: int) -> str:
    rows = "".join(f"12\t{start}\t1.0\t1.0\t2\n" for start in starts)
    return f"Chromosome\tStart\tRatio\tMedianRatio\tCopyNumber\n{rows}"


def test_windows_beside_the_gene_do_not_reach_over_it() -> None:
    """Of a panel without MDM2, or of a file whose windows there were left out: silence is no neutral ratio."""
    panel = ratios(*range(68_000_001, 68_010_001, 500), 69_150_001, *range(69_300_001, 69_310_001, 500))
    genome = ratios(*range(69_000_001, 69_200_001, 50_000), *range(69_250_001, 69_500_001, 50_000))
    assert over(read_text(panel), "MDM2") == []
    assert over(read_text(genome), "MDM2") == []


def test_windows_of_a_panel_bridge_the_introns() -> None:
    found = over(read_text(ratios(*range(69_202_001, 69_238_001, 6_000))), "MDM2")
    assert [(s.start, s.end) for s in found[:2]] == [(69_202_001, 69_208_000), (69_208_001, 69_214_000)]


def test_wide_windows_of_a_genome_reach_over_the_gene() -> None:
    found = over(read_text(ratios(*range(69_000_001, 69_500_001, 100_000))), "MDM2")
    assert [(s.start, s.end) for s in found] == [(69_200_001, 69_300_000)]


def test_windows_that_do_not_ascend_are_refused() -> None:
    text = made("TUMOR_1.bam_ratio.txt").replace("12\t69200001", "12\t69100001")
    with pytest.raises(MalformedFileError, match="start is '69100001', which is not behind the window before it"):
        read_text(text)


def test_purity_and_a_ploidy_that_somebody_chose() -> None:
    """The default of 2 may only mean that nobody gave another."""
    content = read_path(MADE / "TUMOR_1.bam_info.txt")
    assert [(r.purity, r.ploidy) for r in content.purities] == [(0.71, None)]
    assert any("Output_Ploidy is 2" in note for note in content.file.notes)
    (record,) = read_text(made("TUMOR_1.bam_info.txt").replace("Output_Ploidy\t2", "Output_Ploidy\t4")).purities
    assert (record.purity, record.ploidy) == (0.71, 4)


def test_without_a_purity_the_ploidy_alone_is_stated() -> None:
    text = made("TUMOR_1.bam_info.txt").replace("Sample_Purity\t0.71\n", "").replace("Ploidy\t2", "Ploidy\t3")
    (record,) = read_text(text).purities
    assert (record.purity, record.ploidy) == (None, 3)


def test_in_windows_wider_than_the_gene_a_gain_is_the_least_it_can_be() -> None:
    (wide,) = over(read_path(MADE / "TUMOR_1.bam_ratio.txt"), "MDM2")
    rows = [f"12\t{start}\t1.2\t1.2\t2" for start in range(69150001, 69300001, 10000)]
    narrow = over(read_text("\n".join([made("TUMOR_1.bam_ratio.txt").splitlines()[0], *rows]) + "\n"), "MDM2")
    assert (wide.end - wide.start + 1, wide.at_least) == (50000, True)
    assert {(segment.end - segment.start + 1, segment.at_least) for segment in narrow} == {(10000, False)}

"""TitanCNA: the ceiling of 8, the number without it, swapped alleles, purity from the share of normal cells."""

import pytest
from cn_files import MADE, made, over, read_path, read_text

from mdm2screen.errors import MalformedFileError


def test_eight_means_eight_or_more() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.titan.segs.txt"), "MDM2")
    assert (segment.value, segment.at_least, segment.minor, segment.label) == (8, True, 1, "ASCNA")


def test_the_number_before_rounding_has_no_ceiling() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.titan.ichor.segs.txt"), "MDM2")
    assert (segment.value, segment.at_least) == (18.4, False)


def test_the_rarer_allele_is_the_smaller_number_whichever_column_holds_it() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.titan.ichor.segs.txt"), "MDM2")
    assert segment.minor == 1


def test_purity_is_what_normal_cells_leave() -> None:
    (record,) = read_path(MADE / "TUMOR_1.titan.params.txt").purities
    assert (record.purity, record.ploidy) == (0.65, 2.2)


@pytest.mark.parametrize("share", ["1", "35", "-0.1"])
def test_an_impossible_share_of_normal_cells_is_named(share: str) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read_text(made("TUMOR_1.titan.params.txt").replace("0.35", share))
    assert f"Normal contamination estimate is {share}, which is no share of normal cells below one" in str(caught.value)
    assert "line 1" in str(caught.value)


@pytest.mark.parametrize(("name", "column"), [("TUMOR_1.titan.segs.txt", 13), ("TUMOR_1.titan.ichor.segs.txt", 13)])
def test_a_gain_in_a_part_of_the_tumor_cells_is_the_mean_over_all(name: str, column: int) -> None:
    """18.4 copies in 30% of the cells and two in the others are 6.9."""
    lines = [line.split("\t") for line in made(name).splitlines()]
    assert lines[0][column] == "Cellular_Prevalence"
    lines[2][column] = "0.3"
    content = read_text("\n".join("\t".join(line) for line in lines) + "\n")
    (segment,) = over(content, "MDM2")
    whole = 18.4 if "ichor" in name else 8
    assert segment.value == pytest.approx(0.3 * whole + 0.7 * 2)
    assert segment.subclonal
    assert segment.minor is None


def test_a_loss_in_a_part_of_the_tumor_cells_is_kept() -> None:
    text = made("TUMOR_1.titan.segs.txt").replace("DLOH\t1\t0\t1\t1\t1", "HOMD\t0\t0\t0\t1\t0.3")
    (segment,) = over(read_text(text), "TP53")
    assert (segment.value, segment.subclonal) == (0, True)


def test_a_prevalence_that_is_no_part_is_refused() -> None:
    with pytest.raises(MalformedFileError, match="is no part of the tumor cells"):
        read_text(made("TUMOR_1.titan.segs.txt").replace("ASCNA\t8\t1\t7\t1\t1", "ASCNA\t8\t1\t7\t1\t30"))

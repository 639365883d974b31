"""Battenberg: copies over all cells, masked copies, the row that is the answer."""

import pytest
from cn_files import MADE, over, read_path, read_text, table, values

from mdm2screen.errors import MalformedFileError

HEADER = "chr|startpos|endpos|nMaj1_A|nMin1_A|frac1_A|nMaj2_A|nMin2_A|frac2_A"


def test_copies_are_the_mean_over_the_cells_of_both_states() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1_copynumber.txt"), "MDM2")
    assert segment.value == 0.75 * 15 + 0.25 * 21
    assert segment.minor == 1
    assert segment.label == "0.75 and 0.25 of the tumor cells differ"


def test_ntot_is_not_the_total() -> None:
    assert values(read_path(MADE / "TUMOR_1_subclones.txt"), "MDM2") == [15]


def test_copies_beyond_the_limit_are_masked_and_never_none() -> None:
    text = table(HEADER, "12|69010000|71200000|NA|NA|1|NA|NA|NA")
    assert values(read_text(text), "MDM2") == [None]


def test_a_masked_second_state_leaves_no_number() -> None:
    text = table(HEADER, "12|69010000|71200000|2|1|0.5|NA|NA|0.5")
    assert values(read_text(text), "MDM2") == [None]


def test_purity_and_ploidy_of_the_short_file() -> None:
    (record,) = read_path(MADE / "TUMOR_1_purity_ploidy.txt").purities
    assert (record.purity, record.ploidy) == (0.58, 2.31)


def test_the_row_frac_genome_is_the_answer() -> None:
    (record,) = read_path(MADE / "TUMOR_1_rho_and_psi.txt").purities
    assert (record.purity, record.ploidy) == (0.58, 2.18)
    assert record.source.line == 3


def test_two_answers_are_refused() -> None:
    rows = ["FRAC_GENOME|0.5|2|0.1|TRUE", "FRAC_GENOME|0.6|2|0.1|TRUE"]
    with pytest.raises(MalformedFileError, match="holds 2 of the one row FRAC_GENOME it should"):
        read_text(table("rho|psi|distance|is.best", *rows))


def test_a_segment_of_two_states_is_subclonal() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1_copynumber.txt"), "MDM2")
    (whole,) = over(read_path(MADE / "TUMOR_1_subclones.txt"), "MDM2")
    assert (segment.subclonal, whole.subclonal) == (True, False)

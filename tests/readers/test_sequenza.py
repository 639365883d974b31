"""Sequenza: the ceiling of 20, the row that is the answer, and a list of solutions that is none."""

import pytest
from cn_files import MADE, made, over, read_path, read_text

from mdm2screen.errors import MalformedFileError


def test_copies_of_the_tumor_cell() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1_segments.txt"), "MDM2")
    assert (segment.value, segment.minor, segment.at_least, segment.probes) == (17, 1, False, 130)


def test_twenty_means_twenty_or_more() -> None:
    text = made("TUMOR_1_segments.txt").replace("\t17\t16\t1\t", "\t20\t19\t1\t")
    (segment,) = over(read_text(text), "MDM2")
    assert (segment.value, segment.at_least) == (20, True)


def test_the_second_of_three_rows_is_the_answer() -> None:
    (record,) = read_path(MADE / "TUMOR_1_confints_CP.txt").purities
    assert (record.purity, record.ploidy) == (0.64, 2.2)


def test_a_file_with_less_than_three_rows_is_refused() -> None:
    text = "".join(made("TUMOR_1_confints_CP.txt").splitlines(keepends=True)[:3])
    with pytest.raises(MalformedFileError, match="holds 2 rows where Sequenza writes three"):
        read_text(text)


def test_several_solutions_ask_which_was_chosen() -> None:
    with pytest.raises(MalformedFileError) as caught:
        read_path(MADE / "TUMOR_1_alternative_solutions.txt")
    assert str(caught.value) == (
        "TUMOR_1_alternative_solutions.txt: lists 2 solutions and not which one was chosen\n"
        "  What to do: pass the confints_CP.txt, or state --purity and --ploidy"
    )


def test_a_single_solution_is_the_answer() -> None:
    text = "".join(made("TUMOR_1_alternative_solutions.txt").splitlines(keepends=True)[:2])
    (record,) = read_text(text).purities
    assert (record.purity, record.ploidy) == (0.64, 2.2)

"""FACETS purity and ploidy: which run states them, NA, and the suite's verdict."""

from pathlib import Path

import pytest
from cn_files import MADE, made, read_path, read_text, table

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.results import Status


@pytest.mark.parametrize("name", ["TUMOR_1.facets.txt", "TUMOR_1.facets.qc.txt", "TUMOR_1_hisens.out"])
def test_purity_and_ploidy(name: str) -> None:
    (record,) = read_path(MADE / name).purities
    assert (record.purity, record.ploidy) == (0.61, 2.3)


def test_the_purity_run_states_them() -> None:
    text = made("TUMOR_1.facets.txt").replace("hisens\t0.61\t2.3", "hisens\t0.3\t4.1")
    (record,) = read_text(text).purities
    assert (record.purity, record.ploidy) == (0.61, 2.3)


@pytest.mark.parametrize("name", ["TUMOR_1.facets.txt", "TUMOR_1_hisens.out"])
def test_a_purity_that_could_not_be_told_is_neither_none_nor_all(name: str) -> None:
    (record,) = read_text(made(name).replace("0.61", "NA"), name=name).purities
    assert (record.purity, record.ploidy) == (None, 2.3)


def test_a_failed_verdict_fails_the_sample() -> None:
    (verdict,) = read_text(made("TUMOR_1.facets.qc.txt").replace("FALSE\tTRUE", "FALSE\tFALSE")).qc
    assert (verdict.passed, verdict.status) == (False, "facets_qc is FALSE")


def test_several_tumors_ask_for_one() -> None:
    rows = ["A|purity|0.5|2|0", "B|purity|0.6|2|0"]
    with pytest.raises(MalformedFileError, match="holds 2 runs that may state purity and ploidy"):
        read_text(table("sample|run_type|purity|ploidy|dipLogR", *rows))


@pytest.mark.parametrize("copies", ["2", "18"])
def test_copies_that_facets_wrote_without_a_purity_are_no_number(copies: str, tmp_path: Path) -> None:
    """They would be the tumor's only if it had no normal cells."""
    segments, fit = tmp_path / "TUMOR_1.cncf.txt", tmp_path / "TUMOR_1_hisens.out"
    segments.write_text(made("TUMOR_1.cncf.txt").replace("0.61\t18", f"0.61\t{copies}"))
    fit.write_text(made("TUMOR_1_hisens.out").replace("0.61", "NA"))
    found = screen(segments, fit, build="GRCh37").calls[0]
    assert found.status is Status.INDETERMINATE
    assert [(r.code, "FACETS found no purity" in r.message) for r in found.reasons] == [("M007", True)]
    assert screen(segments, MADE / "TUMOR_1_hisens.out", build="GRCh37").calls[0].status is not Status.INDETERMINATE
    other = screen(fit, MADE / "TUMOR_1.purple.cnv.somatic.tsv").calls[0]
    assert other.status is Status.MET

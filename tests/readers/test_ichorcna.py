"""ichorCNA: bins far wider than the gene say "at least", and a tumor fraction of zero is no sample."""

from pathlib import Path

import pytest
from cn_files import MADE, made, over, read_path, read_text, table

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.results import Status


@pytest.mark.parametrize(
    ("name", "copies"), [("TUMOR_1.ichor.seg", 7), ("TUMOR_1.ichor.seg.txt", 13.6), ("TUMOR_1.cna.seg", 13.6)]
)
def test_copies_are_at_least_what_is_written(name: str, copies: float) -> None:
    (segment,) = over(read_path(MADE / name), "MDM2")
    assert (segment.value, segment.at_least, segment.label) == (copies, True, "HLAMP")


def test_a_neutral_bin_of_a_megabase_never_says_that_the_gene_is_not_amplified() -> None:
    text = table("sample|chr|start|end|event|copy.number|bins|median", "T|12|69000001|70000000|NEUT|2|1|0.01")
    (segment,) = over(read_text(text), "MDM2")
    assert segment.at_least


def test_the_command_leaves_a_neutral_bin_open() -> None:
    path = MADE / "TUMOR_1.ichor.seg"
    decision = screen(path, build="GRCh37")
    assert decision.calls[0].status is Status.INDETERMINATE


def test_tumor_fraction_and_ploidy() -> None:
    (record,) = read_path(MADE / "TUMOR_1.ichor.params.txt").purities
    assert (record.purity, record.ploidy) == (0.2741, 2.31)


def test_no_tumor_dna_fails_the_sample_and_states_no_purity() -> None:
    content = read_text(made("TUMOR_1.ichor.params.txt").replace("0.2741", "0"))
    assert content.purities == ()
    assert [(q.passed, q.status) for q in content.qc] == [(False, "ichorCNA found no tumor DNA (tumor fraction 0)")]


def test_a_tumor_fraction_in_percent_is_named() -> None:
    with pytest.raises(MalformedFileError, match=r"Tumor Fraction is '27\.41', which is no fraction of tumor cells"):
        read_text(made("TUMOR_1.ichor.params.txt").replace("0.2741", "27.41"))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("TUMOR_1.ichor.seg.txt", "HLAMP\tFALSE\t13.6", "HLAMP\tTRUE\t13.6"),
        ("TUMOR_1.cna.seg", "HLAMP\t1.61\t0\t14", "HLAMP\t1.61\t1\t14"),
    ],
)
def test_copies_of_a_subclone_are_no_number_for_the_tumor(name: str, old: str, new: str, tmp_path: Path) -> None:
    assert old in made(name)
    path = tmp_path / name
    path.write_text(made(name).replace(old, new))
    (segment,) = over(read_path(path), "MDM2")
    assert (segment.value, segment.at_least, segment.subclonal) == (None, False, True)
    assert segment.label == "HLAMP, 13.6 copies in a part of the tumor cells"
    assert screen(path, build="GRCh37").calls[0].status is Status.INDETERMINATE
    assert screen(MADE / name, build="GRCh37").calls[0].status is Status.MET

"""A copy-number file whose build the user alone states: on the wrong one a neighbour of MDM2 would be read."""

from pathlib import Path

import pytest

from mdm2screen import screen
from mdm2screen.results import Status

HEADER = "ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean\n"
MDM2 = {"GRCh37": (69190000, 69250000), "GRCh38": (68796000, 68856000)}


def segments(folder: Path, made_on: str, value: float) -> Path:
    """A narrow gain over MDM2 of a tumor measured on one build."""
    start, end = MDM2[made_on]
    rows = [(200000, start - 1, -0.07), (start, end, value), (end + 1, 133000000, -0.02)]
    path = folder / "TUMOR_1.seg"
    path.write_text(HEADER + "".join(f"T\t12\t{a}\t{b}\t40\t{v}\n" for a, b, v in rows))
    return path


def call(path: Path, build: str) -> tuple[Status, list[str]]:
    found = screen(path, build=build).calls[0]
    return found.status, [reason.code for reason in found.reasons]


@pytest.mark.parametrize(("made_on", "stated"), [("GRCh38", "GRCh37"), ("GRCh37", "GRCh38")])
@pytest.mark.parametrize("value", [3.6, 1.6])
def test_an_amplification_where_mdm2_lies_on_the_other_build_leaves_the_answer_open(
    made_on: str, stated: str, value: float, tmp_path: Path
) -> None:
    path = segments(tmp_path, made_on, value)
    status, codes = call(path, stated)
    assert status is Status.INDETERMINATE
    assert codes[0] == "M027"
    assert "M027" not in call(path, made_on)[1]


def test_no_amplification_there_changes_nothing(tmp_path: Path) -> None:
    status, codes = call(segments(tmp_path, "GRCh38", 0.3), "GRCh37")
    assert (status, "M027" in codes) == (Status.NOT_MET, False)


def test_a_narrow_amplification_of_mdm2_is_met_on_the_stated_build(tmp_path: Path) -> None:
    """394 kb away nothing needs to be amplified with it."""
    assert call(segments(tmp_path, "GRCh37", 3.6), "GRCh37")[0] is Status.MET


def test_a_build_that_the_file_proves_is_not_doubted(tmp_path: Path) -> None:
    path = segments(tmp_path, "GRCh38", 3.6)
    path.write_text(path.read_text().replace("133000000", "133851895"))  # the telomere of GRCh37
    assert call(path, "GRCh37")[0] is Status.NOT_MET


def test_a_second_file_that_proves_its_build_settles_it(tmp_path: Path) -> None:
    proof = tmp_path / "TUMOR_1.purple.cnv.somatic.tsv"
    proof.write_text(
        "chromosome\tstart\tend\tcopyNumber\tbafCount\tobservedBAF\n12\t1\t133851895\t2.0\t900\t0.5\n", encoding="utf-8"
    )
    decision = screen(segments(tmp_path, "GRCh38", 3.6), proof, build="GRCh37")
    assert decision.calls[0].status is Status.NOT_MET
